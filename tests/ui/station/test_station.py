"""The station as a nurse uses it: by mouse and by keyboard, on a clinic in memory."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from monitor.domain.alert import State
from monitor.domain.protocol import Priority
from monitor.services import alerts
from monitor.ui.shared.theme import Theme
from monitor.ui.station.screens.acknowledge_dialog import AcknowledgeDialog
from monitor.ui.station.screens.keys_overlay import KeysOverlay
from monitor.ui.station.screens.resolve_dialog import ResolveDialog
from monitor.ui.station.screens.row_model import ROW
from monitor.ui.station.screens.why_dialog import WhyDialog
from monitor.ui.station.views import Decision, Row
from monitor.ui.station.window import StationWindow
from tests import builders
from tests.ui.station.conftest import TODAY, Opens, Ward, window_of

# Only the offscreen platform says so, of every dialog whose content sets its smallest size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


def rows(window: StationWindow) -> list[Row]:
    model = window.panel.list.model()
    return [model.index(n, 0).data(ROW) for n in range(model.rowCount())]


def names(window: StationWindow) -> list[str]:
    return [row.name for row in rows(window)]


def click_row(qtbot: QtBot, window: StationWindow, number: int) -> None:
    view = window.panel.list
    where = view.visualRect(view.model().index(number, 0)).center()
    with qtbot.waitSignal(window.chart.shown):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)


def choose_outcome(qtbot: QtBot, dialog: ResolveDialog, words: str) -> None:
    """Go down to an outcome by the arrow key."""
    for _ in range(20):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Down)
        chosen = dialog.focusWidget()
        assert isinstance(chosen, QRadioButton)
        assert chosen.isChecked()
        if chosen.text().startswith(words):
            return
    raise AssertionError(words)


def refresh(qtbot: QtBot, window: StationWindow) -> None:
    with qtbot.waitSignal(window.worklist.shown):
        window.worklist.refresh()


def test_that_the_window_is_there_before_the_database_answers(
    ward: Ward, tasks: object, theme: Theme, qtbot: QtBot
) -> None:
    window = window_of(tasks, theme)
    qtbot.addWidget(window)
    assert window.panel._empty.text() == "Reading the worklist…"
    assert "Reading" in window.status.text


def test_that_rows_stand_in_clinical_order_with_words_and_reason(
    ward: Ward, open_station: Opens
) -> None:
    for count, priority in enumerate(reversed(Priority), start=1):
        ward.admit(count)
        ward.raise_alert(count, priority)
    shown = rows(open_station())
    words = ["Act now", "Today", "Next working day", "This week"]
    assert [row.words for row in shown] == words
    assert {row.reason for row in shown} == {"Pain has come back"}
    assert all("reported today" in row.reported for row in shown)


def test_that_further_alerts_of_a_patient_are_counted(ward: Ward, open_station: Opens) -> None:
    ward.admit(1)
    ward.raise_alert(1, Priority.RED)
    with ward.store.begin() as work:
        other = builders.finding(rule="help_now", stage="R6", priority=Priority.YELLOW)
        work.alerts.add(builders.alert(other, TODAY, id="other"))
        work.commit()
    (row,) = rows(open_station())
    assert row.more == "(+1\u00a0more)"
    assert row.priority is Priority.RED


def test_that_clicking_a_row_opens_the_chart(ward: Ward, open_station: Opens, qtbot: QtBot) -> None:
    ward.admit(1, family_name="Lindqvist", given_name="Karin")
    ward.raise_alert(1)
    window = open_station()
    click_row(qtbot, window, 0)
    state = window.page.state
    assert state is not None
    assert state.name == "Lindqvist, Karin"
    assert [card.title for card in state.cards] == ["Pain has come back"]
    assert "Born 17 May 1970" in state.facts


def test_that_arrow_down_opens_the_first_patient_and_j_the_next(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    for count in (1, 2):
        ward.admit(count)
        ward.raise_alert(count)
    window = open_station()
    assert window.panel.list.currentIndex().row() <= 0
    assert window.page.state is None
    with qtbot.waitSignal(window.chart.shown):
        qtbot.keyClick(window.panel.list, Qt.Key.Key_Down)
    assert window.page.state is not None
    assert window.page.state.episode_id == "episode-1"
    with qtbot.waitSignal(window.chart.shown):
        qtbot.keyClick(window.panel.list, Qt.Key.Key_J)
    assert window.page.state.episode_id == "episode-2"


def test_that_an_alert_is_acknowledged_by_keyboard_only(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1)
    seen = ward.raise_alert(1)
    window = open_station()
    with qtbot.waitSignal(window.chart.shown):
        qtbot.keyClick(window.panel.list, Qt.Key.Key_Down)
    qtbot.keyClick(window.panel.list, Qt.Key.Key_A)
    dialog = window.deciding.dialog
    assert isinstance(dialog, AcknowledgeDialog)
    sent: list[Decision] = []
    dialog.confirmed.connect(sent.append)
    qtbot.keyClicks(dialog.note, "called her")
    with qtbot.waitSignals([window.deciding.presenter.acted, window.chart.shown]):
        qtbot.keyClick(dialog.note, Qt.Key.Key_Return)
    about = "Pain has come back"
    assert sent == [Decision("acknowledge", seen.id, seen.version, about, "called her")]
    stored = ward.alert(seen.id)
    assert (stored.state, stored.note) == (State.ACKNOWLEDGED, "called her")
    assert window.deciding.dialog is None
    assert window.page.state is not None
    (card,) = window.page.state.cards
    assert "acknowledge" not in card.can
    assert card.states == (
        "In hand by Nurse Ann since 10:00, comes back on Friday 3 April at 10:00. “called her”",
    )


def test_that_esc_closes_the_dialog_and_stores_nothing(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1)
    ward.raise_alert(1)
    window = open_station()
    click_row(qtbot, window, 0)
    qtbot.keyClick(window, Qt.Key.Key_A)
    assert window.deciding.dialog is not None
    qtbot.keyClick(window.deciding.dialog.note, Qt.Key.Key_Escape)
    assert window.deciding.dialog is None
    assert ward.alert("alert-1").state is State.RAISED


def test_that_a_conflict_says_who_and_when_and_keeps_the_note(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1)
    seen = ward.raise_alert(1)
    window = open_station()
    click_row(qtbot, window, 0)
    qtbot.keyClick(window, Qt.Key.Key_A)
    dialog = window.deciding.dialog
    assert dialog is not None
    qtbot.keyClicks(dialog.note, "called her")
    alerts.resolve(ward.as_somebody_else("Nurse Bo"), seen.id, seen.version, "treated", "seen")
    with qtbot.waitSignals([window.deciding.presenter.refused, window.chart.shown]):
        qtbot.keyClick(dialog.note, Qt.Key.Key_Return)
    assert dialog.refusal == (
        "Nurse Bo closed it today at 10:00. Nothing of yours was stored. "
        "What you typed is kept here."
    )
    assert dialog.note.toPlainText() == "called her"
    assert not dialog.confirm_button.isEnabled()


def test_that_after_a_conflict_one_may_decide_anew_on_what_is_true_now(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1)
    seen = ward.raise_alert(1)
    window = open_station()
    click_row(qtbot, window, 0)
    qtbot.keyClick(window, Qt.Key.Key_R)
    dialog = window.deciding.dialog
    assert isinstance(dialog, ResolveDialog)
    choose_outcome(qtbot, dialog, "Treated")
    alerts.acknowledge(ward.as_somebody_else("Nurse Bo"), seen.id, seen.version, "mine")
    with qtbot.waitSignals([window.deciding.presenter.refused, window.chart.shown]):
        dialog.confirm()
    assert dialog.confirm_button.isEnabled()
    with qtbot.waitSignal(window.deciding.presenter.acted):
        dialog.confirm()
    assert ward.alert(seen.id).state is State.RESOLVED


def test_that_an_outage_keeps_the_note_and_shows_the_banner_until_it_is_over(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1)
    ward.raise_alert(1)
    window = open_station()
    click_row(qtbot, window, 0)
    qtbot.keyClick(window, Qt.Key.Key_A)
    dialog = window.deciding.dialog
    assert dialog is not None
    qtbot.keyClicks(dialog.note, "called her")
    ward.store.fault = "disk full"
    with qtbot.waitSignal(window.deciding.presenter.refused):
        dialog.confirm()
    assert "could not be stored" in dialog.refusal
    assert dialog.note.toPlainText() == "called her"
    assert window.banner.isVisible()
    ward.store.fault = ""
    with qtbot.waitSignal(window.deciding.presenter.acted):
        dialog.confirm()
    assert not window.banner.isVisible()


def test_that_resolving_needs_an_outcome(ward: Ward, open_station: Opens, qtbot: QtBot) -> None:
    ward.admit(1)
    ward.raise_alert(1)
    window = open_station()
    click_row(qtbot, window, 0)
    qtbot.keyClick(window, Qt.Key.Key_R)
    dialog = window.deciding.dialog
    assert isinstance(dialog, ResolveDialog)
    qtbot.keyClick(dialog.note, Qt.Key.Key_Return)
    assert dialog.refusal == "Choose what came of it."
    assert isinstance(dialog.focusWidget(), QRadioButton)
    choose_outcome(qtbot, dialog, "Referred")
    with qtbot.waitSignal(window.deciding.presenter.acted):
        qtbot.keyClick(dialog.note, Qt.Key.Key_Return)
    stored = ward.alert("alert-1")
    assert (stored.state, stored.outcome) == (State.RESOLVED, "referred")


def test_that_why_shows_the_evidence_the_rule_and_the_history(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1)
    alert = ward.raise_alert(1)
    window = open_station()
    click_row(qtbot, window, 0)
    assert window.page.state is not None
    why = window.page.state.cards[0].why
    (evidence,) = why.evidence
    assert evidence.day == "20"
    assert evidence.answer.startswith("7 (worse")
    facts = dict(why.facts)
    assert facts["Limit"] == "5.5"
    assert "pain_recurrence, A2" in facts["Rule, stage"]
    assert alert.protocol_hash[:12] in facts["Protocol"]
    rule = ward.clinic.protocols.current("cervical_rhizotomy").find_rule("pain_recurrence")
    stage = rule.find_stage("A2") if rule else None
    assert stage is not None
    assert facts["Evidence"].startswith(f"{stage.grade} – ")
    assert [(h.who, h.what) for h in why.history] == [
        ("Rootwatch", "Raised (Next working day, A1)")
    ]
    qtbot.keyClick(window, Qt.Key.Key_W)
    dialog = window.findChild(WhyDialog)
    assert dialog is not None
    assert dialog.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_A, Qt.Key.Key_R, Qt.Key.Key_W, Qt.Key.Key_T])
def test_that_letters_do_nothing_while_nobody_is_open(
    ward: Ward, open_station: Opens, qtbot: QtBot, key: Qt.Key
) -> None:
    window = open_station()
    qtbot.keyClick(window, key)
    assert window.deciding.dialog is None
    assert window.findChild(WhyDialog) is None


def test_that_letters_in_the_search_field_are_letters(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1, family_name="Arta")
    ward.raise_alert(1)
    ward.admit(2, family_name="Berg")
    ward.raise_alert(2)
    window = open_station()
    click_row(qtbot, window, 1)
    qtbot.keyClick(window, Qt.Key.Key_Slash)
    qtbot.keyClicks(window.header.search, "art")
    qtbot.waitUntil(lambda: names(window) == ["Arta, Kim"])
    assert window.deciding.dialog is None


def test_that_an_empty_worklist_says_so_in_words(ward: Ward, open_station: Opens) -> None:
    ward.admit(1)
    window = open_station()
    assert window.panel._empty.text().startswith("Nothing waiting among 1 patient. 1 report today")


def test_that_the_selection_keeps_its_place_when_a_worse_one_comes(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    for count in (1, 2):
        ward.admit(count)
        ward.raise_alert(count, Priority.YELLOW)
    window = open_station()
    click_row(qtbot, window, 1)
    ward.admit(3)
    ward.raise_alert(3, Priority.RED)
    refresh(qtbot, window)
    view = window.panel.list
    assert [row.key for row in rows(window)] == ["episode-1", "episode-2"]
    assert view.selectionModel().selectedIndexes()[0].data(ROW).key == "episode-2"
    assert window.panel._news.text().startswith("1 new, Act now: ")
    assert window.panel._news.property("urgent") == "red"
    with qtbot.waitSignal(window.worklist.shown):
        window.panel._news.click()
    assert [row.key for row in rows(window)] == ["episode-3", "episode-1", "episode-2"]
    assert view.selectionModel().selectedIndexes()[0].data(ROW).key == "episode-2"
    assert not window.panel._news.isVisible()


def test_that_what_another_process_wrote_is_picked_up(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1)
    seen = ward.raise_alert(1)
    window = open_station()
    click_row(qtbot, window, 0)
    alerts.acknowledge(ward.as_somebody_else("Nurse Bo"), seen.id, seen.version, "on it")
    with qtbot.waitSignal(window.chart.shown):
        window._poll()
    assert window.page.state is not None
    assert "Nurse Bo" in window.page.state.cards[0].states[0]


def test_that_looking_again_writes_no_look_when_nothing_is_new(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1)
    ward.raise_alert(1)
    window = open_station()
    click_row(qtbot, window, 0)

    def looks() -> int:
        with ward.store.read() as work:
            lines = work.audit.of_subject("episode-1")
        return sum(line.action == "chart_opened" for line in lines)

    before = looks()
    with qtbot.waitSignal(window.monitoring.shown):
        window.chart.look_again()
        window.monitoring.poll()
    assert looks() == before


def test_that_a_report_that_could_not_be_judged_turns_the_status_line_red(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1)
    window = open_station()
    with ward.store.begin() as work:
        work.submissions.mark(
            builders.evaluation(state="failed", submission_id="report-1", error="rule")
        )
        work.commit()
    with qtbot.waitSignal(window.monitoring.shown):
        window.monitoring.poll()
    assert window.status.property("status") == "bad"
    assert "Could not be judged: 1 report." in window.status.text


def test_that_one_look_at_a_report_being_judged_is_no_alarm(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1)
    window = open_station()
    with ward.store.begin() as work:
        work.submissions.mark(builders.evaluation(state="waiting", submission_id="report-1"))
        work.commit()
    for state in ("good", "bad"):
        with qtbot.waitSignal(window.monitoring.shown):
            window.monitoring.poll()
        assert window.status.property("status") == state


def test_that_300_rows_are_shown_and_reached(ward: Ward, open_station: Opens, qtbot: QtBot) -> None:
    for count in range(1, 301):
        ward.admit(count)
        ward.raise_alert(count)
    window = open_station()
    assert len(rows(window)) == 300
    view = window.panel.list
    with qtbot.waitSignal(window.chart.shown):
        qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.currentIndex().row() == 299
    assert view.visualRect(view.currentIndex()).bottom() <= view.viewport().height()


def test_that_very_long_names_are_shortened_and_said_whole_on_hover(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    family = "Wolfeschlegelsteinhausenbergerdorff" * 5
    ward.admit(1, family_name=family)
    ward.raise_alert(1)
    window = open_station()
    click_row(qtbot, window, 0)
    name = window.page._header._name
    assert name.is_shortened
    assert family in name.toolTip()
    assert name.width() < window.page.width()
    (row,) = rows(window)
    assert family in row.spoken
    assert window.width() == 1280


def test_that_namesakes_are_flagged(ward: Ward, open_station: Opens, qtbot: QtBot) -> None:
    for count in (1, 2):
        ward.admit(count, family_name="Lindqvist", given_name="Karin", number=f"20411{count}")
        ward.raise_alert(count)
    window = open_station()
    assert [row.namesake for row in rows(window)] == ["204 111", "204 112"]
    click_row(qtbot, window, 0)
    assert window.page.state is not None
    assert window.page.state.same_name == "Same name as another patient"


def test_that_typing_of_people_is_never_read_as_markup(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1, family_name="<b>Bold</b>")
    ward.raise_alert(1)
    window = open_station()
    click_row(qtbot, window, 0)
    assert window.page._header._name.text() == "<b>Bold</b>, Kim"
    assert window.page._header._name.textFormat() is Qt.TextFormat.PlainText


def test_that_the_open_kiosk_button_tells(ward: Ward, open_station: Opens, qtbot: QtBot) -> None:
    window = open_station()
    buttons = {b.text(): b for b in window.header.findChildren(QPushButton)}
    with qtbot.waitSignal(window.kiosk_wanted):
        buttons["Open kiosk"].click()


def test_that_t_shows_the_table_of_reports_and_t_again_the_chart(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1)
    ward.raise_alert(1)
    window = open_station()
    click_row(qtbot, window, 0)
    card = window.page.chart
    qtbot.keyClick(window, Qt.Key.Key_T)
    assert card.table.isVisible()
    model = card.table.model()
    assert [model.index(0, column).data() for column in (0, 1)] == ["30", "1 Apr 2026"]
    qtbot.keyClick(window, Qt.Key.Key_T)
    assert not card.table.isVisible()


def test_that_clicking_a_marker_on_the_chart_explains_its_alert(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1)
    alert = ward.raise_alert(1)
    window = open_station()
    click_row(qtbot, window, 0)
    window.page.chart.alert_clicked.emit(alert.id)
    dialog = window.findChild(WhyDialog)
    assert dialog is not None
    assert dialog.isVisible()


def test_that_a_closed_alert_is_shown_when_asked_for(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1)
    ward.raise_alert(1)
    alerts.resolve(ward.clinic, "alert-1", 1, "treated", "is well")
    window = open_station()
    window._choose_list("patients")
    with qtbot.waitSignal(window.worklist.shown):
        window.worklist.refresh()
    click_row(qtbot, window, 0)
    assert not window.page.cards.isVisible()
    window.page._header._closed.click()
    assert window.page.cards.isVisible()
    assert window.page.state is not None
    (card,) = window.page.state.closed
    assert card.states == ("Closed by Nurse Ann today at 10:00 as “Treated”. “is well”",)
    assert card.can == {"reopen", "useful", "not_useful"}


def test_that_the_window_needs_no_matplotlib_to_appear() -> None:
    code = "import sys, monitor.ui.station.window; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_that_v_goes_round_the_stretches_of_time(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1)
    ward.raise_alert(1)
    window = open_station()
    click_row(qtbot, window, 0)
    for name in ("6w", "3m", "1y", "all", "6w"):
        qtbot.keyClicks(window, "v")
        assert window.page.chart.ranges.button(name).isChecked()
    qtbot.keyClicks(window, "0")
    assert window.page.chart.ranges.button("all").isChecked()


def test_that_every_button_can_be_reached_by_tab_and_has_a_name(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1)
    ward.raise_alert(1)
    window = open_station()
    click_row(qtbot, window, 0)
    wanted = {b for b in window.findChildren(QPushButton) if b.isVisible() and b.isEnabled()}
    reached: set[QWidget] = set()
    widget: QWidget | None = window.panel.list.nextInFocusChain()
    while widget is not None and widget is not window.panel.list:
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            reached.add(widget)
        widget = widget.nextInFocusChain()
    assert wanted <= reached
    assert all(button.accessibleName() or button.text() for button in wanted)


def test_that_enter_goes_to_the_alert_and_esc_back_to_the_list(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1)
    ward.raise_alert(1)
    window = open_station()
    click_row(qtbot, window, 0)
    qtbot.keyClick(window.panel.list, Qt.Key.Key_Return)
    focused = window.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.accessibleName() == "Take in hand: Pain has come back"
    qtbot.keyClick(focused, Qt.Key.Key_Escape)
    assert window.focusWidget() is window.panel.list


def test_that_f1_shows_the_keys(ward: Ward, open_station: Opens, qtbot: QtBot) -> None:
    window = open_station()
    qtbot.keyClick(window, Qt.Key.Key_F1)
    overlay = window.findChild(KeysOverlay)
    assert overlay is not None
    assert overlay.isVisible()
