"""What a nurse does with alerts: every step by its key, its dialog, its undo and its refusal."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDateEdit, QLabel, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from monitor.domain.alert import Happening, State
from monitor.domain.protocol import Priority
from monitor.services import alerts
from monitor.services.alerts import UNDO_WITHIN
from monitor.ui.shared.widgets.choices import Chips
from monitor.ui.station.chart import read_patient
from monitor.ui.station.dates import working_day_after
from monitor.ui.station.screens.acknowledge_dialog import AcknowledgeDialog
from monitor.ui.station.screens.action_dialog import ActionDialog
from monitor.ui.station.screens.alert_cards import AlertCard
from monitor.ui.station.screens.reopen_dialog import ReopenDialog
from monitor.ui.station.screens.resolve_dialog import ResolveDialog
from monitor.ui.station.screens.snooze_dialog import SnoozeDialog
from monitor.ui.station.screens.tell_bar import OFFERED_MS
from monitor.ui.station.screens.why_dialog import WhyDialog
from monitor.ui.station.views import Card
from monitor.ui.station.window import StationWindow
from tests import builders
from tests.ui.station.conftest import TODAY, Opens, Ward
from tests.ui.station.test_station import click_row

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

NOW = builders.instant(TODAY, hour=10)


@pytest.fixture
def window(ward: Ward, open_station: Opens, qtbot: QtBot) -> StationWindow:
    """The station with the page of one patient open, who has one amber alert."""
    ward.admit(1)
    ward.raise_alert(1)
    opened = open_station()
    click_row(qtbot, opened, 0)
    return opened


def press(qtbot: QtBot, window: StationWindow, key: Qt.Key) -> None:
    """Press a key where the keyboard is."""
    window.activateWindow()  # offscreen no desktop hands the keyboard back after a dialog
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window.focusWidget() or window, key)


def ask(qtbot: QtBot, window: StationWindow, key: Qt.Key) -> ActionDialog:
    press(qtbot, window, key)
    assert window.deciding.dialog is not None
    return window.deciding.dialog


def confirm(qtbot: QtBot, window: StationWindow, dialog: ActionDialog) -> None:
    with qtbot.waitSignals([window.deciding.presenter.acted, window.chart.shown]):
        qtbot.keyClick(dialog.note, Qt.Key.Key_Return)


def act(qtbot: QtBot, window: StationWindow, key: Qt.Key) -> None:
    """Press a key that asks nothing, and wait until it is done and shown."""
    with qtbot.waitSignals([window.deciding.presenter.acted, window.chart.shown]):
        press(qtbot, window, key)


def acknowledge(qtbot: QtBot, window: StationWindow) -> None:
    confirm(qtbot, window, ask(qtbot, window, Qt.Key.Key_A))


def card(window: StationWindow) -> Card:
    """The alert that the keys mean."""
    found = window.page.current
    assert found is not None
    return found


def chips(dialog: ActionDialog) -> Chips:
    found = dialog.findChild(Chips)
    assert found is not None
    return found


def labels(dialog: ActionDialog) -> list[str]:
    """What stands on the buttons for the days."""
    buttons = chips(dialog).findChildren(QPushButton)
    return [button.text() for button in buttons if button.isVisible()]


def texts_of(made: AlertCard) -> list[str]:
    return [button.text() for button in made.findChildren(QPushButton)]


def written(dialog: ActionDialog) -> str:
    """Everything that can be read in a dialog."""
    return " | ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_that_what_is_taken_in_hand_comes_back_when_the_protocol_says(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    dialog = ask(qtbot, window, Qt.Key.Key_A)
    assert isinstance(dialog, AcknowledgeDialog)
    assert "comes back on Friday 3 April at 10:00." in written(dialog)
    confirm(qtbot, window, dialog)
    stored = ward.alert("alert-1")
    assert (stored.state, stored.until) == (State.ACKNOWLEDGED, NOW + dt.timedelta(hours=48))


def test_that_a_nurse_may_want_it_back_on_another_day(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    dialog = ask(qtbot, window, Qt.Key.Key_A)
    chips(dialog).choose("1")
    assert "comes back on Thursday 2 April." in written(dialog)
    confirm(qtbot, window, dialog)
    assert ward.alert("alert-1").until == builders.instant(TODAY + 1, hour=0)
    assert card(window).states[0].endswith("comes back tomorrow, Thursday 2 April.")


def test_that_three_working_days_leave_the_weekend_out(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    dialog = ask(qtbot, window, Qt.Key.Key_A)
    assert labels(dialog) == [
        "As the protocol says",
        "Tomorrow",
        "3 Apr",
        "In 3 working days",
        "In a week",
        "Other day…",
    ]
    chips(dialog).choose("working")
    assert "comes back on Monday 6 April." in written(dialog)
    assert "public holidays are not known" in chips(dialog).button("working").toolTip()
    confirm(qtbot, window, dialog)
    assert ward.alert("alert-1").until == builders.instant(TODAY + 5, hour=0)


@pytest.mark.parametrize(
    ("date", "after"),
    [
        (dt.date(2026, 10, 23), dt.date(2026, 10, 28)),  # a Friday
        (dt.date(2026, 10, 24), dt.date(2026, 10, 28)),
        (dt.date(2026, 10, 25), dt.date(2026, 10, 28)),
        (dt.date(2026, 10, 26), dt.date(2026, 10, 29)),
    ],
)
def test_that_working_days_are_monday_to_friday(date: dt.date, after: dt.date) -> None:
    assert working_day_after(date, 3) == after


@pytest.mark.parametrize(
    ("hour", "offered"),
    [(10, []), (22, ["As the protocol says", "Tomorrow"])],
    ids=["its hours end today", "its hours end tomorrow"],
)
def test_that_a_red_one_is_asked_for_no_day_beyond_its_hours(
    ward: Ward, open_station: Opens, qtbot: QtBot, hour: int, offered: list[str]
) -> None:
    ward.clock.set(builders.instant(TODAY, hour=hour))
    ward.admit(1)
    ward.raise_alert(1, Priority.RED)
    window = open_station()
    click_row(qtbot, window, 0)
    dialog = ask(qtbot, window, Qt.Key.Key_A)
    assert labels(dialog) == offered
    when = {10: "today at 14:00", 22: "tomorrow at 02:00"}[hour]
    assert f"comes back {when}." in written(dialog)


def test_that_an_alert_is_put_aside_by_keyboard_until_a_day_with_a_reason(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    dialog = ask(qtbot, window, Qt.Key.Key_S)
    assert isinstance(dialog, SnoozeDialog)
    assert "14 days at most, until Wednesday 15 April." in written(dialog)
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Right)
    assert "It comes back on Friday 3 April." in written(dialog)
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert dialog.refusal == "Say why it is put aside."
    assert dialog.focusWidget() is dialog.note
    qtbot.keyClicks(dialog.note, "on holiday")
    confirm(qtbot, window, dialog)
    stored = ward.alert("alert-1")
    assert (stored.state, stored.note) == (State.SNOOZED, "on holiday")
    assert stored.until == builders.instant(TODAY + 2, hour=0)
    assert card(window).states == ("Put aside by Nurse Ann until Friday 3 April: on holiday",)


def test_that_the_calendar_reaches_as_far_as_the_priority_allows(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    dialog = ask(qtbot, window, Qt.Key.Key_S)
    calendar = dialog.findChild(QDateEdit)
    assert calendar is not None
    assert not calendar.isVisible()
    chips(dialog).choose("other")
    assert calendar.isVisible()
    calendar.setDate(calendar.date().addDays(100))
    qtbot.keyClicks(dialog.note, "on holiday")
    confirm(qtbot, window, dialog)
    assert ward.alert("alert-1").until == builders.instant(TODAY + 14, hour=0)


@pytest.mark.parametrize(
    ("priority", "said"), [(Priority.RED, "“Act now” is never put aside."), (Priority.AMBER, "")]
)
def test_that_what_may_not_be_put_aside_says_so_and_is_not_offered(
    ward: Ward, open_station: Opens, qtbot: QtBot, priority: Priority, said: str
) -> None:
    ward.admit(1)
    ward.raise_alert(1, priority)
    window = open_station()
    click_row(qtbot, window, 0)
    (made,) = window.page.cards.findChildren(AlertCard)
    (menu,) = (b.menu() for b in made.findChildren(QPushButton) if b.menu())
    first = menu.actions()[0]
    assert first.isEnabled() is not bool(said)
    assert first.text() == (said or "Put aside…\tS")
    press(qtbot, window, Qt.Key.Key_S)
    assert (window.deciding.dialog is None) is bool(said)
    assert window.told.text.text() == said


@pytest.mark.qt_log_ignore("does not support (raise|grabbing)", extend=True)
def test_that_a_letter_in_the_menu_does_its_step(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    (made,) = window.page.cards.findChildren(AlertCard)
    (menu,) = (b.menu() for b in made.findChildren(QPushButton) if b.menu())
    menu.popup(window.pos())
    with qtbot.waitSignal(window.deciding.presenter.acted):
        qtbot.keyClick(menu, Qt.Key.Key_X)
    assert ward.alert("alert-1").useful == "not_useful"
    assert not menu.isVisible()


def test_that_undo_is_offered_takes_no_keyboard_and_gives_back_what_was(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    before = window.focusWidget()
    acknowledge(qtbot, window)
    assert window.told.isVisible()
    assert window.told.text.text() == "In hand: Pain has come back."
    assert window.told.undo.isVisible()
    assert window.focusWidget() is before
    act(qtbot, window, Qt.Key.Key_U)
    assert ward.alert("alert-1").state is State.RAISED
    assert window.told.text.text() == "Undone: the alert waits again."
    assert not window.told.undo.isVisible()


@pytest.mark.parametrize(
    ("key", "state", "said"),
    [
        (Qt.Key.Key_S, State.SNOOZED, "Undone: the alert is in hand again."),
        (Qt.Key.Key_R, State.RESOLVED, "Undone: the alert is in hand again."),
    ],
)
def test_that_undo_goes_back_to_being_in_hand(
    ward: Ward, window: StationWindow, qtbot: QtBot, key: Qt.Key, state: State, said: str
) -> None:
    acknowledge(qtbot, window)
    dialog = ask(qtbot, window, key)
    if isinstance(dialog, ResolveDialog):
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Space)
    qtbot.keyClicks(dialog.note, "well again")
    confirm(qtbot, window, dialog)
    assert ward.alert("alert-1").state is state
    with qtbot.waitSignals([window.deciding.presenter.acted, window.chart.shown]):
        window.told.undo.click()
    assert ward.alert("alert-1").state is State.ACKNOWLEDGED
    assert window.told.text.text() == said


def test_that_undo_goes_away_after_its_ten_seconds(window: StationWindow, qtbot: QtBot) -> None:
    assert OFFERED_MS == 10_000
    acknowledge(qtbot, window)
    assert window.told._timer.interval() == OFFERED_MS
    window.told._timer.timeout.emit()
    assert window.told.isHidden()
    press(qtbot, window, Qt.Key.Key_U)
    assert window.told.text.text().startswith("Nothing to undo.")


def test_that_an_undo_that_comes_too_late_says_so_and_stays(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    acknowledge(qtbot, window)
    ward.clock.advance(seconds=UNDO_WITHIN.total_seconds() + 1)
    with qtbot.waitSignal(window.deciding.presenter.refused):
        press(qtbot, window, Qt.Key.Key_U)
    assert window.told.text.text().startswith("It is too late to undo this")
    assert not window.told._timer.isActive()
    window.told.close_button.click()
    assert window.told.isHidden()


def test_that_an_undo_after_somebody_else_says_who_was_there(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    acknowledge(qtbot, window)
    version = ward.alert("alert-1").version
    alerts.resolve(ward.as_somebody_else("Nurse Bo"), "alert-1", version, "treated")
    with qtbot.waitSignal(window.deciding.presenter.refused):
        press(qtbot, window, Qt.Key.Key_U)
    assert window.told.text.text().startswith("Nurse Bo closed it today at 10:00.")
    assert ward.alert("alert-1").state is State.RESOLVED


def test_that_a_closed_alert_is_opened_again_by_its_key(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.chart.shown):
        alerts.resolve(ward.clinic, "alert-1", 1, "treated")
        window._poll()
    window.page._header._closed.click()
    assert [texts_of(one) for one in window.page.cards.findChildren(AlertCard) if one.isVisible()]
    dialog = ask(qtbot, window, Qt.Key.Key_O)
    assert isinstance(dialog, ReopenDialog)
    qtbot.keyClicks(dialog.note, "it was not")
    confirm(qtbot, window, dialog)
    assert ward.alert("alert-1").state is State.RAISED
    assert card(window).states == ("Opened again by Nurse Ann today at 10:00. “it was not”",)


def test_that_the_key_to_open_again_unfolds_the_closed_alerts_first(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(window.chart.shown):
        alerts.resolve(ward.clinic, "alert-1", 1, "treated")
        window._poll()
    press(qtbot, window, Qt.Key.Key_O)
    assert window.deciding.dialog is None
    shown = [one for one in window.page.cards.findChildren(AlertCard) if one.isVisible()]
    assert [one.card.alert_id for one in shown] == ["alert-1"]
    assert isinstance(ask(qtbot, window, Qt.Key.Key_O), ReopenDialog)


@pytest.mark.parametrize("key", [Qt.Key.Key_A, Qt.Key.Key_R, Qt.Key.Key_S, Qt.Key.Key_O])
def test_that_a_key_says_so_where_nothing_is_open(
    ward: Ward, open_station: Opens, qtbot: QtBot, key: Qt.Key
) -> None:
    ward.admit(1)
    opened = open_station()
    qtbot.keyClick(opened, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: opened.panel.list.model().rowCount() == 1)
    click_row(qtbot, opened, 0)
    press(qtbot, opened, key)
    assert opened.told.text.text() == "Nothing is open for this patient."


def test_that_one_key_marks_it_and_the_same_key_takes_it_back(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    for key, mark, said in (
        (Qt.Key.Key_X, "not_useful", ("Marked as not useful.",)),
        (Qt.Key.Key_Y, "useful", ("Marked as useful.",)),
        (Qt.Key.Key_Y, "", ()),
    ):
        act(qtbot, window, key)
        assert ward.alert("alert-1").useful == mark
        assert card(window).states == said


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (Qt.Key.Key_A, "This alert is in hand already."),
        (Qt.Key.Key_O, "This alert is open."),
    ],
)
def test_that_a_key_that_does_not_fit_says_why(
    window: StationWindow, qtbot: QtBot, key: Qt.Key, said: str
) -> None:
    acknowledge(qtbot, window)
    press(qtbot, window, key)
    assert window.deciding.dialog is None
    assert window.told.text.text() == said


def test_that_keys_are_written_only_on_the_card_they_mean(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    ward.admit(1)
    ward.raise_alert(1)
    ward.raise_alert(1, Priority.RED, suffix="_elsewhere")
    window = open_station()
    click_row(qtbot, window, 0)
    first, second = window.page.cards.findChildren(AlertCard)
    plain = ["Take in hand", "Resolve", "More ▾", "Why?"]
    lettered = ["Take in hand  A", "Resolve  R", "More ▾", "Why?  W"]
    assert (texts_of(first), texts_of(second)) == (lettered, plain)
    second.findChildren(QPushButton)[0].setFocus()
    assert (texts_of(first), texts_of(second)) == (plain, lettered)
    dialog = ask(qtbot, window, Qt.Key.Key_R)
    assert dialog.alert_id == second.card.alert_id


def test_that_the_keyboard_stays_with_the_patient_when_the_last_card_goes(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    press(qtbot, window, Qt.Key.Key_Return)
    dialog = ask(qtbot, window, Qt.Key.Key_R)
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Space)
    confirm(qtbot, window, dialog)
    focused = window.focusWidget()
    assert focused is not None
    assert window.page.isAncestorOf(focused)
    assert focused.isVisible()


def test_that_a_digit_chooses_what_came_of_it_as_in_a_logged_contact(
    window: StationWindow, qtbot: QtBot
) -> None:
    dialog = ask(qtbot, window, Qt.Key.Key_R)
    second = dialog.findChildren(QRadioButton)[1]
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_2)
    assert second.isChecked()
    qtbot.keyClick(second, Qt.Key.Key_9)
    assert second.isChecked()


def test_that_a_key_for_a_patient_says_so_where_none_is_open(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    opened = open_station()
    press(qtbot, opened, Qt.Key.Key_C)
    assert opened.told.text.text() == "No patient is open. Choose one in the list."


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (Qt.Key.Key_B, "There is no procedure before this one."),
        (Qt.Key.Key_Comma, "There is no procedure before this one."),
        (Qt.Key.Key_Period, "There is no procedure after this one."),
    ],
)
def test_that_a_key_for_another_procedure_says_that_there_is_none(
    window: StationWindow, qtbot: QtBot, key: Qt.Key, said: str
) -> None:
    press(qtbot, window, key)
    assert window.told.text.text() == said


@pytest.mark.parametrize("key", [Qt.Key.Key_A, Qt.Key.Key_S, Qt.Key.Key_R])
def test_that_esc_keeps_what_was_typed_and_chosen(
    ward: Ward, window: StationWindow, qtbot: QtBot, key: Qt.Key
) -> None:
    dialog = ask(qtbot, window, key)
    if isinstance(dialog, ResolveDialog):
        dialog.findChildren(QRadioButton)[1].click()
    else:
        chips(dialog).choose("other")
        dialog.days.calendar.setDate(  # type: ignore[attr-defined]
            dialog.days.calendar.minimumDate().addDays(3)  # type: ignore[attr-defined]
        )
    qtbot.keyClicks(dialog.note, "half a sent")
    kept = dialog.draft()
    qtbot.keyClick(dialog.note, Qt.Key.Key_Escape)
    assert window.deciding.dialog is None
    assert ward.alert("alert-1").state is State.RAISED
    again = ask(qtbot, window, key)
    assert again.draft() == kept
    assert again.note.toPlainText() == "half a sent"
    confirm(qtbot, window, again)
    with qtbot.waitSignals([window.deciding.presenter.acted, window.chart.shown]):
        press(qtbot, window, Qt.Key.Key_U)
    assert ask(qtbot, window, key).note.toPlainText() == ""


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("acknowledge", "Nurse Bo took it in hand today at 10:00."),
        ("snooze", "Nurse Bo put it aside today at 10:00."),
        ("resolve", "Nurse Bo closed it today at 10:00."),
        ("rate", "Nurse Bo said today at 10:00 whether it was useful."),
    ],
)
def test_that_a_conflict_says_what_the_other_did_and_keeps_the_day(
    ward: Ward, window: StationWindow, qtbot: QtBot, step: str, said: str
) -> None:
    dialog = ask(qtbot, window, Qt.Key.Key_A)
    chips(dialog).choose("2")
    qtbot.keyClicks(dialog.note, "called her")
    other = ward.as_somebody_else("Nurse Bo")
    tomorrow = builders.date(TODAY + 1)
    {
        "acknowledge": lambda: alerts.acknowledge(other, "alert-1", 1),
        "snooze": lambda: alerts.snooze(other, "alert-1", 1, tomorrow, "away"),
        "resolve": lambda: alerts.resolve(other, "alert-1", 1, "treated"),
        "rate": lambda: alerts.rate(other, "alert-1", 1, "useful"),
    }[step]()
    with qtbot.waitSignals([window.deciding.presenter.refused, window.chart.shown]):
        qtbot.keyClick(dialog.note, Qt.Key.Key_Return)
    nothing = "Nothing of yours was stored. What you typed is kept here."
    assert dialog.refusal == f"{said} {nothing}"
    assert (dialog.draft().note, dialog.draft().choice) == ("called her", "2")
    assert dialog.confirm_button.isEnabled() is (step == "rate")


def test_that_an_outage_says_so_beside_the_cards_that_stay(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    ward.store.fault = "disk full"
    with qtbot.waitSignal(window.deciding.presenter.refused):
        press(qtbot, window, Qt.Key.Key_X)
    assert window.told.text.text().startswith("It could not be stored now.")
    assert window.page.current is not None


def test_that_a_date_that_has_passed_meanwhile_is_said_and_may_be_chosen_anew(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    dialog = ask(qtbot, window, Qt.Key.Key_S)
    qtbot.keyClicks(dialog.note, "on holiday")
    ward.clock.advance(days=1)
    with qtbot.waitSignal(window.deciding.presenter.refused):
        qtbot.keyClick(dialog.note, Qt.Key.Key_Return)
    assert dialog.refusal.startswith("Choose a day to come. Nothing was changed.")
    assert dialog.confirm_button.isEnabled()
    chips(dialog).choose("2")
    confirm(qtbot, window, dialog)
    assert ward.alert("alert-1").state is State.SNOOZED


def history(ward: Ward) -> list[tuple[str, str, str]]:
    state, _revision = read_patient(ward.clinic, "episode-1", "en")
    (shown,) = (*state.cards, *state.closed)
    return [(line.who, line.what, line.why) for line in shown.why.history]


def test_that_the_history_says_who_did_what_and_why(ward: Ward) -> None:
    ward.admit(1)
    ward.raise_alert(1)
    clinic = ward.clinic
    alerts.acknowledge(clinic, "alert-1", 1, "called her")
    alerts.snooze(clinic, "alert-1", 2, builders.date(TODAY + 3), "on holiday")
    alerts.take_back(clinic, "alert-1", 3)
    alerts.resolve(clinic, "alert-1", 4, "treated", "well")
    alerts.rate(clinic, "alert-1", 5, "not_useful")
    alerts.rate(clinic, "alert-1", 6, "")
    assert history(ward)[1:] == [
        (
            "Nurse Ann",
            "Taken in hand; comes back on Friday 3 April at 10:00",
            "called her",
        ),
        ("Nurse Ann", "Put aside; comes back on Saturday 4 April", "on holiday"),
        ("Nurse Ann", "Took the last step back", ""),
        ("Nurse Ann", "Closed: Treated", "well"),
        ("Nurse Ann", "Marked as not useful", ""),
        ("Nurse Ann", "Took back what they thought of its use", ""),
    ]


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        ("report", "A report came"),
        ("late_report", "A report came late"),
        ("corrected_report", "A report was corrected"),
        ("time", "Time passed"),
        ("episode_changed", "The follow-up was changed"),
        ("protocol_changed", "The protocol changed"),
        ("repair", "The check of everybody found it"),
    ],
)
def test_that_the_history_says_why_the_rules_looked_again(
    ward: Ward, cause: str, said: str
) -> None:
    ward.admit(1)
    ward.raise_alert(1)
    with ward.store.begin() as work:
        work.alerts.add_event(
            builders.event(Happening.WORSEN, TODAY, cause=cause, priority=Priority.RED, stage="A2")
        )
        work.commit()
    assert history(ward)[-1] == ("Rootwatch", "Got worse (Act now, A2)", said)


def put(ward: Ward, *steps: tuple[Happening, State], **fields: object) -> tuple[str, ...]:
    """The state lines of an alert that went through steps, the last of them by the rules."""
    ward.admit(1)
    ward.raise_alert(1)
    by = {True: "rules", False: "N. Ruiz"}
    ruled = (Happening.WAKE, Happening.WORSEN, Happening.RETURN, Happening.END)
    with ward.store.begin() as work:
        for happening, state in steps:
            event = builders.event(
                happening, TODAY, alert_id="alert-1", by=by[happening in ruled], state=state
            )
            work.alerts.add_event(event)
        old = work.alerts.get("alert-1")
        at = builders.instant(TODAY)
        moved = replace(old, version=2, changed_by="N. Ruiz", changed_at=at)
        work.alerts.save(replace(moved, **fields), 1)  # type: ignore[arg-type]
        work.commit()
    page, _revision = read_patient(ward.clinic, "episode-1", "en")
    return (*page.cards, *page.closed)[0].states


IN_HAND = (Happening.ACKNOWLEDGE, State.ACKNOWLEDGED)
ASIDE = (Happening.SNOOZE, State.SNOOZED)
BACK = (Happening.WAKE, State.RAISED)


def test_that_what_came_back_says_in_whose_hand_it_was(ward: Ward) -> None:
    said = put(ward, IN_HAND, BACK)
    assert said == ("Back today at 09:00: it was in hand by N. Ruiz and not closed.",)


def test_that_what_came_back_says_that_it_was_put_aside(ward: Ward) -> None:
    said = put(ward, ASIDE, BACK)
    assert said == ("Back today at 09:00: it was put aside by N. Ruiz until then.",)


def test_that_what_got_worse_says_when(ward: Ward) -> None:
    assert put(ward, IN_HAND, (Happening.WORSEN, State.RAISED)) == ("Got worse today at 09:00.",)


def test_that_what_has_ended_in_hand_says_both(ward: Ward) -> None:
    said = put(
        ward,
        IN_HAND,
        (Happening.END, State.ACKNOWLEDGED),
        state=State.ACKNOWLEDGED,
        ended_day=TODAY,
        until=builders.instant(TODAY + 2),
    )
    assert said == (
        "In hand by N. Ruiz since 09:00, comes back on Friday 3 April at 09:00.",
        "Ended on day 30: stays until you close it.",
    )


def test_that_one_whose_time_is_over_is_not_said_to_come_back(ward: Ward) -> None:
    said = put(ward, IN_HAND, state=State.ACKNOWLEDGED, until=builders.instant(TODAY, minute=30))
    assert said == ("Was in hand by N. Ruiz since 09:00; came back today at 09:30.",)


def test_that_the_why_dialog_shows_states_window_and_history(
    ward: Ward, window: StationWindow, qtbot: QtBot
) -> None:
    acknowledge(qtbot, window)
    assert dict(card(window).why.facts)["Holds since"] == "day 30, 1 Apr 2026"
    press(qtbot, window, Qt.Key.Key_W)
    dialog = window.findChild(WhyDialog)
    assert dialog is not None
    said = {label.text() for label in dialog.findChildren(QLabel)}
    assert card(window).states[0] in said
    assert "Taken in hand; comes back on Friday 3 April at 10:00" in said
