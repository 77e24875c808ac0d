"""Presents the list at the left: reads it, searches, and keeps its rows in their place."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from monitor.domain.protocol import Priority
from monitor.services.lists import Counts
from monitor.ui.shared.tasks import Tasks
from monitor.ui.shared.texts import word
from monitor.ui.station.dates import short_moment
from monitor.ui.station.rows import (
    PAGE,
    BoardRead,
    Kept,
    ListRead,
    keep_page,
    keep_place,
    read_board,
    read_list,
    read_more,
)
from monitor.ui.station.sparks import read_sparks
from monitor.ui.station.views import ListName, ListState, Need, Row
from monitor.ui.station.wording import patients_count, reports_count


class WorklistPresenter(QObject):
    """Talks to the services for the list at the left.

    Signals:
        shown: what the list shows now (ListState), and the key of the row that is open.
        counted: how many are on the worklist (int).
        protocol_read: which protocol judges (str).
        found: the rows are those that the search found; the first of them is to be opened.
        sparked: the small charts that were asked for (mapping of `Row.spark` to SparkLine).
    """

    shown = Signal(object, str)
    counted = Signal(int)
    protocol_read = Signal(str)
    found = Signal()
    sparked = Signal(object)

    def __init__(self, tasks: Tasks, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._language = language
        self._name: ListName = "worklist"
        self._query = ""
        self._selected = ""
        self._selected_name = ""
        self._pointed = ""
        self._board: BoardRead | None = None
        self._read: ListRead | None = None
        self._order_wanted = False
        self._first_wanted = False
        self._kept = Kept(())

    @property
    def now(self) -> dt.datetime | None:
        """The clinic's time when the worklist was last read, a few seconds ago; None before."""
        return self._board.now if self._board is not None else None

    @property
    def priorities(self) -> str:
        """The words of all priorities, most urgent first."""
        return ", ".join(self._priority(p) for p in Priority)

    @property
    def needs(self) -> tuple[Need, ...]:
        """The lists of the board with their counts, as last read."""
        return self._needs(self._board)

    def row_of(self, key: str) -> Row | None:
        """The row of that key as it is shown now."""
        return next((row.worded() for row in self._kept.rows if row.key == key), None)

    def reading(self) -> ListState:
        """What is shown before the first answer."""
        return self._waiting(self.tr("Reading the worklist…"))

    def refresh(self) -> None:
        """Ask again; rows keep their place."""
        self._ask()

    def put_in_order(self) -> None:
        """Ask again, and put the rows in their order, new ones among them."""
        self._order_wanted = True
        self._ask()

    def choose_list(self, name: ListName) -> None:
        """Bring a list of the board to the front, and search no more.

        A part of the worklist was read a few seconds ago, and is shown at once.
        """
        self._name, self._query, self._first_wanted = name, "", False
        self._read, self._order_wanted = None, True
        if self._board is not None and not self._is_own:
            self._keep(self._part(self._board))
            return
        self._kept = Kept(())
        self.shown.emit(self._waiting(self.tr("Reading…")), self._selected)
        if self._is_own:
            self._ask_list()
        else:
            self._ask()

    def search(self, query: str) -> None:
        """Look for whom the words of `query` fit among all patients; "" shows the list again."""
        query = " ".join(query.split())
        if query == self._query:
            return
        if not query:
            self.choose_list(self._name)
            return
        self._query, self._first_wanted = query, False
        self._kept, self._order_wanted = Kept(()), True
        self._ask_list()  # not the board: the next letter comes before that is read

    def enter(self) -> None:
        """Open the first of those whom the search found, as soon as they are found."""
        self._first_wanted = not self._is_read()
        if not self._first_wanted:
            self.found.emit()

    def read_more(self) -> None:
        """Read the next rows of a long list."""
        asked = (self._name, self._query)

        def take(rows: Sequence[Row]) -> None:
            if asked == (self._name, self._query):
                known = {row.key for row in self._kept.rows}
                new = (row for row in rows if row.key not in known)
                self._kept = Kept((*self._kept.rows, *new), moved=self._kept.moved)
                self._show()

        self._tasks.run(
            read_more,
            self._language,
            self._query,
            len(self._kept.rows),
            then=take,
            failed=_wait,
            slot="more rows",
        )

    def read_sparks(self, names: Sequence[Hashable]) -> None:
        """Read the small charts of the rows in view."""
        self._tasks.run(
            read_sparks, tuple(names), then=self.sparked.emit, failed=_wait, slot="sparks"
        )

    def mark_open(self, key: str, name: str = "") -> None:
        """Remember which row is open: it does not move, and is new no more.

        name: whose it is, so that it can be said while the row is in no list.
        """
        self._selected, self._selected_name = key, name
        if self._is_read():
            self._show()

    def show_everybody(self) -> None:
        """Search no more, and bring the whole worklist to the front."""
        if self._query or self._name != "worklist":
            self.choose_list("worklist")

    def hold(self, key: str) -> None:
        """Remember which row the mouse is on: it does not move either; "" for none."""
        self._pointed = key

    @property
    def _held(self) -> frozenset[str]:
        return frozenset({self._selected, self._pointed})

    @property
    def _is_long(self) -> bool:
        return bool(self._query) or self._name == "patients"

    @property
    def _is_own(self) -> bool:
        """Whether what is shown is no part of the worklist."""
        return self._is_long or self._name in ("silent", "well")

    def _is_read(self) -> bool:
        """Whether what was read last is what is wanted now."""
        if self._board is None or not self._is_own:
            return self._board is not None
        read = self._read
        return read is not None and (read.name, read.query) == (self._name, self._query)

    def _part(self, board: BoardRead) -> tuple[Row, ...]:
        """The rows of the worklist that stand in the list that is chosen."""
        if self._name == "worklist":
            return board.rows
        return tuple(row for row in board.rows if self._name in row.lists)

    def _ask(self) -> None:
        if self._is_own:
            self._ask_list()
        self._tasks.run(
            read_board,
            self._language,
            self._board,
            then=self._take_board,
            failed=_wait,
            slot="board",
        )

    def _ask_list(self) -> None:
        self._tasks.run(
            read_list,
            self._name,
            self._language,
            self._query,
            max(PAGE, len(self._kept.rows)),
            then=self._take,
            failed=_wait,
            slot="worklist",
        )

    def _take_board(self, board: BoardRead) -> None:
        self._board = board
        self.counted.emit(len(board.rows))
        self.protocol_read.emit(board.protocol)
        if not self._is_own:
            self._keep(self._part(board))
        elif self._is_read():
            self._show()

    def _take(self, read: ListRead) -> None:
        self._read = read
        if not self._is_read():
            return  # another list was chosen meanwhile, or the board is still to come
        self._keep(read.rows)
        if self._first_wanted:
            self._first_wanted = False
            self.found.emit()

    def _keep(self, rows: tuple[Row, ...]) -> None:
        """Show fresh rows: in their order where that was wanted, else without moving any held."""
        # Remembered here: the answer to the question that wanted it may have been overtaken.
        if self._order_wanted:
            self._order_wanted = False
            self._kept = Kept(rows)
        elif self._is_long:
            self._kept = keep_page(self._kept.rows, rows, self._held)
        else:
            self._kept = keep_place(self._kept.rows, rows, self._held)
        self._show()

    def _show(self) -> None:
        board, kept = self._board, self._kept
        assert board is not None, "nothing is shown before it is read"
        total = self._read.total if self._is_long and self._read is not None else len(kept.rows)
        state = ListState(
            name=self._name,
            title=self._title(),
            total=patients_count(total),
            rows=tuple(self._seen(row) for row in kept.rows),
            needs=self._needs(board),
            query=self._query,
            empty="" if kept.rows else self._empty(board),
            news=kept.news,
            moved=kept.moved,
            worst=kept.worst,
            narrowed=self._narrowed(board),
            has_more=self._is_long and len(kept.rows) < total,
            is_first_run=not board.counts.patients,
        )
        self.shown.emit(state, self._selected)

    def _seen(self, row: Row) -> Row:
        """Nothing of the patient whose page is open is new."""
        return replace(row.worded(), news="") if row.key == self._selected else row

    def _waiting(self, said: str) -> ListState:
        return ListState(
            self._name, self._title(), "", needs=self._needs(self._board), query=self._query,
            empty=said,
        )  # fmt: skip

    def _title(self) -> str:
        if self._query:
            return self.tr("Found among all patients")
        if self._name == "worklist":
            return self.tr("Needs attention")
        return next(need.label for need in self._needs(self._board) if need.key == self._name)

    def _narrowed(self, board: BoardRead) -> str:
        """What must not be forgotten while not the whole worklist is shown."""
        if self._name == "worklist" and not self._query:
            return ""
        said = []
        shown = {row.key for row in self._kept.rows}
        red = sum("red" in row.lists and row.key not in shown for row in board.rows)
        if red:
            words = self._priority(Priority.RED)
            said.append(self.tr("Not shown: {n} “{words}”.").format(n=red, words=words))
        if self._query and self._selected and self._selected not in shown:
            who = self._selected_name or self.tr("The patient")
            said.append(self.tr("{who} at the right is not among those found.").format(who=who))
        return " ".join(said)

    def _priority(self, priority: Priority) -> str:
        words = self._board.words if self._board is not None else {}
        return word(f"priority.{priority}", words)

    def _needs(self, board: BoardRead | None) -> tuple[Need, ...]:
        counts: dict[str, int] = {}
        if board is not None:
            counts = Counter(key for row in board.rows for key in row.lists)
            counts["worklist"] = len(board.rows)
            counts["silent"] = board.counts.silent
            counts["well"] = board.counts.new_and_well
            counts["patients"] = board.counts.patients

        def need(name: ListName, label: str, **fields: object) -> Need:
            count = counts.get(name, 0) if board is not None else None
            return Need(name, label, count, **fields)  # type: ignore[arg-type]

        return (
            need("worklist", self.tr("Needs attention")),
            *(need(p.value, self._priority(p) if board else "…", priority=p) for p in Priority),
            need("patients", self.tr("All patients"), sign="patients"),
            need("in_hand", self.tr("In hand"), sign="in_hand"),
            need("snoozed", self.tr("Put aside"), sign="snoozed"),
            need("asked", self.tr("Asked again"), sign="asked"),
            need("silent", self.tr("Not reported"), sign="silent"),
            need("well", self.tr("New and well"), sign="well"),
        )

    def _empty(self, board: BoardRead) -> str:
        """Never a blank: a blank looks broken."""
        counts = board.counts
        if self._query:
            said = self.tr(
                "Nobody fits “{query}”. A search looks at names, numbers, dates of birth "
                "(1970-01-31) and telephone numbers."
            )
            return said.format(query=self._query)
        if not counts.patients:
            return self.tr("Nobody is followed here yet. To begin:")
        if self._name == "silent":
            return self.tr("Nobody is silent: every report that was due has come.")
        if self._name == "well":
            return self.tr(
                "No new report without an alert is left that nobody has looked at. {today} today."
            ).format(today=reports_count(counts.reports_today))
        if self._name != "worklist" and board.rows:
            waiting = patients_count(len(board.rows))
            return self.tr("Nobody here now. {waiting} under “Needs attention”.").format(
                waiting=waiting
            )
        return self._nothing_waiting(board, counts)

    def _nothing_waiting(self, board: BoardRead, counts: Counts) -> str:
        said = [
            self.tr("Nothing waiting among {all}.").format(all=patients_count(counts.patients)),
            self.tr("{reports} today, and no alert is open.").format(
                reports=reports_count(counts.reports_today)
            ),
        ]
        if counts.silent:
            said.append(self.tr("Not reported: {n}.").format(n=counts.silent))
        if counts.kiosk_heard is not None:
            when = short_moment(counts.kiosk_heard, board.now)
            said.append(self.tr("A kiosk was last heard {when}.").format(when=when))
        return " ".join(said)


def _wait(_error: Exception) -> None:
    """An outage is the banner's matter; the list stays as it was and is asked again."""
