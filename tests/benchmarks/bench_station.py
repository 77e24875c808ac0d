"""How soon the nurse sees a list: `python -m tests.benchmarks.bench_station`.

The clinic of `bench_worklist` (20,000 patients, 1,000,000 answers, 2,000 open alerts) in a real
store. Each time is from what the nurse does until the rows are painted, through presenter,
database thread, panel and paint, in milliseconds: a list that is chosen, the poll that follows
every five seconds, a search letter by letter, the next page of a long list, and the small charts
of the rows in view. *first read* is that of a station that has just been opened. A poll reads
the list again if something was stored since, and else each time the clock shows another minute.
*met by a poll*: a search that waits behind such a reading. Beside each time stands what this
program took of the processor, and at the top how busy the machine was with everything else.

Below: painting 50 rows again. *ours* has everything a row says, with its small chart; *ours,
changed* is when every row says something else than before. *ordinary* is the usual way: a table
of 8 columns whose model is asked for every role of every cell, without small charts. Ours may
take a third of it.
"""

from __future__ import annotations

import datetime as dt
import os
import random
import statistics
import tempfile
import time
import tomllib
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QAbstractTableModel, QEventLoop, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QImage
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from monitor.content.protocols import read_protocol
from monitor.domain.protocol import Priority
from monitor.services.clinic import Clinic
from monitor.services.ports import Refusal, Unavailable
from monitor.storage.store import SqliteStore
from monitor.ui.pictures.camera import hush
from monitor.ui.shared.tasks import Tasks
from monitor.ui.shared.theme import Theme, load_fonts
from monitor.ui.station.screens.row_delegate import RowDelegate
from monitor.ui.station.screens.row_model import RowModel
from monitor.ui.station.screens.worklist_panel import RowList, WorklistPanel
from monitor.ui.station.style import STATION
from monitor.ui.station.views import ListName, Row, SparkLine
from monitor.ui.station.worklist import WorklistPresenter
from tests.benchmarks.bench_worklist import NOW, PATIENTS, RUNS, SEED, fill
from tests.builders import heartbeat
from tests.fakes import FakeClock, FakeProtocols

RESOURCES = Path(__file__).parents[2] / "resources"
ROWS, COLUMNS = 50, 8
PAINTED = 200
SEARCHES = ("s", "sa", "kim", "20999", "1970-05-17", "zzzz")

BETWEEN = dt.timedelta(minutes=5, seconds=2)
"""The clock stands still at a time at which nothing of any alert has just happened."""

Taken = tuple[float, float]
"""Milliseconds by the clock, and of the processor."""

Index = QModelIndex | QPersistentModelIndex


class Desk:
    """The list of a station on its store, without the window around it."""

    def __init__(self, clinic: Clinic, theme: Theme) -> None:
        self.tasks = Tasks(clinic, refusals=Refusal, outages=Unavailable)
        self.presenter = WorklistPresenter(self.tasks, "en")
        self.panel = WorklistPanel(theme)
        self.panel.setStyleSheet(theme.stylesheet("station") + theme.fill(STATION))
        self.panel.resize(420, 720)
        self.presenter.shown.connect(self.panel.show_state)
        self.presenter.sparked.connect(self.panel.show_sparks)
        self.panel.more_wanted.connect(self.presenter.read_more)
        self.panel.sparks_wanted.connect(self.presenter.read_sparks)
        self.panel.show()

    def time(self, do: Callable[[], object], signal: Any, until: Callable[..., bool]) -> Taken:
        """How long from `do` until `signal` has come with what is wanted, and is painted."""
        loop = QEventLoop()

        came: list[bool] = []

        def look(*told: object) -> None:
            if until(*told):
                came.append(True)
                loop.quit()

        signal.connect(look)
        start, worked = time.perf_counter(), time.process_time()
        do()
        if not came:
            loop.exec()
        self.panel.repaint()
        QApplication.sendPostedEvents()
        taken = (1000 * (time.perf_counter() - start), 1000 * (time.process_time() - worked))
        signal.disconnect(look)
        return taken

    def choose(self, name: ListName) -> Taken:
        return self.time(
            lambda: self.presenter.choose_list(name),
            self.presenter.shown,
            lambda state, _: state.name == name and not state.empty.startswith("Reading"),
        )

    def poll(self) -> Taken:
        return self.time(self.presenter.refresh, self.presenter.shown, lambda *_: True)

    def poll_after(self, store: SqliteStore) -> Taken:
        """The same when something was stored since the last poll."""
        _store_something(store)
        return self.poll()

    def search(self, query: str) -> Taken:
        return self.time(
            lambda: self.presenter.search(query),
            self.presenter.shown,
            lambda state, _: state.query == query,
        )

    def search_behind(self, store: SqliteStore, query: str) -> Taken:
        """The same just after a poll that reads the list again."""
        _store_something(store)
        self.presenter.refresh()
        return self.search(query)

    def more(self) -> Taken:
        before = len(self.panel.list.model()._rows)  # type: ignore[attr-defined]
        return self.time(
            self.presenter.read_more, self.presenter.shown, lambda s, _: len(s.rows) > before
        )

    def sparks(self) -> Taken:
        """As when a list is seen for the first time: none of its small charts is known."""
        model: Any = self.panel.list.model()
        model._sparks.clear()
        return self.time(self.panel._want_sparks, self.presenter.sparked, lambda _: True)


def _store_something(store: SqliteStore) -> None:
    with store.begin() as work:
        work.heartbeats.set(heartbeat(200))
        work.commit()


def reach(desk: Desk, store: SqliteStore) -> None:
    """Print how long every list and search takes."""
    busy = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    print(f"{os.cpu_count()} processors, load of the last 1, 5 and 15 minutes: {busy}")
    print(f"{PATIENTS} patients, {RUNS} runs, milliseconds")
    print(f"{'':<34}{'min':>8}{'median':>8}{'max':>8}{'processor':>12}")
    say("first read", [desk.choose("worklist")])
    lists: tuple[ListName, ...] = ("worklist", "orange", "in_hand", "silent", "well", "patients")
    for name in lists:
        say(f"list {name}", [desk.choose(name) for _ in range(RUNS)])
    desk.choose("worklist")
    say("poll, nothing stored", [desk.poll() for _ in range(RUNS)])
    say("poll, something stored", [desk.poll_after(store) for _ in range(RUNS)])
    say("small charts in view", [desk.sparks() for _ in range(RUNS)])
    for query in SEARCHES:
        times = []
        for _ in range(RUNS):
            times.append(desk.search(query))
            desk.choose("worklist")
        say(f"search “{query}”", times)
    times = []
    for _ in range(RUNS):
        times.append(desk.search_behind(store, SEARCHES[0]))
        desk.choose("worklist")
    say(f"search “{SEARCHES[0]}”, met by a poll", times)
    desk.choose("patients")
    say("next page of all patients", [desk.more() for _ in range(RUNS)])


def say(name: str, times: list[Taken]) -> None:
    taken, worked = zip(*times, strict=True)
    print(
        f"{name:<34}{min(taken):>8.1f}{statistics.median(taken):>8.1f}{max(taken):>8.1f}"
        f"{statistics.median(worked):>12.1f}"
    )


class Ordinary(QAbstractTableModel):
    """The rows as a table in the usual way: every role of every cell is asked for in Python."""

    def __init__(self, rows: tuple[Row, ...], theme: Theme) -> None:
        super().__init__()
        self._rows = rows
        self._theme = theme
        self._bold = QFont(theme.font_family)
        self._bold.setBold(True)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 (Qt's signature)
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008, N802 (Qt's)
        return 0 if parent.isValid() else COLUMNS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            cells = (row.words, row.name, row.number, row.reason, row.since, row.procedure,
                     row.reported, row.place)  # fmt: skip
            return cells[index.column()]
        if role == Qt.ItemDataRole.FontRole and index.column() == 1:
            return self._bold
        if role == Qt.ItemDataRole.ForegroundRole and row.priority is not None:
            return QColor(self._theme.priority(row.priority).ink)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


def paint(theme: Theme) -> None:
    """Print what painting 50 rows anew takes of the processor, ours beside the ordinary way."""
    rows = tuple(_sample(number) for number in range(ROWS))
    model = RowModel()
    model.show_rows(rows)
    model.show_sparks({row.spark: _spark(number) for number, row in enumerate(rows)})
    ours = RowList()
    ours.setModel(model)
    delegate = RowDelegate(theme, ours)
    ours.setItemDelegate(delegate)
    ours.setUniformItemSizes(True)
    ours.resize(420, ROWS * ours.sizeHintForRow(0))
    table = QTableView()
    ordinary = Ordinary(rows, theme)
    table.setModel(ordinary)
    table.resize(1400, (ROWS + 2) * table.rowHeight(0))
    times: dict[str, list[float]] = {"ordinary": [], "ours, changed": [], "ours": []}
    views: dict[str, QWidget] = {
        "ordinary": table.viewport(), "ours, changed": ours.viewport(), "ours": ours.viewport(),
    }  # fmt: skip
    pictures = {name: QImage(view.size(), QImage.Format.Format_RGB32)
                for name, view in views.items()}  # fmt: skip
    for view in (table, ours):
        view.show()
    QApplication.processEvents()
    for name, _ in zip(cycle(views), range(len(views) * PAINTED), strict=False):
        if name == "ours, changed":
            delegate._pictures.clear()
        start = time.process_time()
        views[name].render(pictures[name])
        times[name].append(1000 * (time.process_time() - start))
    print(f"\n{ROWS} rows painted, {PAINTED} times in turn, milliseconds of the processor")
    for name, taken in times.items():
        print(f"{name:<34}{min(taken):>8.1f}{statistics.median(taken):>8.1f}{max(taken):>8.1f}")
    ratio = statistics.median(times["ours"]) / statistics.median(times["ordinary"])
    print(f"ours / ordinary: {ratio:.2f}")


def _sample(number: int) -> Row:
    priority = tuple(Priority)[number % 4]
    return Row(
        key=str(number), episode_id=str(number), name=f"Lindqvist-{number}, Karin Margareta",
        number="204118", since=f"Day {number}", procedure="Medial branch RF neurotomy",
        where="C4–C6 left", reported="reported 2 days ago", due="due 12 Mar", priority=priority,
        words="Next working day", place="Overdue since 10:12", overdue=number % 2 == 0,
        reason="Numbness is lasting longer than expected", more="(+2 more)", owner="with MO",
        waited="for 18 h", news="New since you looked" if number % 3 == 0 else "", spark=number,
        asked="Asked again: 12–16 Mar" if number % 5 == 0 else "",
    )  # fmt: skip


def _spark(number: int) -> SparkLine:
    chance = random.Random(number)
    points = tuple((place / 7, chance.random()) for place in range(8))
    return SparkLine(points, (0.0, 0.4), band_ends=True)


def _build(path: Path) -> None:
    store = SqliteStore.create(path, durable=False)
    with store.begin() as work:
        fill(work, random.Random(SEED))
        work.commit()
    store.close()


def _run(path: Path) -> None:
    application = QApplication([])
    hush()
    load_fonts(RESOURCES / "fonts")
    theme = Theme.from_mapping(tomllib.loads((RESOURCES / "themes" / "light.toml").read_text()))
    store = SqliteStore(path)
    protocol = read_protocol(RESOURCES / "protocols" / "cervical_rhizotomy")
    clinic = Clinic(
        store=store,
        clock=FakeClock(NOW + BETWEEN),
        protocols=FakeProtocols(protocol),
        name="Large clinic",
        zone=ZoneInfo("Europe/Berlin"),
        actor="nurse",
        station="desk",
        overdue_after=NOW - NOW,
        acting="nurse",
    )
    desk = Desk(clinic, theme)
    reach(desk, store)
    desk.tasks.close()
    store.close()
    paint(theme)
    application.quit()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "clinic.db"
        _build(file)
        _run(file)
