"""The station's window: puts the screens together with their presenters, keys and timers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import get_args

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from monitor.services.access import Welcome
from monitor.ui.shared.tasks import Tasks
from monitor.ui.shared.theme import Theme
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.acting import ActionPresenter
from monitor.ui.station.calling import CallsPresenter
from monitor.ui.station.chart import ChartPresenter
from monitor.ui.station.drawing import Drawing
from monitor.ui.station.episode import EpisodePresenter
from monitor.ui.station.handing import HandingPresenter
from monitor.ui.station.monitoring import MonitoringPresenter
from monitor.ui.station.navigation import keys, places
from monitor.ui.station.reporting import Reporting
from monitor.ui.station.screens.acknowledge_dialog import AcknowledgeDialog
from monitor.ui.station.screens.action_dialog import ActionDialog
from monitor.ui.station.screens.alarm import Alarm
from monitor.ui.station.screens.call_bar import CallBar
from monitor.ui.station.screens.episode_dialog import EpisodeDialog
from monitor.ui.station.screens.header import Header
from monitor.ui.station.screens.keys_overlay import KeysOverlay
from monitor.ui.station.screens.order_dialog import OrderDialog
from monitor.ui.station.screens.patient_page import PatientPage
from monitor.ui.station.screens.phone_list import PhoneList
from monitor.ui.station.screens.reopen_dialog import ReopenDialog
from monitor.ui.station.screens.resolve_dialog import ResolveDialog
from monitor.ui.station.screens.snooze_dialog import SnoozeDialog
from monitor.ui.station.screens.status_line import StatusLine
from monitor.ui.station.screens.status_page import StatusPage
from monitor.ui.station.screens.tell_bar import TellBar
from monitor.ui.station.screens.why_dialog import WhyDialog
from monitor.ui.station.screens.worklist_panel import WorklistPanel
from monitor.ui.station.status import StatusPresenter
from monitor.ui.station.style import STATION
from monitor.ui.station.views import (
    Card,
    Decision,
    Draft,
    EpisodeDraft,
    EpisodeState,
    Foresight,
    MonitoringState,
    PatientState,
    Row,
    Step,
    Told,
)
from monitor.ui.station.worklist import WorklistPresenter

POLL_MILLISECONDS = 5_000
MILLISECONDS_PER_MINUTE = 60_000
_SIZE, _LEAST_SIZE = QSize(1280, 800), QSize(1024, 640)
_FRAME = QSize(16, 48)
"""Room for the desktop's frame and title bar, which are known only when the window stands."""
_LIST_WIDTH, _LIST_SHARE = 420, 0.33
"""How wide the list is, and how much of a narrow window at most: the chart needs the rest."""
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
        handed_over: a patient is to answer on this screen, and nothing else (their Welcome).
        closed: the window has been closed.
    """

    kiosk_wanted = Signal()
    handed_over = Signal(object)
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
        self.acting = ActionPresenter(tasks, self)
        self.monitoring = MonitoringPresenter(tasks, language, self)
        self.counts = StatusPresenter(tasks, language, self)
        self.episode = EpisodePresenter(tasks, language, self)
        self.calls = CallsPresenter(tasks, self)
        self.reporting = Reporting(tasks, language, self, self._is_open)
        self.handing = HandingPresenter(tasks, self)
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
        self.alarm = Alarm()
        self.call_bar = CallBar()
        self.status_page = StatusPage()
        self.dialog: ActionDialog | None = None
        self.episode_dialog: EpisodeDialog | None = None
        self._drafts: dict[tuple[Step, str], Draft] = {}
        self._list = "worklist"
        self._key = ""
        self._entering = False
        self._counts: dict[str, int] = {}
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
        middle.addWidget(self.panel)
        middle.addWidget(self.page, 1)
        lists = QWidget()
        lists.setLayout(middle)
        middle.setContentsMargins(0, 0, 0, 0)
        self._middle = QStackedWidget()
        self._middle.addWidget(lists)
        self._middle.addWidget(self.status_page)
        whole = self._whole = QWidget()
        whole.setProperty("ground", "wash")
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.alarm)
        column.addWidget(self.call_bar)
        column.addWidget(self.notice)
        column.addWidget(self.header)
        column.addWidget(self.banner)
        column.addWidget(self._middle, 1)
        column.addWidget(self.status)
        self.setCentralWidget(whole)
        self.told = TellBar(whole)

    def _connect(self) -> None:
        self._connect_list()
        self._connect_patient()
        self._connect_status()
        self._connect_kiosk()
        self.monitoring.checked.connect(self._refresh)
        self._tasks.changed.connect(self._refresh)
        self._tasks.unavailable.connect(self._show_outage)
        self._tasks.available.connect(self.banner.hide)

    def _connect_status(self) -> None:
        self.monitoring.shown.connect(self._show_monitoring)
        self.counts.shown.connect(self.status_page.show_state)
        self.counts.failed.connect(self.status_page.show_message)
        self.status_page.opened.connect(self._open_episode)
        for screen in (self.status, self.alarm):
            screen.check_wanted.connect(self._check_now)
            screen.status_wanted.connect(self._show_status)
        self.alarm.phones_wanted.connect(self._show_phones)

    def _connect_kiosk(self) -> None:
        self.calls.shown.connect(self.call_bar.show_calls)
        self.calls.rang.connect(QApplication.beep)
        self.call_bar.answered.connect(self.calls.answer)
        self.call_bar.opened.connect(self._open_episode)
        self.reporting.told.connect(self.told.tell)
        self.reporting.stored.connect(self._refresh)
        self.page.report_wanted.connect(self._enter_report)
        self.page.hand_over_wanted.connect(self._hand_over)
        self.handing.ready.connect(self._give_screen)
        self.handing.refused.connect(self._keep_screen)

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
        self.panel.order_why_wanted.connect(self._explain_order)
        self.worklist.shown.connect(self.panel.show_state)
        self.worklist.counted.connect(self._show_count)
        self.worklist.protocol_read.connect(self._show_protocol)

    def _connect_patient(self) -> None:
        self.page.step_wanted.connect(self._take_step)
        self.page.why_wanted.connect(self._explain)
        self.chart.shown.connect(self._show_patient)
        self.chart.failed.connect(self.page.show_message)
        self.acting.acted.connect(self._show_done)
        self.acting.refused.connect(self._show_refusal)
        self.told.undo_wanted.connect(self.acting.take_back)
        self.page.edit_wanted.connect(self._edit)
        self.episode.opened.connect(self._ask_episode)
        self.episode.foreseen.connect(self._show_foresight)
        self.episode.stored.connect(self._show_changed)
        self.episode.refused.connect(self._show_episode_refusal)

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
            **{step: partial(self._take_step_here, step) for step in get_args(Step)},
            "undo": self._undo,
            "order": self._explain_order,
            "why": self._explain_here,
            "edit": self._edit,
            "enter": self._enter_report,
            "hand_over": self._hand_over,
            "going": self.call_bar.answer,
            "table": self._toggle_table,
            "unit": self._toggle_unit,
            "search": self._focus_search,
            "worklist": lambda: self._choose_list("worklist"),
            "patients": lambda: self._choose_list("patients"),
            "status": self._show_status,
            "phones": self._show_phones,
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.panel.setFixedWidth(min(_LIST_WIDTH, round(self.width() * _LIST_SHARE)))

    def step_aside(self) -> None:
        """Show nothing of anybody and hear no key while a patient has the screen.

        Monitoring goes on.
        """
        self.setEnabled(False)
        self._whole.hide()

    def come_back(self) -> None:
        """The screen is the nurse's again, as she left it."""
        self._whole.show()
        self.setEnabled(True)
        self.activateWindow()
        self._focus_list()
        self._refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.isEnabled():
            event.ignore()
            return
        super().closeEvent(event)
        self.closed.emit()

    def _begin(self) -> None:
        self.setFocus()  # not the first button: the list, once there is one
        self.panel.take_keyboard()
        self.worklist.refresh()
        self.monitoring.check()
        self.calls.poll()

    def _show_reading(self) -> None:
        self.header.show_list("worklist", {})
        self.panel.show_state(self.worklist.reading(), "")
        self._show_nobody()

    def _show_nobody(self) -> None:
        self.page.show_message(
            self.tr("Choose a patient at the left: click, or press the arrow down.")
        )

    def _show_monitoring(self, state: MonitoringState) -> None:
        self.status.show_state(state)
        self.status_page.show_monitoring(state)
        self.alarm.show_state(state)
        if self.alarm.isVisible():
            self.banner.hide()

    def _show_outage(self, _error: Exception) -> None:
        """Say that the store is away, unless the banner above says more."""
        self.banner.setVisible(self.alarm.isHidden())

    def _poll(self) -> None:
        self._count()
        self.calls.poll()
        self.monitoring.poll()
        self.worklist.refresh()
        self.chart.look_again()

    def _count(self) -> None:
        if self._middle.currentWidget() is self.status_page:
            self.counts.refresh()

    def _refresh(self) -> None:
        self._count()
        self.worklist.refresh()
        self.chart.look_again()
        self.monitoring.poll()

    def _check_now(self) -> None:
        self.worklist.put_in_order()
        self.monitoring.check()
        self.chart.refresh()

    def _choose_list(self, name: str) -> None:
        if name == "status":
            self._show_status()
            return
        self.header.search.clear()
        self._bring_list(name)

    def _bring_list(self, name: str) -> None:
        self._list = name
        self._middle.setCurrentIndex(0)
        self.header.show_list(name, {})
        self.worklist.choose_list(name)  # type: ignore[arg-type]
        self.panel.take_keyboard()

    def _show_status(self) -> None:
        self._middle.setCurrentWidget(self.status_page)
        self.header.show_list("status", self._counts)
        self.counts.refresh()
        self.status_page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_phones(self) -> None:
        dialog = PhoneList(self.monitoring.phones, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _open_episode(self, episode_id: str) -> None:
        """Open a patient who may be in no list."""
        self._choose_list("patients")
        self._key = episode_id
        self.worklist.mark_open(episode_id)
        self._entering = False
        self.chart.open(episode_id)

    def _show_count(self, count: int) -> None:
        self._counts = {"worklist": count}
        on_page = self._middle.currentWidget() is self.status_page
        self.header.show_list("status" if on_page else self._list, self._counts)

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

    def _here(self) -> Card | None:
        """The alert that the keys mean; None while the page is not yet that of the open row."""
        return self.page.current if self._shows_patient() else None

    def _shows_patient(self) -> bool:
        """Whether the page in front is that of the open row."""
        return self._middle.currentWidget() is not self.status_page and self._is_read()

    def _take_step_here(self, step: Step) -> None:
        if (card := self._here()) is not None:
            self._take_step(step, card)
        elif self._shows_patient() and not (step == "reopen" and self.page.unfold_closed()):
            self.told.tell(Told(self.tr("Nothing is open for this patient.")))

    def _take_step(self, step: Step, card: Card) -> None:
        """Ask what must be asked before a step; where it is not possible, say why."""
        if step not in card.can:
            self.told.tell(Told(card.why_not(step)))
        elif step in ("useful", "not_useful"):
            self.acting.act(Decision(step, card.alert_id, card.version, card.title))
        else:
            self._ask(self._dialog_for(step, card), card)

    def _dialog_for(self, step: Step, card: Card) -> ActionDialog:
        now = self.worklist.now
        assert now is not None, "who is open was read after the list"
        if step == "acknowledge":
            return AcknowledgeDialog(card, now, self)
        if step == "snooze":
            return SnoozeDialog(card, now, self)
        return ResolveDialog(card, self) if step == "resolve" else ReopenDialog(self)

    def _ask(self, dialog: ActionDialog, card: Card) -> None:
        assert self.page.state is not None
        self.dialog = dialog
        self.told.hide()
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show_state(card, self.page.state.who)
        if (draft := self._drafts.get((dialog.step, card.alert_id))) is not None:
            dialog.restore(draft)
        dialog.confirmed.connect(self.acting.act)
        dialog.rejected.connect(self._keep_draft)
        dialog.finished.connect(self._forget_dialog)
        dialog.open()

    def _keep_draft(self) -> None:
        if self.dialog is not None:
            self._drafts[self.dialog.step, self.dialog.alert_id] = self.dialog.draft()

    def _show_done(self, told: Told) -> None:
        if self.dialog is not None:
            self._drafts.pop((self.dialog.step, self.dialog.alert_id), None)
            self.dialog.accept()
        self.told.tell(told)

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _show_refusal(self, text: str, again: bool) -> None:
        """Say why it was not done; where that is not an outage, read what is true now."""
        if self.dialog is not None:
            self.dialog.show_refusal(text, again=again)
        else:
            self.told.tell(Told(text, bad=True))
        if not again:
            self.chart.refresh()
            self.worklist.refresh()

    def _undo(self) -> None:
        if not self.told.take_back():
            said = self.tr("Nothing to undo. A closed alert can be opened again (O).")
            self.told.tell(Told(said))

    def _edit(self) -> None:
        if self._shows_patient():
            self.episode.open(self._key)

    def _enter_report(self) -> None:
        if self._shows_patient():
            self.reporting.open(self._key)

    def _hand_over(self) -> None:
        if self._shows_patient():
            self.handing.open(self._key)

    def _is_open(self, episode_id: str) -> bool:
        return self._shows_patient() and episode_id == self._key

    def _give_screen(self, welcome: Welcome) -> None:
        """Hand over, unless the nurse has gone on to somebody else in the meantime."""
        if self._is_open(welcome.episode_id):
            self.handed_over.emit(welcome)

    def _keep_screen(self, text: str) -> None:
        """The screen could not be handed over: it is the nurse's, and she is told why."""
        self.come_back()
        self.told.tell(Told(text, bad=True))

    def _ask_episode(self, state: EpisodeState, draft: EpisodeDraft | None) -> None:
        if state.episode_id != self._key or self.episode_dialog is not None:
            return
        dialog = EpisodeDialog(state, draft, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.foresight_wanted.connect(self.episode.foresee)
        dialog.confirmed.connect(self.episode.store)
        dialog.rejected.connect(lambda: self.episode.keep(dialog.draft()))
        dialog.finished.connect(self._forget_episode_dialog)
        self.episode_dialog = dialog
        dialog.open()

    def _forget_episode_dialog(self) -> None:
        self.episode_dialog = None

    def _show_foresight(self, foreseen: Foresight) -> None:
        if self.episode_dialog is not None:
            self.episode_dialog.show_foresight(foreseen)

    def _show_changed(self, evaluated: bool) -> None:
        if self.episode_dialog is not None:
            self.episode_dialog.accept()
        said = self.tr("The follow-up is changed.")
        if not evaluated:
            said = self.tr("The follow-up is changed; its alerts are judged at the next check.")
        self.told.tell(Told(said))
        self.chart.refresh()
        self.worklist.refresh()

    def _show_episode_refusal(self, text: str, again: bool) -> None:
        if self.episode_dialog is not None:
            self.episode_dialog.show_refusal(text, again=again)
        else:
            self.told.tell(Told(text, bad=True))

    def _explain_here(self) -> None:
        if (card := self._here()) is not None:
            self._explain(card)

    def _explain_order(self) -> None:
        row = self.worklist.row_of(self._key)
        about = f"{row.name}: {row.place}. {row.explained}" if row and row.explained else ""
        dialog = OrderDialog(self.worklist.priorities, about, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

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
        if self._middle.currentWidget() is self.status_page:
            self._bring_list(self._list)
        elif self.focusWidget() is self.panel.list:
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
