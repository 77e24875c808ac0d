"""The way through the station, from the worklist to what can go wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
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
        self.press(Qt.Key.Key_1)
        self.press(Qt.Key.Key_D)
        self._wait_for_drawing()
        self.take("station-six-weeks")
        self.press(Qt.Key.Key_4)
        self.press(Qt.Key.Key_D)
        canvas = self._canvas()
        canvas.setFocus(Qt.FocusReason.TabFocusReason)
        self.press(Qt.Key.Key_Left)
        self.take("station-read-out")
        self.press(Qt.Key.Key_4)  # a fresh drawing is without it

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
        self.type("Almeida")
        self.take("station-search")
        self.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.press(Qt.Key.Key_Backspace)

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
        self.wait_for("the dialog", lambda: self.station.episode_dialog is not None)
        dialog = self.station.episode_dialog
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
        self.wait_for("the change", lambda: self.station.episode_dialog is None)
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
        dialog = self.station.dialog
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


def _size(widget: QWidget) -> tuple[int, int]:
    return (widget.width(), widget.height())
