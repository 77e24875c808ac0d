"""The station's window: puts the screens together with their presenters, keys and timers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from monitor.ui.shared.tasks import Tasks
from monitor.ui.shared.theme import Theme
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.chart import ChartPresenter
from monitor.ui.station.drawing import Drawing
from monitor.ui.station.monitoring import MonitoringPresenter
from monitor.ui.station.navigation import keys, places
from monitor.ui.station.screens.acknowledge_dialog import AcknowledgeDialog
from monitor.ui.station.screens.action_dialog import ActionDialog
from monitor.ui.station.screens.header import Header
from monitor.ui.station.screens.keys_overlay import KeysOverlay
from monitor.ui.station.screens.patient_page import PatientPage
from monitor.ui.station.screens.resolve_dialog import ResolveDialog
from monitor.ui.station.screens.status_line import StatusLine
from monitor.ui.station.screens.why_dialog import WhyDialog
from monitor.ui.station.screens.worklist_panel import WorklistPanel
from monitor.ui.station.style import STATION
from monitor.ui.station.views import Card, PatientState, Row
from monitor.ui.station.worklist import WorklistPresenter

POLL_MILLISECONDS = 5_000
MILLISECONDS_PER_MINUTE = 60_000
_SIZE, _LEAST_SIZE = QSize(1280, 800), QSize(1024, 640)
_FRAME = QSize(16, 48)
"""Room for the desktop's frame and title bar, which are known only when the window stands."""
_LIST_WIDTH = 404
_RANGES = ("6w", "3m", "1y", "all")


def first_place(available: QRect) -> QRect:
    """Where the window first stands: with its frame inside what the screen has free.

    The status line at the bottom must be seen, and without the frame's height it is not.
    """
    return QRect(available.topLeft(), _SIZE.boundedTo(available.size() - _FRAME))


class StationWindow(QMainWindow):
    """The face for nurses.

    Signals:
        kiosk_wanted: the kiosk is to be opened in a window of its own.
        closed: the window has been closed.
    """

    kiosk_wanted = Signal()
    closed = Signal()

    def __init__(
        self,
        tasks: Tasks,
        clinic_name: str,
        actor: str,
        theme: Theme,
        *,
        kiosk_available: bool,
        fonts: Path,
        sweep_minutes: int,
        notice: str = "",
        language: str = "en",
    ) -> None:
        """Put the window together, without a patient.

        fonts: the folder of the bundled fonts, for the chart; sweep_minutes: how often it looks
        at everything that time alone brings about; notice: stands above everything (a demo).
        """
        super().__init__()
        self._tasks = tasks
        self._theme = theme.on_face("station")
        self.setWindowTitle(self.tr("Rootwatch – {clinic}").format(clinic=clinic_name))
        place = first_place(self.screen().availableGeometry())
        self.setMinimumSize(_LEAST_SIZE.boundedTo(place.size()))
        self.resize(place.size())
        if place.size() != _SIZE:
            self.move(place.topLeft())
        self.setStyleSheet(self._theme.stylesheet("station") + self._theme.fill(STATION))
        self.worklist = WorklistPresenter(tasks, language, self)
        self.chart = ChartPresenter(tasks, language, self)
        self.monitoring = MonitoringPresenter(tasks, self)
        self.header = Header(
            tuple((place.key, place.title) for place in places()),
            clinic_name,
            actor,
            kiosk_available=kiosk_available,
        )
        self.notice = PlainLabel(notice, "notice")
        self.notice.setVisible(bool(notice))
        self.banner = PlainLabel(
            self.tr("The database cannot be reached. What you see may be old; trying again."),
            "banner",
        )
        self.banner.hide()
        self.panel = WorklistPanel(self._theme)
        self.page = PatientPage(self._theme, Drawing(self._theme, fonts))
        self.status = StatusLine()
        self.dialog: ActionDialog | None = None
        self._list = "worklist"
        self._key = ""
        self._entering = False
        self._lay_out()
        self._connect()
        self._timers = [
            self._timer(POLL_MILLISECONDS, self._poll),
            self._timer(sweep_minutes * MILLISECONDS_PER_MINUTE, self.monitoring.check),
        ]
        self._make_shortcuts()
        self._show_reading()

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        self.panel.setFixedWidth(_LIST_WIDTH)
        middle.addWidget(self.panel)
        middle.addWidget(self.page, 1)
        whole = QWidget()
        whole.setProperty("ground", "wash")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.header)
        column.addWidget(self.banner)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        self._connect_list()
        self._connect_patient()
        self.monitoring.shown.connect(self.status.show_state)
        self.monitoring.checked.connect(self._refresh)
        self.status.check_wanted.connect(self._check_now)
        self._tasks.changed.connect(self._refresh)
        self._tasks.unavailable.connect(lambda _error: self.banner.show())
        self._tasks.available.connect(self.banner.hide)

    def _connect_list(self) -> None:
        self.header.list_chosen.connect(self._choose_list)
        self.header.searched.connect(self.worklist.search)
        self.header.search_left.connect(self._focus_list)
        self.header.search_entered.connect(self.panel.enter)
        self.header.kiosk_wanted.connect(self.kiosk_wanted)
        self.panel.opened.connect(self._open)
        self.panel.entered.connect(self._enter)
        self.panel.chip_chosen.connect(self.worklist.choose_chip)
        self.panel.order_wanted.connect(self.worklist.put_in_order)
        self.panel.elsewhere_wanted.connect(lambda: self._bring_list("patients"))
        self.panel.everybody_wanted.connect(self._show_everybody)
        self.worklist.shown.connect(self.panel.show_state)
        self.worklist.counted.connect(self._show_count)
        self.worklist.protocol_read.connect(self._show_protocol)

    def _connect_patient(self) -> None:
        self.page.acknowledge_wanted.connect(self._ask_acknowledge)
        self.page.resolve_wanted.connect(self._ask_resolve)
        self.page.why_wanted.connect(self._explain)
        self.chart.shown.connect(self._show_patient)
        self.chart.failed.connect(self.page.show_message)
        self.chart.acted.connect(self._close_dialog)
        self.chart.refused.connect(self._show_refusal)
        self.chart.refused.connect(self.worklist.refresh)

    def _timer(self, milliseconds: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer

    def _make_shortcuts(self) -> None:
        commands = self._commands()
        for key in keys():
            for written in key.keys:
                shortcut = QShortcut(QKeySequence(written), self)
                shortcut.activated.connect(commands[key.command])

    def _commands(self) -> dict[str, Callable[[], None]]:
        ranges = {name: partial(self._choose_range, name) for name in _RANGES}
        return {
            **ranges,
            "back": self._go_back,
            "acknowledge": lambda: self._do("acknowledge", self._ask_acknowledge),
            "resolve": lambda: self._do("resolve", self._ask_resolve),
            "why": lambda: self._do("why", self._explain),
            "table": self._toggle_table,
            "unit": self._toggle_unit,
            "search": self._focus_search,
            "worklist": lambda: self._choose_list("worklist"),
            "patients": lambda: self._choose_list("patients"),
            "check": self._check_now,
            "keys": self._show_keys,
            "quit": self._quit,
        }

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if event.spontaneous():
            return  # brought back by the desktop; whoever was typing goes on
        for timer in self._timers:
            timer.start()
        # After the first paint: the window is there before the database is asked.
        QTimer.singleShot(0, self, self._begin)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        # A minimised window is hidden by the desktop, not by us: monitoring goes on.
        if not event.spontaneous():
            for timer in self._timers:
                timer.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def _begin(self) -> None:
        self.setFocus()  # not the first button: the list, once there is one
        self.panel.take_keyboard()
        self.worklist.refresh()
        self.monitoring.check()

    def _show_reading(self) -> None:
        self.header.show_list("worklist", {})
        self.panel.show_state(self.worklist.reading(), "")
        self._show_nobody()

    def _show_nobody(self) -> None:
        self.page.show_message(
            self.tr("Choose a patient at the left: click, or press the arrow down.")
        )

    def _poll(self) -> None:
        self.monitoring.poll()
        self.worklist.refresh()
        self.chart.look_again()

    def _refresh(self) -> None:
        self.worklist.refresh()
        self.chart.look_again()
        self.monitoring.poll()

    def _check_now(self) -> None:
        self.worklist.put_in_order()
        self.monitoring.check()
        self.chart.refresh()

    def _choose_list(self, name: str) -> None:
        self.header.search.clear()
        self._bring_list(name)

    def _bring_list(self, name: str) -> None:
        self._list = name
        self.header.show_list(name, {})
        self.worklist.choose_list(name)  # type: ignore[arg-type]
        self.panel.take_keyboard()

    def _show_count(self, count: int) -> None:
        self.header.show_list(self._list, {"worklist": count})

    def _show_protocol(self, text: str) -> None:
        if self.page.state is None:
            self.status.show_protocol(text)

    def _open(self, row: Row) -> None:
        if row.key == self._key and self.page.state is not None:
            return
        self._key = row.key
        self._entering = False
        self.worklist.mark_open(row.key)
        if row.episode_id:
            self.chart.open(row.episode_id)
        else:
            self.chart.forget()
            self.page.show_message(
                self.tr(
                    "No procedure is recorded for {name}, so there is nothing to follow."
                ).format(name=row.name)
            )

    def _enter(self) -> None:
        """Give the keyboard to the patient of the open row, as soon as it is that one's page."""
        self._entering = not self._is_read()
        if not self._entering:
            self.page.take_keyboard()

    def _is_read(self) -> bool:
        """Whether the page shows the patient of the open row, not still the one before."""
        return self.page.state is not None and self.page.state.episode_id == self._key

    def _show_patient(self, state: PatientState) -> None:
        self.page.show_state(state)
        self.status.show_protocol(state.protocol)
        if self._entering and self._is_read():
            self._entering = False
            if self.focusWidget() is self.panel.list:
                self.page.take_keyboard()
        if self.dialog is not None and self.dialog.refusal:
            # After a refusal the nurse sees what is true now, and may decide anew.
            card = self.page.card_of(self.dialog.alert_id)
            if card is not None:
                self.dialog.show_state(card, state.who)

    def _do(self, command: str, ask: Callable[[Card], None]) -> None:
        card = self.page.card_for(command) if self._is_read() else None
        if card is not None:
            ask(card)

    def _ask_acknowledge(self, card: Card) -> None:
        self._ask(AcknowledgeDialog(self), card)

    def _ask_resolve(self, card: Card) -> None:
        self._ask(ResolveDialog(self), card)

    def _ask(self, dialog: ActionDialog, card: Card) -> None:
        assert self.page.state is not None
        self.dialog = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show_state(card, self.page.state.who)
        if isinstance(dialog, AcknowledgeDialog):
            dialog.confirmed.connect(self._acknowledge)
        else:
            dialog.confirmed.connect(self.chart.resolve)
        dialog.finished.connect(self._forget_dialog)
        dialog.open()

    def _acknowledge(self, alert_id: str, version: int, _outcome: str, note: str) -> None:
        self.chart.acknowledge(alert_id, version, note)

    def _close_dialog(self) -> None:
        if self.dialog is not None:
            self.dialog.accept()

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _show_refusal(self, text: str, again: bool) -> None:
        if self.dialog is not None:
            self.dialog.show_refusal(text, again=again)

    def _explain(self, card: Card) -> None:
        assert self.page.state is not None
        dialog = WhyDialog(self._theme, card, self.page.state.who, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _show_keys(self) -> None:
        overlay = KeysOverlay([(key.shown, key.what) for key in keys()], self)
        overlay.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        overlay.open()

    def _choose_range(self, name: str) -> None:
        if self.page.state is not None:
            self.page.chart.ranges.choose(name)

    def _toggle_table(self) -> None:
        if self.page.state is not None:
            self.page.chart.toggle_table()

    def _toggle_unit(self) -> None:
        if self.page.state is not None:
            self.page.chart.toggle_unit()

    def _quit(self) -> None:
        self.close()

    def _go_back(self) -> None:
        """One step: from the patient to the list, from a narrowed list to everybody."""
        if self.focusWidget() is self.panel.list:
            self._show_everybody()
        else:
            self._focus_list()

    def _show_everybody(self) -> None:
        self.header.search.clear()
        self.worklist.show_everybody()
        self._focus_list()

    def _focus_list(self) -> None:
        self.panel.take_keyboard()

    def _focus_search(self) -> None:
        self.header.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.header.search.selectAll()
