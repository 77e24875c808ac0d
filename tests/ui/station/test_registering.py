"""Registering: nobody twice, nothing guessed, all that is wrong at once, and by keyboard alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from monitor.domain.episode import Episode, OwnBaseline, Patient, Procedure
from monitor.domain.rules.rule import Stage
from monitor.services import enrolment
from monitor.services.permissions import Acting
from monitor.ui.shared.tasks import Tasks
from monitor.ui.station.screens.register_dialog import RegisterDialog
from monitor.ui.station.window import StationWindow
from tests import builders
from tests.fakes import FakeProtocols
from tests.services.clinics import Broken
from tests.ui.station.conftest import TODAY, Opens, Ward
from tests.ui.station.test_station import click_row

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def front(qtbot: QtBot, window: StationWindow) -> None:
    """Offscreen no desktop gives the keyboard to a window."""
    if not window.isActiveWindow():
        with qtbot.waitActive(window):
            window.activateWindow()


def begun(
    qtbot: QtBot, window: StationWindow, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> RegisterDialog:
    front(qtbot, window)
    with qtbot.waitSignal(window.registering.presenter.begun):
        qtbot.keyClick(window, key, modifier)
    dialog = window.registering.dialog
    assert dialog is not None
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    return dialog


@pytest.fixture
def window(ward: Ward, open_station: Opens, qtbot: QtBot) -> StationWindow:
    """A station with Karin Lindqvist, number 1001, on the page."""
    ward.admit(1, family_name="Lindqvist", given_name="Karin", phone="555 0161")
    ward.raise_alert(1)
    opened = open_station()
    click_row(qtbot, opened, 0)
    return opened


@pytest.fixture
def dialog(window: StationWindow, qtbot: QtBot) -> RegisterDialog:
    return begun(qtbot, window, Qt.Key.Key_N, CTRL)


def click_bare_row(qtbot: QtBot, window: StationWindow) -> None:
    """Click the only row, of a patient with nothing to show."""
    view = window.panel.list
    qtbot.waitUntil(lambda: view.model().rowCount() == 1)
    where = view.visualRect(view.model().index(0, 0)).center()
    with qtbot.waitSignal(window.panel.opened):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)


def stored(ward: Ward, number: str) -> tuple[Patient, tuple[Episode, ...]]:
    with ward.store.read() as work:
        patient = work.patients.by_number(number)
        assert patient is not None
        return patient, work.episodes.of_patient(patient.id)


def type_in(qtbot: QtBot, *texts: str) -> None:
    """Type as a nurse does: into the field that has the keyboard, Tab to the next one."""
    for text in texts:
        field = QApplication.focusWidget()
        assert field is not None
        if text:
            qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Tab)


def press_enter(qtbot: QtBot) -> None:
    field = QApplication.focusWidget()
    assert field is not None
    qtbot.keyClick(field, Qt.Key.Key_Return)


def fill(dialog: RegisterDialog, number: str = "2002", birth: str = "31.1.1970") -> None:
    """Everything that is needed."""
    assert dialog.patient is not None
    dialog.patient.family_name.setText("Berg")
    dialog.patient.given_name.setText("Anna")
    dialog.patient.number.setText(number)
    dialog.patient.birth_date.setText(birth)
    fill_procedure(dialog)


def fill_procedure(dialog: RegisterDialog) -> None:
    assert dialog.procedure is not None
    dialog.procedure.profile.setCurrentIndex(dialog.procedure.profile.findData("MBRFN"))
    dialog.procedure.date.setText("30 Mar 2026")
    dialog.procedure.side.setCurrentIndex(dialog.procedure.side.findData("left"))
    dialog.procedure.levels.setText("c4, c5")


def test_that_a_patient_is_registered_by_the_keyboard_alone(
    window: StationWindow, dialog: RegisterDialog, ward: Ward, qtbot: QtBot
) -> None:
    assert dialog.patient is not None
    assert dialog.procedure is not None
    assert QApplication.focusWidget() is dialog.patient.family_name
    type_in(qtbot, "Berg", "Anna", "2002", "female", "31.1.1970", "555 0222", "German", "Deaf")
    assert QApplication.focusWidget() is dialog.procedure.profile
    type_in(qtbot, "Medial", "30.3.2026", "c4 c5", "left", "Dr Sam")
    with qtbot.waitSignal(window.registering.presenter.stored):
        press_enter(qtbot)
    patient, (episode,) = stored(ward, "2002")
    assert patient == Patient(
        id=patient.id,
        number="2002",
        family_name="Berg",
        given_name="Anna",
        birth_date=dt.date(1970, 1, 31),
        phone="555 0222",
        language="de",
        sex="female",
        remark="Deaf",
    )
    assert episode.procedure == Procedure(
        dt.date(2026, 3, 30), "MBRFN", ("C4", "C5"), "left", "Dr Sam"
    )


def test_that_whoever_was_registered_is_opened_and_a_slip_is_offered(
    window: StationWindow, dialog: RegisterDialog, ward: Ward, qtbot: QtBot
) -> None:
    fill(dialog)
    with qtbot.waitSignals([window.registering.presenter.stored, window.chart.shown]):
        dialog.confirm()
    assert window.registering.dialog is None
    assert window.page.state is not None
    assert window.page.state.name.startswith("Berg, Anna")
    offer = window.registering.offer
    assert offer is not None
    with qtbot.waitSignal(window.desk.presenter.made):
        qtbot.keyClick(offer, Qt.Key.Key_Return)
    assert window.desk.dialog is not None
    assert window.desk.dialog.paper is not None
    assert window.desk.dialog.paper.who == "Anna B."
    window.desk.dialog.reject()


def test_that_all_that_is_wrong_is_said_beside_its_field_and_the_first_has_the_keyboard(
    window: StationWindow, dialog: RegisterDialog, ward: Ward, qtbot: QtBot
) -> None:
    assert dialog.patient is not None
    assert dialog.procedure is not None
    dialog.patient.family_name.setText("Berg")
    dialog.patient.number.setText("1001")
    dialog.patient.birth_date.setText("31.13.1970")
    dialog.patient.phone.setText("12")
    dialog.procedure.levels.setText("X9")
    with qtbot.waitSignal(window.registering.presenter.faulted):
        dialog.confirm()
    assert dialog.faults == {
        "given_name": "Type the given name.",
        "number": "Another patient has this number.",
        "birth_date": "Type a date, such as 31.1.1970 or 31 Jan 1970.",
        "phone": "At least 4 digits.",
        "profile": "Choose what was done.",
        "date": "Type a date, such as 31.1.1970 or 31 Jan 1970.",
        "levels": "“X9” is no level that the protocol knows.",
        "side": "Choose the side.",
    }
    assert dialog.focusWidget() is dialog.patient.given_name
    assert dialog.patient.given_name.accessibleDescription() == "Type the given name."
    assert dialog.patient.family_name.text() == "Berg"
    with ward.store.read() as work:
        assert [one.family_name for one in work.patients.all() if not one.is_canary] == [
            "Lindqvist"
        ]


def test_that_a_fault_that_is_put_right_is_said_no_more(
    window: StationWindow, dialog: RegisterDialog, qtbot: QtBot
) -> None:
    fill(dialog, number="")
    with qtbot.waitSignal(window.registering.presenter.faulted):
        dialog.confirm()
    assert list(dialog.faults) == ["number"]
    assert dialog.patient is not None
    dialog.patient.number.setText("2002")
    assert dialog.faults == {}
    with qtbot.waitSignal(window.registering.presenter.stored):
        dialog.confirm()


def test_that_a_date_that_can_be_two_is_asked_about_and_never_guessed(
    window: StationWindow, dialog: RegisterDialog, ward: Ward, qtbot: QtBot
) -> None:
    fill(dialog, birth="1/2/1970")
    assert dialog.patient is not None
    field = dialog.patient.birth_date
    assert field.date is None
    assert [way.text() for way in field.ways] == ["2 January 1970", "1 February 1970"]
    with qtbot.waitSignal(window.registering.presenter.faulted):
        dialog.confirm()
    assert dialog.faults == {"birth_date": "Choose which of these days it is."}
    assert dialog.focusWidget() is field.ways[0]
    qtbot.keyClick(field.ways[1], Qt.Key.Key_Space)
    assert field.says.text() == "1 February 1970, 56 years"
    with qtbot.waitSignal(window.registering.presenter.stored):
        dialog.confirm()
    assert stored(ward, "2002")[0].birth_date == dt.date(1970, 2, 1)


def test_that_scores_from_before_become_the_baseline(
    window: StationWindow, dialog: RegisterDialog, ward: Ward, qtbot: QtBot
) -> None:
    fill(dialog)
    assert dialog.procedure is not None
    dialog.procedure.scores["pain//"].setText("11")
    with qtbot.waitSignal(window.registering.presenter.faulted):
        dialog.confirm()
    assert dialog.faults == {"score pain//": "A score is a whole number from 0 to 10."}
    assert dialog.focusWidget() is dialog.procedure.scores["pain//"]
    dialog.procedure.scores["pain//"].setText("7")
    with qtbot.waitSignal(window.registering.presenter.stored):
        dialog.confirm()
    (own,) = stored(ward, "2002")[1][0].own_baselines
    assert own == OwnBaseline(
        "pain",
        7,
        reason="Told when the procedure was recorded",
        by="Nurse Ann",
        on=builders.date(TODAY),
    )


def test_that_a_procedure_that_cannot_be_judged_is_stored_and_that_is_said(
    window: StationWindow, dialog: RegisterDialog, ward: Ward, tasks: Tasks, qtbot: QtBot
) -> None:
    (protocol,) = [ward.clinic.protocols.current(one) for one in ward.clinic.protocols.ids()]
    stage = Stage(id="X", sources=("S1",), grade="C", why="A test.")
    broken = replace(protocol, rules=(*protocol.rules, Broken(id="broken", stages=(stage,))))
    tasks.serve(replace(ward.clinic, protocols=FakeProtocols(broken)))
    fill(dialog)
    with qtbot.waitSignal(window.registering.told) as told:
        dialog.confirm()
    assert told.args is not None
    assert told.args[0].text == "It is stored; what it says is judged at the next check."
    assert len(stored(ward, "2002")[1]) == 1


def test_that_operators_named_before_are_offered(dialog: RegisterDialog) -> None:
    assert dialog.procedure is not None
    completer = dialog.procedure.operator.completer()
    completer.setCompletionPrefix("samp")
    assert completer.currentCompletion() == "Dr Sample"


def alike(qtbot: QtBot, dialog: RegisterDialog) -> list[tuple[str, str]]:
    """Who is shown as alike, and why, once somebody is."""
    assert dialog.duplicates is not None
    panel = dialog.duplicates
    qtbot.waitUntil(lambda: bool(panel.shown))
    return [(one.name, one.why) for one in panel.shown]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"number": "1001"}, "Same number"),
        ({"phone": "5550161"}, "Same phone"),
        ({"family_name": "lindqvist", "given_name": "KARIN"}, "Same name"),
        (
            {"family_name": "Lindqvist", "birth_date": "17.5.1970"},
            "Same family name and date of birth",
        ),
        (
            {"number": "1001", "family_name": "Lindqvist", "given_name": "Karin",
             "birth_date": "17 May 1970"},
            "Same number, name and date of birth",
        ),
    ],
    ids=["number", "phone", "name", "family name and birth", "everything"],
)  # fmt: skip
def test_that_whoever_may_be_the_same_person_is_shown_with_why(
    dialog: RegisterDialog, qtbot: QtBot, fields: dict[str, str], why: str
) -> None:
    for name, text in fields.items():
        getattr(dialog.patient, name).setText(text)
    assert alike(qtbot, dialog) == [("Lindqvist, Karin", why)]


def test_that_nobody_is_kept_from_registering_a_namesake(
    window: StationWindow, dialog: RegisterDialog, ward: Ward, qtbot: QtBot
) -> None:
    fill(dialog)
    assert dialog.patient is not None
    dialog.patient.family_name.setText("Lindqvist")
    dialog.patient.given_name.setText("Karin")
    alike(qtbot, dialog)
    with qtbot.waitSignal(window.registering.presenter.stored):
        dialog.confirm()
    assert stored(ward, "2002")[0].family_name == "Lindqvist"


def test_that_the_one_who_is_registered_already_is_opened_and_the_form_is_kept(
    window: StationWindow, dialog: RegisterDialog, qtbot: QtBot
) -> None:
    assert dialog.patient is not None
    dialog.patient.number.setText("1001")
    dialog.patient.number.setFocus()
    alike(qtbot, dialog)
    qtbot.keyClick(dialog.patient.number, Qt.Key.Key_F6)
    button = QApplication.focusWidget()
    assert isinstance(button, QPushButton)
    assert button.accessibleName() == "Open Lindqvist, Karin"
    qtbot.keyClick(button, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is dialog.patient.number, "and back"
    with qtbot.waitSignal(window.chart.shown):
        qtbot.keyClick(button, Qt.Key.Key_Return)
    assert window.registering.dialog is None
    again = begun(qtbot, window, Qt.Key.Key_N, CTRL)
    assert again.patient is not None
    assert again.patient.number.text() == "1001"


def test_that_the_procedure_goes_along_to_the_one_who_is_registered_already(
    window: StationWindow, dialog: RegisterDialog, ward: Ward, qtbot: QtBot
) -> None:
    fill(dialog, number="1001")
    alike(qtbot, dialog)
    assert dialog.duplicates is not None
    with qtbot.waitSignal(window.registering.presenter.begun):
        dialog.duplicates.buttons[1].click()
    further = window.registering.dialog
    assert further is not None
    assert further is not dialog
    assert further.patient is None, "who it is needs no asking"
    assert further.state.about.startswith("Lindqvist, Karin, No. 1001\n")
    with qtbot.waitSignal(window.registering.presenter.stored):
        further.confirm()
    _, (newest, first) = stored(ward, "1001")
    assert newest.procedure.levels == ("C4", "C5")
    assert newest.procedure.side == "left"
    assert first.id == "episode-1"
    assert window.registering.offer is not None
    window.registering.offer.reject()
    again = begun(qtbot, window, Qt.Key.Key_N, CTRL)
    assert again.patient is not None
    assert again.patient.number.text() == "", "what was somebody new is no draft any more"


def test_that_esc_keeps_the_form(
    window: StationWindow, dialog: RegisterDialog, qtbot: QtBot
) -> None:
    fill(dialog, birth="1/2/1970")
    before = dialog.typed()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert window.registering.dialog is None
    assert begun(qtbot, window, Qt.Key.Key_N, CTRL).typed() == before


def test_that_an_outage_keeps_the_form_and_a_second_try_registers_once(
    window: StationWindow, dialog: RegisterDialog, ward: Ward, qtbot: QtBot
) -> None:
    fill(dialog)
    ward.store.fault = "gone"
    with qtbot.waitSignal(window.registering.presenter.refused):
        dialog.confirm()
    assert "could not be stored" in dialog.refusal
    ward.store.fault = ""
    with qtbot.waitSignal(window.registering.presenter.stored):
        dialog.confirm()
    assert len(stored(ward, "2002")[1]) == 1


def test_that_a_further_procedure_is_followed_beside_the_first(
    window: StationWindow, ward: Ward, qtbot: QtBot
) -> None:
    dialog = begun(qtbot, window, Qt.Key.Key_N, CTRL | SHIFT)
    assert dialog.patient is None
    fill_procedure(dialog)
    with qtbot.waitSignals([window.registering.presenter.stored, window.chart.shown]):
        dialog.confirm()
    _, several = stored(ward, "1001")
    assert [one.procedure.side for one in several] == ["left", "right"]


def test_that_a_patient_without_a_procedure_gets_the_first_one(
    ward: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    enrolment.register(ward.clinic, builders.patient(1))
    window = open_station()
    front(qtbot, window)
    with qtbot.waitSignal(window.worklist.shown):
        qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    click_bare_row(qtbot, window)
    dialog = begun(qtbot, window, Qt.Key.Key_N, CTRL | SHIFT)
    fill_procedure(dialog)
    with qtbot.waitSignals([window.registering.presenter.stored, window.chart.shown]):
        dialog.confirm()
    assert len(stored(ward, "1001")[1]) == 1


def test_that_what_is_known_of_a_patient_is_edited_without_a_reason(
    window: StationWindow, ward: Ward, qtbot: QtBot
) -> None:
    dialog = begun(qtbot, window, Qt.Key.Key_E, CTRL)
    assert dialog.patient is not None
    assert dialog.patient.birth_date.text() == "17 May 1970"
    dialog.patient.phone.setText("555 0999")
    assert not dialog.reason.isVisible()
    with qtbot.waitSignal(window.registering.stored):
        dialog.confirm()
    assert stored(ward, "1001")[0].phone == "555 0999"


@pytest.mark.parametrize(
    ("name", "text"),
    [("family_name", "Berg"), ("number", "2002"), ("birth_date", "18.5.1970")],
    ids=["name", "number", "date of birth"],
)
def test_that_a_changed_identity_needs_a_reason(
    window: StationWindow, ward: Ward, qtbot: QtBot, name: str, text: str
) -> None:
    dialog = begun(qtbot, window, Qt.Key.Key_E, CTRL)
    getattr(dialog.patient, name).setText(text)
    assert dialog.reason.isVisible()
    with qtbot.waitSignal(window.registering.presenter.faulted):
        dialog.confirm()
    assert dialog.faults == {"reason": "Say why: it stands in the record."}
    assert dialog.focusWidget() is dialog.reason
    qtbot.keyClicks(dialog.reason, "as in her passport")
    with qtbot.waitSignal(window.registering.stored):
        qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    with ward.store.read() as work:
        line = work.audit.of_subject("patient-1")[-1]
    assert (line.action, line.actor) == ("patient_edited", "Nurse Ann")
    assert line.reason.startswith("as in her passport [")


def test_that_a_date_of_birth_written_otherwise_is_no_changed_identity(
    window: StationWindow, qtbot: QtBot
) -> None:
    dialog = begun(qtbot, window, Qt.Key.Key_E, CTRL)
    assert dialog.patient is not None
    dialog.patient.birth_date.setText("17.5.70")
    assert not dialog.reason.isVisible()


def test_that_a_date_of_birth_after_the_procedure_is_refused_beside_its_field(
    window: StationWindow, qtbot: QtBot
) -> None:
    dialog = begun(qtbot, window, Qt.Key.Key_E, CTRL)
    assert dialog.patient is not None
    dialog.patient.birth_date.setText("5 Mar 2026")
    dialog.reason.setPlainText("a mistake")
    with qtbot.waitSignal(window.registering.presenter.faulted):
        dialog.confirm()
    assert dialog.faults == {"birth_date": "That is after a procedure of the patient."}


def test_that_a_form_in_which_nothing_is_changed_can_still_be_changed(
    window: StationWindow, ward: Ward, qtbot: QtBot
) -> None:
    dialog = begun(qtbot, window, Qt.Key.Key_E, CTRL)
    with qtbot.waitSignal(window.registering.presenter.refused):
        dialog.confirm()
    assert dialog.refusal == "Nothing is changed yet."
    assert dialog.patient is not None
    dialog.patient.phone.setText("555 0999")
    with qtbot.waitSignal(window.registering.stored):
        dialog.confirm()
    assert stored(ward, "1001")[0].phone == "555 0999"


def test_that_a_draft_is_not_put_over_what_somebody_else_changed(
    window: StationWindow, ward: Ward, qtbot: QtBot
) -> None:
    dialog = begun(qtbot, window, Qt.Key.Key_E, CTRL)
    assert dialog.patient is not None
    dialog.patient.phone.setText("555 0999")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    dialog = begun(qtbot, window, Qt.Key.Key_E, CTRL)
    assert dialog.patient is not None
    assert dialog.patient.phone.text() == "555 0999", "Esc keeps what was typed"
    dialog.reject()
    seen, _ = stored(ward, "1001")
    enrolment.edit(ward.as_somebody_else("Dr Bo"), seen, replace(seen, phone="555 0777"))
    dialog = begun(qtbot, window, Qt.Key.Key_E, CTRL)
    assert dialog.patient is not None
    assert dialog.patient.phone.text() == "555 0777"


def test_that_whoever_was_first_is_named(window: StationWindow, ward: Ward, qtbot: QtBot) -> None:
    dialog = begun(qtbot, window, Qt.Key.Key_E, CTRL)
    assert dialog.patient is not None
    dialog.patient.phone.setText("555 0999")
    seen, _ = stored(ward, "1001")
    changed = replace(seen, phone="555 0777")
    enrolment.edit(ward.as_somebody_else("Dr Bo"), seen, changed)
    with qtbot.waitSignal(window.registering.presenter.refused):
        dialog.confirm()
    assert dialog.refusal.startswith("Dr Bo was first, at ")
    assert dialog.patient.phone.text() == "555 0999"
    assert not dialog.confirm_button.isEnabled()


def test_that_the_patient_is_reached_from_the_dialog_of_the_follow_up(
    window: StationWindow, qtbot: QtBot
) -> None:
    front(qtbot, window)
    with qtbot.waitSignal(window.following.presenter.opened):
        qtbot.keyClick(window, Qt.Key.Key_E)
    edit = window.following.dialog
    assert edit is not None
    with qtbot.waitSignal(window.registering.presenter.begun):
        edit.patient_button.click()
    assert window.following.dialog is None
    assert window.registering.dialog is not None
    assert window.registering.dialog.state.kind == "patient"


def test_that_the_list_of_all_patients_offers_to_register(
    window: StationWindow, qtbot: QtBot
) -> None:
    assert not window.panel.register_button.isVisible(), "the worklist is for those who are there"
    front(qtbot, window)
    with qtbot.waitSignal(window.worklist.shown):
        qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    with qtbot.waitSignal(window.registering.presenter.begun):
        window.panel.register_button.click()
    assert window.registering.dialog is not None


def test_that_a_clinic_without_patients_offers_to_register(
    open_station: Opens, qtbot: QtBot
) -> None:
    window = open_station()
    with qtbot.waitSignal(window.registering.presenter.begun):
        buttons = window.panel.findChildren(QPushButton)
        next(b for b in buttons if b.isVisible() and b.text() == "Register a patient").click()
    assert window.registering.dialog is not None


@pytest.mark.parametrize(("acting", "is_offered"), [("nurse", True), ("auditor", False)])
def test_that_only_who_may_register_is_offered_it(
    ward: Ward, tasks: Tasks, open_station: Opens, qtbot: QtBot, acting: Acting, is_offered: bool
) -> None:
    ward.admit(1)
    tasks.serve(replace(ward.clinic, acting=acting))
    window = open_station()
    front(qtbot, window)
    with qtbot.waitSignal(window.worklist.shown):
        qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.panel.register_button.isVisible() is is_offered


def test_that_the_form_fits_into_a_small_window(window: StationWindow, qtbot: QtBot) -> None:
    window.resize(1024, 640)
    dialog = begun(qtbot, window, Qt.Key.Key_N, CTRL)
    assert dialog.width() < window.width()
    assert dialog.height() < window.height()


def test_that_every_field_has_a_name_and_is_reached_by_tab(
    dialog: RegisterDialog, qtbot: QtBot
) -> None:
    reached = set()
    widget = dialog.focusWidget()
    for _ in range(40):
        assert widget is not None
        reached.add(widget)
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
        widget = dialog.focusWidget()
    assert dialog.patient is not None
    assert dialog.procedure is not None
    names = {one.accessibleName() for one in reached if isinstance(one, QLineEdit)}
    assert {"Family name", "Date of birth", "Date of the procedure", "Levels"} <= names
    assert {dialog.procedure.implant, dialog.procedure.unfold, dialog.confirm_button} <= reached
    assert all(field.field.accessibleName() for field in dialog.fields.values())
