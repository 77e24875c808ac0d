"""What the station says and does when something is wrong: clocks, protocols, small screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtWidgets import QLabel, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from monitor.domain.alert import State
from monitor.domain.protocol import Priority
from monitor.services import alerts, sweep
from monitor.services.ports import Refusal, Unavailable
from monitor.ui.shared.tasks import Tasks
from monitor.ui.shared.theme import Theme
from monitor.ui.station.chart import read_patient
from monitor.ui.station.placing import first_place
from monitor.ui.station.screens.patient_page import PatientPage
from monitor.ui.station.screens.resolve_dialog import ResolveDialog
from monitor.ui.station.window import StationWindow
from tests import builders
from tests.fakes import FakeProtocols
from tests.ui.station.conftest import TODAY, Opens, Ward, window_of
from tests.ui.station.test_station import click_row, refresh, rows

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

MARKUP = "<b>Bold</b><br>Kim"


def look(qtbot: QtBot, window: StationWindow) -> None:
    with qtbot.waitSignal(window.monitoring.shown):
        window.monitoring.poll()


def report_ahead(ward: Ward, count: int) -> None:
    """A report that the clock of the kiosk dated a year from now."""
    with ward.store.begin() as work:
        work.submissions.add(
            builders.submission(day=TODAY + 365, id=f"ahead-{count}", episode_id=f"episode-{count}")
        )
        work.submissions.mark(
            builders.evaluation(state="evaluated", submission_id=f"ahead-{count}")
        )
        work.commit()


@pytest.mark.parametrize(
    ("available", "place"),
    [
        (QRect(0, 0, 1920, 1080), QRect(0, 0, 1280, 800)),
        (QRect(0, 0, 1280, 800), QRect(0, 0, 1264, 752)),
        (QRect(60, 30, 1300, 738), QRect(60, 30, 1280, 690)),
    ],
    ids=["large", "as large as the window alone", "with a bar at the top and at the left"],
)
def test_that_the_first_window_fits_the_screen_with_its_frame(
    available: QRect, place: QRect
) -> None:
    assert first_place(available) == place


def test_that_the_status_line_is_on_a_small_screen(
    tasks: Tasks, theme: Theme, qtbot: QtBot
) -> None:
    window = window_of(tasks, theme)
    qtbot.addWidget(window)
    with qtbot.waitSignals([window.worklist.shown, window.monitoring.shown]):
        window.show()
    free = window.screen().availableGeometry()
    assert free.contains(window.frameGeometry())
    bottom = window.status.mapToGlobal(window.status.rect().bottomLeft())
    assert bottom.y() <= free.bottom()


def test_that_arrows_choose_the_outcome_and_enter_resolves(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1)
    ward.raise_alert(1)
    window = open_station()
    click_row(qtbot, window, 0)
    qtbot.keyClick(window, Qt.Key.Key_R)
    dialog = window.deciding.dialog
    assert isinstance(dialog, ResolveDialog)
    first = dialog.focusWidget()
    assert isinstance(first, QRadioButton)
    assert not first.isChecked()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert first.isChecked()
    qtbot.keyClick(first, Qt.Key.Key_Down)
    second = dialog.focusWidget()
    assert isinstance(second, QRadioButton)
    assert second.isChecked()
    with qtbot.waitSignal(window.deciding.presenter.acted):
        qtbot.keyClick(second, Qt.Key.Key_Return)
    stored = ward.alert("alert-1")
    assert (stored.state, stored.outcome) == (
        State.RESOLVED,
        ward.clinic.protocols.current("cervical_rhizotomy").outcomes[1],
    )


def test_that_arrow_up_begins_with_the_last_outcome(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1)
    ward.raise_alert(1)
    window = open_station()
    click_row(qtbot, window, 0)
    qtbot.keyClick(window, Qt.Key.Key_R)
    assert isinstance(window.deciding.dialog, ResolveDialog)
    qtbot.keyClick(window.deciding.dialog.focusWidget(), Qt.Key.Key_Up)
    assert window.deciding.dialog.findChildren(QRadioButton)[-1].isChecked()


def test_that_no_words_of_people_are_read_as_markup(
    ward: Ward, theme: Theme, qtbot: QtBot, open_station: Opens
) -> None:
    ward.admit(1, family_name=MARKUP, number="100")
    ward.admit(2, family_name=MARKUP)
    alert = ward.raise_alert(1)
    alerts.acknowledge(ward.as_somebody_else(MARKUP), alert.id, alert.version, MARKUP)
    window = open_station()
    window.header.search.setText(MARKUP)
    click_row(qtbot, window, 0)
    qtbot.keyClick(window, Qt.Key.Key_W)
    qtbot.keyClick(window, Qt.Key.Key_R)
    with ward.store.begin() as work:
        work.sweeps.add(
            builders.sweep(started_at=ward.clock.now(), finished_at=ward.clock.now(),
                           failed=("episode-1",))
        )  # fmt: skip
        work.commit()
    look(qtbot, window)
    assert MARKUP in window.status.text
    window.header.search.setText(f"{MARKUP} nobody")
    said = [label for label in window.findChildren(QLabel) if "<b>" in label.text()]
    assert len(said) > 6
    assert {label.textFormat() for label in said} == {Qt.TextFormat.PlainText}


def test_that_tips_are_never_read_as_markup(ward: Ward, open_station: Opens) -> None:
    ward.admit(1, family_name=MARKUP * 20)
    ward.raise_alert(1)
    window = open_station()
    tip = window.panel.list.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;Bold" in tip
    assert "<b>" not in tip
    window.page._header._name.resize(60, 20)
    window.page._header._name.setText(MARKUP * 20)
    assert "<b>" not in window.page._header._name.toolTip()


@pytest.mark.parametrize(
    ("count", "sentence"),
    [
        (1, "1 patient has a report dated in the future: a clock was wrong."),
        (2, "2 patients have a report dated in the future: a clock was wrong."),
    ],
)
def test_that_a_report_dated_in_the_future_turns_the_status_line_red(
    ward: Ward, open_station: Opens, qtbot: QtBot, count: int, sentence: str
) -> None:
    window = open_station()
    for number in range(1, count + 1):
        ward.admit(number)
        report_ahead(ward, number)
    look(qtbot, window)
    assert window.status.property("status") == "bad"
    assert window.status.text == f"{sentence} Look at their answers."


def test_that_the_page_notes_reports_dated_in_the_future(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1)
    ward.raise_alert(1)
    report_ahead(ward, 1)
    window = open_station()
    click_row(qtbot, window, 0)
    assert window.page._notes.isVisible()
    assert window.page._notes.text().startswith("Reports dated in the future: 1. A clock was wrong")


def test_that_a_sweep_is_no_announcement(ward: Ward, tasks: Tasks, qtbot: QtBot) -> None:
    ward.admit(1)
    ward.raise_alert(1)
    heard: list[object] = []
    tasks.changed.connect(heard.append)
    done: list[object] = []
    tasks.run(sweep.run, then=done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert heard == []


class PartlyReadable(FakeProtocols):
    """Protocols of which one has faults in its files."""

    faulty = "old_protocol"

    def current(self, protocol_id: str):
        if protocol_id == self.faulty:
            raise Refusal("protocol_faults", protocol=protocol_id)
        return super().current(protocol_id)

    def ids(self) -> tuple[str, ...]:
        return (self.faulty, *super().ids())


@pytest.fixture
def half_read(ward: Ward, protocols: FakeProtocols) -> Ward:
    """A ward in which the protocol of the first of two patients cannot be read."""
    given = PartlyReadable(*(protocols.current(one) for one in protocols.ids()))
    ward.clinic = replace(ward.clinic, protocols=given)
    for count in (1, 2):
        ward.admit(count)
        ward.raise_alert(count, Priority.RED)
    with ward.store.begin() as work:
        work.episodes.save(builders.episode(1, protocol_id=PartlyReadable.faulty))
        work.commit()
    return ward


@pytest.fixture
def half_read_station(half_read: Ward, theme: Theme, qtbot: QtBot) -> Iterator[StationWindow]:
    tasks = Tasks(half_read.clinic, refusals=Refusal, outages=Unavailable)
    tasks.faulted.connect(lambda error: pytest.fail(repr(error)))
    window = window_of(tasks, theme)
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitSignals([window.worklist.shown, window.monitoring.shown]):
        window.show()
    yield window
    tasks.close()


@pytest.mark.parametrize("name", ["worklist", "patients"])
def test_that_a_patient_whose_protocol_cannot_be_read_is_listed(
    half_read_station: StationWindow, qtbot: QtBot, name: str
) -> None:
    half_read_station._choose_list(name)
    qtbot.waitUntil(lambda: len(rows(half_read_station)) == 2)
    shown = {row.key: row for row in rows(half_read_station)}
    assert shown["episode-1"].reason == "Protocol old protocol cannot be read"
    assert shown["episode-1"].priority is Priority.RED
    assert "cannot be read" not in shown["episode-2"].reason


def test_that_opening_such_a_patient_says_what_is_wrong(
    half_read_station: StationWindow, qtbot: QtBot
) -> None:
    (place,) = (n for n, row in enumerate(rows(half_read_station)) if row.key == "episode-1")
    view = half_read_station.panel.list
    where = view.visualRect(view.model().index(place, 0)).center()
    with qtbot.waitSignal(half_read_station.chart.failed) as told:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert told.args[0].startswith("Protocol old protocol cannot be read, and without it")
    refresh(qtbot, half_read_station)


class BlankCanvas(QWidget):
    """Where a chart would be drawn."""

    moved = Signal(float, float)


class BrokenDrawing:
    """A chart with a bug in it."""

    def make(self, parent: QWidget, *_heard: Callable[[str], None]) -> BlankCanvas:
        return BlankCanvas(parent)

    def show(self, *_given: object, **_chosen: object) -> tuple[float, float]:
        raise ZeroDivisionError

    def forget_zoom(self) -> None:
        """Nothing was zoomed."""


def test_that_a_chart_that_cannot_be_drawn_leaves_the_alerts_to_be_seen(
    ward: Ward, theme: Theme, qtbot: QtBot
) -> None:
    ward.admit(1)
    ward.raise_alert(1)
    state, _revision = read_patient(ward.clinic, "episode-1", "en")
    page = PatientPage(theme, BrokenDrawing())  # type: ignore[arg-type]
    qtbot.addWidget(page)
    page.show()
    with pytest.raises(ZeroDivisionError):
        page.show_state(state)
    assert page.cards.isVisible()
