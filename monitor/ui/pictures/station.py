"""The way through the station, from the worklist to what can go wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from monitor.services import alerts, calls
from monitor.ui.pictures.camera import Camera
from monitor.ui.pictures.person import Person, Stage
from monitor.ui.shared.fault_dialog import FaultDialog
from monitor.ui.shared.faults import Faults
from monitor.ui.shared.tasks import Tasks
from monitor.ui.station.screens.action_dialog import ActionDialog
from monitor.ui.station.screens.end_dialog import EndDialog
from monitor.ui.station.screens.pause_dialog import PauseDialog
from monitor.ui.station.screens.register_dialog import RegisterDialog
from monitor.ui.station.screens.row_model import ROW
from monitor.ui.station.window import StationWindow


class StationWalk(Person):
    """Shows every screen of the station to the camera."""

    def __init__(self, stage: Stage, tasks: Tasks, camera: Camera, window: StationWindow) -> None:
        super().__init__(stage, tasks, camera)
        self.window = self.station = window

    def begin(self) -> None:
        self.window.show()
        self.wait_for("the worklist", lambda: self.station.status.property("status") == "good")
        self.settle()

    def walk(self) -> None:
        """Go through a clinic with the people of the demo."""
        self.begin()
        self.take("station-worklist")
        self._read_a_chart()
        self._act()
        self._look_around()
        self._look_at_the_status()
        self._edit_a_follow_up()
        self._enter_a_report()
        self._write_down()
        self._print()
        self._register()
        self._import_a_list()
        self._stand_at_the_desk()
        self._pause_and_end()
        self._hear_calls()
        self._give_the_screen_away()
        self._meet_trouble()

    def walk_empty(self) -> None:
        """Look at a clinic that nobody has come to yet."""
        self.begin()
        self.take("station-empty")
        self.press(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
        self.settle()
        self.take("station-status-empty")

    def _read_a_chart(self) -> None:
        self.open("Lindqvist")
        self.take("station-chart")
        self._focus_list()
        self.press(Qt.Key.Key_Return)  # into the first card
        self.settle()
        self.take("station-lit")
        self.press(Qt.Key.Key_Escape)
        self.settle()
        self.press(Qt.Key.Key_T)
        self._wait_for_drawing()
        self.take("station-table")
        self.press(Qt.Key.Key_T)
        self.press(Qt.Key.Key_V)
        self.press(Qt.Key.Key_D)
        self._wait_for_drawing()
        self.take("station-six-weeks")
        self.press(Qt.Key.Key_0)
        self.press(Qt.Key.Key_D)
        canvas = self._canvas()
        canvas.setFocus(Qt.FocusReason.TabFocusReason)
        self.press(Qt.Key.Key_Left)
        self.take("station-read-out")
        self.press(Qt.Key.Key_Escape)
        self._look_through_the_tabs()

    def _look_through_the_tabs(self) -> None:
        for key, name in (
            (Qt.Key.Key_3, "station-map"),
            (Qt.Key.Key_4, "station-timeline"),
            (Qt.Key.Key_5, "station-looks"),
        ):
            self.press(key)
            self.take(name)
        self.press(Qt.Key.Key_3)
        self.press(Qt.Key.Key_Home)
        self.press(Qt.Key.Key_Right)
        self.take("station-map-day")
        self.press(Qt.Key.Key_Return)
        self.take("station-one-report")
        self.press(Qt.Key.Key_Escape)
        self.press(Qt.Key.Key_1)
        self._wait_for_drawing()

    def _act(self) -> None:
        self._focus_list()
        self.press(Qt.Key.Key_W)
        self.take("station-why")
        self.press(Qt.Key.Key_Escape)
        self.press(Qt.Key.Key_S)
        self.press(Qt.Key.Key_Right)
        self.take("station-put-aside")
        self.press(Qt.Key.Key_Escape)
        self.press(Qt.Key.Key_R)
        self.press(Qt.Key.Key_Space)
        self.take("station-resolve")
        self.press(Qt.Key.Key_Escape)
        self.press(Qt.Key.Key_F1)
        self.take("station-keys")
        self.press(Qt.Key.Key_Escape)
        self.press(Qt.Key.Key_Question)
        self.take("station-order")
        self.press(Qt.Key.Key_Escape)
        self.press(Qt.Key.Key_A)
        self.type("Called her. Pain as before the procedure since Thursday, no new weakness.")
        self.take("station-acknowledge")
        self.press(Qt.Key.Key_Return)
        self.settle()
        self.take("station-in-hand")
        self.press(Qt.Key.Key_U)
        self.settle()
        self.take("station-undone")
        self._hand_over()
        self.take("station-states")

    def _hand_over(self) -> None:
        """Some alerts in hand and put aside, by several people, one of them rated."""
        self._focus_list()
        self.open("Schmidt")
        self.press(Qt.Key.Key_S)
        self.press(Qt.Key.Key_Tab)
        self.type("On holiday until then; reports again when back.")
        self.press(Qt.Key.Key_Return)
        self.settle()
        self.open("Lindqvist")
        self.press(Qt.Key.Key_A)
        self.type("Called her.")
        self.press(Qt.Key.Key_Return)
        self.settle()
        self.press(Qt.Key.Key_Return)  # from the list into the first card
        self.press(Qt.Key.Key_Y)
        self.settle()
        self.open("Haddad")
        self.press(Qt.Key.Key_R)
        self.press(Qt.Key.Key_Space)
        self.press(Qt.Key.Key_Return)
        self.settle()
        self.open("Lindqvist")
        self.press(Qt.Key.Key_F5)
        self.settle()

    def _look_around(self) -> None:
        self.open("Ferreira")
        self.take("station-red")
        self.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
        self.settle()
        self.take("station-all-patients")
        self.open("Nakamura")
        self.click(self._button("Closed alerts"))
        self.take("station-closed")
        self.open("Haddad")
        self.click(self._button("Closed alerts"))
        self.click(self._button("Open again"))
        self.take("station-reopen")
        self.press(Qt.Key.Key_Escape)
        self.open("Almeida")
        self.take("station-all-well")
        self.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
        self.settle()
        self.press(Qt.Key.Key_Slash)
        self.type("Al")
        self.settle()
        self.take("station-search")
        self.type("zz")
        self.settle()
        self.take("station-nobody-found")
        self.press(Qt.Key.Key_Escape)
        self._look_at_the_lists()

    def _look_at_the_lists(self) -> None:
        """By the keys of the board, and by the palette."""
        for keys, name in (("gm", "station-not-reported"), ("gl", "station-new-and-well")):
            self._focus_list()
            self._type_keys(keys)
            self.settle()
            self.take(name)
        self._focus_list()
        self._type_keys("gw")
        self.settle()
        self.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        self.take("station-palette")
        self.type("re")
        self.settle()
        self.take("station-palette-found")
        self.press(Qt.Key.Key_Escape)

    def _look_at_the_status(self) -> None:
        self.press(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
        self.settle()
        self.take("station-status")
        self.press(Qt.Key.Key_Escape)
        self.settle()

    def _edit_a_follow_up(self) -> None:
        self.open("Lindqvist")
        self.press(Qt.Key.Key_E)
        self.settle()
        self.wait_for("the dialog", lambda: self.station.following.dialog is not None)
        dialog = self.station.following.dialog
        if dialog is None:
            raise LookupError("no dialog is open")
        now = dialog.date.date()
        dialog.date.setDate(now.addDays(60))
        self.wait_for("what would change", dialog.confirm_button.isEnabled)
        self.take("station-edit-date")
        dialog.date.setDate(now)
        dialog.kinds.choose("window")
        dialog.symptom.setCurrentIndex(dialog.symptom.findData("numbness"))
        dialog.expected.setValue(238)
        dialog.persistent.setValue(280)
        dialog.reason.setPlainText("Two levels were treated; her surgeon expects 8 months.")
        self.wait_for("what would change", dialog.confirm_button.isEnabled)
        self.take("station-edit-window")
        dialog.confirm()
        self.wait_for("the change", lambda: self.station.following.dialog is None)
        self.settle()
        self._wait_for_drawing()
        self.take("station-own-window")

    def _enter_a_report(self) -> None:
        """By the keyboard alone, and then not stored."""
        self.press(Qt.Key.Key_P)
        self.settle()
        self.wait_for("the sheet", lambda: self.station.reporting.dialog is not None)
        self.take("station-report-empty")
        self.type("N")
        self._go_to("pain")
        self._type_keys("64")
        self.take("station-report")
        self._go_to("numbness")
        self.type("s")
        self._breathe()
        self._type_keys("4n00")
        self.take("station-report-places")
        self.press(Qt.Key.Key_Escape)
        self.settle()

    def _register(self) -> None:
        """Somebody new, with all that can be wrong; a further procedure; what is known."""
        self.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        dialog = self._form()
        self.take("station-register-empty")
        if dialog.patient is None or dialog.procedure is None:
            raise LookupError("the form for somebody new has both")
        dialog.patient.family_name.setText("Wolfeschlegelsteinhausenbergerdorff-Lüdenscheidt")
        dialog.patient.number.setText("204118")
        dialog.patient.birth_date.setText("1/2/1970")
        dialog.procedure.levels.setText("C4, X9")
        dialog.procedure.date.setText("yesterday")
        dialog.confirm()
        self.wait_for("the faults", lambda: bool(dialog.faults))
        dialog.patient.family_name.setText("Lindqvist")
        dialog.patient.given_name.setText("Karin")
        self.wait_for("who is alike", lambda: self._is_alike(dialog))
        self.take("station-register-faults")
        dialog.procedure.unfold_scores()
        self.take("station-register-scores")
        self.press(Qt.Key.Key_Escape)
        self.press(
            Qt.Key.Key_N,
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
        )
        self._form()
        self.take("station-further-procedure")
        self.press(Qt.Key.Key_Escape)
        self.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        dialog = self._form()
        if dialog.patient is not None:
            dialog.patient.family_name.setText("Lindqvist-Berg")
        self.take("station-edit-patient")
        self.press(Qt.Key.Key_Escape)

    def _import_a_list(self) -> None:
        """Step by step, with all that can be wrong, and then not stored."""
        self.type("gi")
        importing = self.station.importing
        if importing is None:
            raise LookupError("the station of these pictures may import")
        self.wait_for("the wizard", lambda: importing.dialog is not None)
        self.settle()
        self.take("station-import-empty")
        dialog = importing.dialog
        if dialog is None:
            raise LookupError("the wizard is open")
        with TemporaryDirectory() as folder:
            path = Path(folder, "List of patients.csv")
            path.write_text("\n".join(_list_lines(self.stage.clinic.today())), encoding="utf-8")
            importing.presenter.choose(path)
            self.wait_for("the file", lambda: dialog.has_file)
        self.take("station-import-file")
        self.press(Qt.Key.Key_Return)
        self.wait_for("the columns", lambda: dialog.step == "columns")
        self.take("station-import-columns")
        self.press(Qt.Key.Key_Return)
        self.wait_for("the check", lambda: dialog.step == "check")
        for part, name in zip(dialog.check.parts, ("check", "faults", "duplicates"), strict=True):
            part.click()
            self.take(f"station-import-{name}")
        self.press(Qt.Key.Key_Escape)
        self.settle()

    def _form(self) -> RegisterDialog:
        self.wait_for("the form", lambda: self.station.registering.dialog is not None)
        dialog = self.station.registering.dialog
        if dialog is None:
            raise LookupError("no form is open")
        return dialog

    def _is_alike(self, dialog: RegisterDialog) -> bool:
        return dialog.duplicates is not None and bool(dialog.duplicates.shown)

    def _stand_at_the_desk(self) -> None:
        self.press(Qt.Key.Key_K, Qt.KeyboardModifier.ShiftModifier)
        self.wait_for("the slip", lambda: self.station.desk.dialog is not None)
        self.take("station-desk-slip")
        dialog = self.station.desk.dialog
        if dialog is None:
            raise LookupError("no slip is shown")
        dialog.kinds.choose("card")
        self.wait_for("the card", lambda: dialog.paper is not None)
        self.take("station-patient-card")
        self.press(Qt.Key.Key_Escape)

    def _pause_and_end(self) -> None:
        shift = Qt.KeyboardModifier.ShiftModifier
        self.press(Qt.Key.Key_P, shift)
        self.wait_for("the pause", lambda: self.station.ending.dialog is not None)
        dialog = self.station.ending.dialog
        if isinstance(dialog, PauseDialog):
            later = self.stage.now().date() + dt.timedelta(days=12)
            dialog.last.setText(f"{later:%d.%m.%Y}")
            dialog.reason.choose("holiday")
            says = dialog.says
            self.wait_for("what it means", lambda: "back on" in says.text())
        self.take("station-pause")
        self.press(Qt.Key.Key_Escape)
        self.press(Qt.Key.Key_X, shift)
        self.wait_for("the end", lambda: self.station.ending.dialog is not None)
        dialog = self.station.ending.dialog
        if isinstance(dialog, EndDialog):
            dialog.ending.choose("died")
        self.take("station-end")
        self.press(Qt.Key.Key_Escape)

    def _write_down(self) -> None:
        """A call in full, an escalation, a note, and an entry that is wrong."""
        self.press(Qt.Key.Key_C)
        self.wait_for("the dialog", lambda: self.station.contacting.dialog is not None)
        self.take("station-contact")
        self._type_keys("r")
        self.press(Qt.Key.Key_Tab)
        self._type_keys("58")
        self.press(Qt.Key.Key_Tab)
        self._type_keys("18")
        self.press(Qt.Key.Key_Tab)
        self.type("Wound red and warm, no pus. Comes to the clinic today at 14:00.")
        self.take("station-contact-reached")
        self.press(Qt.Key.Key_Return)
        self.settle()
        shift = Qt.KeyboardModifier.ShiftModifier
        for key, held, name in (
            (Qt.Key.Key_E, shift, "station-escalate"),
            (Qt.Key.Key_N, None, "station-note"),
            (Qt.Key.Key_C, shift, "station-strike"),
        ):
            self.press(key, held)
            self.take(name)
            self.press(Qt.Key.Key_Escape)

    def _print(self) -> None:
        control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
        for held, name in (
            (control, "station-print"),
            (control | shift, "station-print-list"),
        ):
            self.press(Qt.Key.Key_P, held)
            self.wait_for("the preview", lambda: self.station.printing.preview is not None)
            self.take(name)
            self.press(Qt.Key.Key_Escape)

    def _type_keys(self, keys: str) -> None:
        """Press one key after the other; the keyboard moves on between them."""
        for key in keys:
            self.type(key)

    def _go_to(self, item: str) -> None:
        """Put the keyboard where an item is answered."""
        dialog = self.station.reporting.dialog
        if dialog is None:
            raise LookupError("no sheet is open")
        (field,) = [row.answer for row in dialog.rows if row.row.key == f"{item}//"]
        field.setFocus()

    def _hear_calls(self) -> None:
        """Of a patient with a warning sign, and of somebody who cannot sign in."""
        at_kiosk = replace(self.stage.clinic, station="Kiosk A")
        patient = self.station.page.state
        if patient is None:
            raise LookupError("nobody is open")
        calls.call(at_kiosk, "help")
        calls.call(at_kiosk, "urgent", patient.episode_id)
        for name in ("station-call-urgent", "station-call-help"):
            self.station.calls.poll()
            self.settle()
            self.take(name)
            self.press(Qt.Key.Key_F8)
            self.settle()

    def _give_the_screen_away(self) -> None:
        self.station.step_aside()
        self.take("station-handed-over")
        self.station.come_back()
        self.settle()

    def _meet_trouble(self) -> None:
        self.open("Ferreira")
        self.press(Qt.Key.Key_A)
        self.type("Seen at once, sent to the emergency department.")
        with self.stage.outage():
            self._confirm()
            self.wait_for("the banner", self.station.banner.isVisible)
            self.take("station-not-stored")
        self.settle()
        self._let_another_nurse_be_first()
        self._confirm()
        self.settle()
        self.take("station-conflict")
        self.press(Qt.Key.Key_Escape)
        self.press(Qt.Key.Key_F5)
        self.settle()
        self.take("station-worse-in-hand")
        log = Path("faults.log")
        FaultDialog(Faults(log, str), self.window, log).show_reference("K7QPM2")
        self.take("station-fault")
        self.press(Qt.Key.Key_Escape)
        with self.stage.later(2 * self.stage.clinic.overdue_after):
            self.station.monitoring.poll()
            self.wait_for("red", lambda: self.station.status.property("status") == "stopped")
            self._wait_for_drawing()
            self.take("station-overdue")
            self.press(Qt.Key.Key_F9)
            self.take("station-phones")
            self.press(Qt.Key.Key_Escape)

    def open(self, family_name: str) -> None:
        """Click the patient's row, and wait for the chart."""
        view = self.station.panel.list
        rows = [view.model().index(n, 0) for n in range(view.model().rowCount())]
        (index,) = [i for i in rows if i.data(ROW).name.startswith(family_name)]
        view.scrollTo(index)
        where = view.visualRect(index).center()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)
        self.settle()
        self._wait_for_drawing()

    def _wait_for_drawing(self) -> None:
        canvas = self._canvas()
        self.wait_for(
            "the chart", lambda: canvas.figure.bbox.size.round().tolist() == list(_size(canvas))
        )

    def _canvas(self) -> Any:
        from monitor.ui.shared.canvas import ChartCanvas  # noqa: PLC0415 (with the first chart)

        return self.station.page.chart.findChild(ChartCanvas)

    def _focus_list(self) -> None:
        self.station.panel.list.setFocus()

    def _button(self, beginning: str) -> QPushButton:
        buttons = self.window.findChildren(QPushButton)
        return next(b for b in buttons if b.isVisible() and b.text().startswith(beginning))

    def _dialog(self) -> ActionDialog:
        dialog = self.station.deciding.dialog
        if dialog is None:
            raise LookupError("no dialog is open")
        return dialog

    def _confirm(self) -> None:
        self._dialog().note.setFocus()
        self.press(Qt.Key.Key_Return)

    def _let_another_nurse_be_first(self) -> None:
        colleague = replace(self.stage.clinic, actor="J. Adeyemi, RN")
        card = self.station.page.card_of(self._dialog().alert_id)
        if card is None:
            raise LookupError("the alert is gone")
        alerts.acknowledge(colleague, card.alert_id, card.version, "I have her on the phone.")


def _list_lines(today: dt.date) -> Iterator[str]:
    """A clinic's own list, with names, dates and words as clinics write them."""
    yield "Nr;Nachname;Vorname;Geburtsdatum;Geschlecht;Telefon;OP-Datum;Eingriff;Höhe;Seite"
    families = ("Wolfeschlegelsteinhausenbergerdorff-Lüdenscheidt", "Øst", "Núñez de la Peña")
    profiles = ("MBRFN", "TON", "Hitzesonde")
    for count in range(24):
        done = today - dt.timedelta(days=count % 9)
        yield (
            f"{700100 + count};{families[count % 3]};Ann;{1 + count:02}.05.19{50 + count};"
            f"{'wm'[count % 2]};+49 30 555 0{count:03};{done:%d.%m.%Y};{profiles[count % 3]};"
            f"C4 C5;{'li' if count % 2 else 're'}"
        )
    yield "700200;Lindqvist;Karin;4.2.1971;w;;;;;"
    yield "A-12;Ek;Bo;1.2.80;m;12;;;;"


def _size(widget: QWidget) -> tuple[int, int]:
    return (widget.width(), widget.height())
