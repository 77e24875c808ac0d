"""The station's window: puts the screens together with their presenters, keys and timers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal, get_args

from PySide6.QtCore import Qt, QTimer, Signal
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
from monitor.services.people_list import PeopleFiles
from monitor.services.permissions import may
from monitor.ui.shared.desktop import Desktop
from monitor.ui.shared.tasks import Tasks
from monitor.ui.shared.text_size import TextSize, follow_text_size, text_scale
from monitor.ui.shared.theme import Theme
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.auditing import AuditPresenter
from monitor.ui.station.calling import CallsPresenter
from monitor.ui.station.chart import ChartPresenter
from monitor.ui.station.contact_views import Asked
from monitor.ui.station.contacting import Contacting
from monitor.ui.station.deciding import Deciding
from monitor.ui.station.desk import Desk
from monitor.ui.station.drawing import Drawing
from monitor.ui.station.ending import Ending
from monitor.ui.station.following import Following
from monitor.ui.station.handing import HandingPresenter
from monitor.ui.station.importing import Importing
from monitor.ui.station.monitoring import MonitoringPresenter
from monitor.ui.station.navigation import keys, list_hints, places, tab_of, wants
from monitor.ui.station.noticing import NoticePresenter
from monitor.ui.station.page_views import TABS, OneReport, Tab
from monitor.ui.station.palette import Palette
from monitor.ui.station.placing import stand
from monitor.ui.station.printing import Printing
from monitor.ui.station.reaching import Reaching
from monitor.ui.station.registering import Registering
from monitor.ui.station.reporting import Reporting
from monitor.ui.station.rows import BARE
from monitor.ui.station.screens.alarm import Alarm
from monitor.ui.station.screens.audit_page import AuditPage
from monitor.ui.station.screens.call_bar import CallBar
from monitor.ui.station.screens.header import Header
from monitor.ui.station.screens.keys_overlay import KeysOverlay
from monitor.ui.station.screens.order_dialog import OrderDialog
from monitor.ui.station.screens.patient_page import PatientPage
from monitor.ui.station.screens.phone_list import PhoneList
from monitor.ui.station.screens.report_paper import ReportPaper
from monitor.ui.station.screens.status_line import StatusLine
from monitor.ui.station.screens.status_page import StatusPage
from monitor.ui.station.screens.tell_bar import TellBar
from monitor.ui.station.screens.test_bar import TestBar
from monitor.ui.station.screens.why_dialog import WhyDialog
from monitor.ui.station.screens.worklist_panel import WorklistPanel
from monitor.ui.station.status import StatusPresenter
from monitor.ui.station.style import dress
from monitor.ui.station.views import (
    Card,
    MonitoringState,
    PatientState,
    Row,
    Step,
    Told,
)
from monitor.ui.station.worklist import WorklistPresenter

POLL_MILLISECONDS = 5_000
MILLISECONDS_PER_MINUTE = 60_000
_LIST_WIDTH, _LIST_SHARE, _LARGE_SHARE = 480, 0.328, 0.38
"""How wide the list is, and how much of a narrow window at most, with the usual text and with
larger: the chart needs the rest."""


class StationWindow(QMainWindow):
    """The face for nurses.

    Signals:
        kiosk_wanted: the kiosk is to be opened in a window of its own.
        handed_over: a patient is to answer on this screen, and nothing else (their Welcome).
        closed: the window has been closed.
        me_wanted: something is to be done for whoever is signed in (MeChoice).
    """

    kiosk_wanted = Signal()
    handed_over = Signal(object)
    closed = Signal()
    me_wanted = Signal(str)
    audit_page: AuditPage | None = None
    importing: Importing | None = None

    def __init__(
        self,
        tasks: Tasks,
        clinic_name: str,
        actor: str,
        theme: Theme,
        *,
        fonts: Path,
        sweep_minutes: int,
        notice: str = "",
        ring: Callable[[], None] = QApplication.beep,
        watch: Tasks | None = None,
    ) -> None:
        """Put the window together, without a patient.

        fonts: the folder of the bundled fonts, for the chart; sweep_minutes: how often it looks
        at everything that time alone brings about; notice: stands above everything (a demo);
        ring: makes the sound of an alarm; watch: runs the sweeps, so that nobody waits for one.
        """
        super().__init__()
        language = "en"
        self._tasks = tasks
        self._ring = ring
        self._theme = theme.on_face("station")
        self.setWindowTitle(self.tr("Rootwatch – {clinic}").format(clinic=clinic_name))
        stand(self)
        self.take_text_size(TextSize(parent=self))
        self.worklist = WorklistPresenter(tasks, language, self)
        self.chart = ChartPresenter(tasks, language, self)
        self.monitoring = MonitoringPresenter(tasks, language, self, watch=watch)
        self.reaching = Reaching(tasks, lambda: self.worklist.now, self)
        self.notices = NoticePresenter(tasks, self)
        self.counts = StatusPresenter(tasks, language, self)
        self.calls = CallsPresenter(tasks, self)
        self.deciding = Deciding(tasks, self, lambda: self.worklist.now)
        self.contacting = Contacting(tasks, language, self)
        self.printing = Printing(tasks, language, self._theme, fonts, self)
        self.following = Following(tasks, language, self, self._is_open)
        self.reporting = Reporting(tasks, language, self, self._is_open)
        self.registering = Registering(tasks, language, self)
        self.ending = Ending(tasks, language, self, self._is_open)
        self.desk = Desk(tasks, self._theme, self)
        self.handing = HandingPresenter(tasks, self)
        self.finder = Palette(tasks, language, self._theme, self)
        self.header = Header(
            tuple((place.key, place.title) for place in places() if self._may(place.key)),
            clinic_name,
            actor,
        )
        self.notice = PlainLabel(notice, "notice")
        self.notice.setVisible(bool(notice))
        self.banner = PlainLabel(role="banner")
        self.banner.hide()
        self.panel = WorklistPanel(self._theme, list_hints())
        self.page = PatientPage(self._theme, Drawing(self._theme, fonts))
        self.status = StatusLine()
        self.alarm = Alarm()
        self.call_bar = CallBar()
        self.test_bar = TestBar()
        self.status_page = StatusPage()
        self._list, self._key = "worklist", ""
        self._entering = False
        self._counts: dict[str, int] = {}
        self._lay_out()
        self._connect()
        self._timers = [
            self._timer(POLL_MILLISECONDS, self._poll),
            self._timer(sweep_minutes * MILLISECONDS_PER_MINUTE, self.monitoring.check),
        ]
        self._make_shortcuts()
        follow_text_size(self, self._share_out)
        self._show_reading()

    def take_text_size(self, text_size: TextSize) -> None:
        """Have text as large as all windows of the station have it."""
        self.text_size = text_size
        text_size.changed.connect(self._dress)
        self._dress(text_size.scale)

    def _resize_text(self, way: Literal["larger", "smaller", "normal"]) -> None:
        size = self.text_size
        {"larger": size.larger, "smaller": size.smaller, "normal": size.normal}[way]()

    def _dress(self, text_scale: float) -> None:
        dress(self, self._theme, text_scale)

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
        column.addWidget(self.test_bar)
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
        self._connect_desks()
        self._connect_notices()
        if self._may("audit"):
            self._add_audit()
        self.monitoring.checked.connect(self._refresh)
        self._tasks.changed.connect(self._refresh)
        self.reaching.shown.connect(self._show_outage)
        self.worklist.shown.connect(self.reaching.note_read)

    def _add_audit(self) -> None:
        """The page of an auditor, who reads patients and the audit trail."""
        presenter = AuditPresenter(self._tasks, self)
        page = self.audit_page = AuditPage(presenter.today)
        presenter.shown.connect(page.show_state)
        presenter.refused.connect(page.show_refusal)
        page.searched.connect(presenter.search)
        page.turned.connect(presenter.turn)
        self._middle.addWidget(page)

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
        self.calls.rang.connect(self._ring)
        self.call_bar.answered.connect(self.calls.answer)
        self.call_bar.opened.connect(self._open_episode)
        self.handing.ready.connect(self._give_screen)
        self.handing.refused.connect(self._keep_screen)

    def _connect_desks(self) -> None:
        for desk in (self.deciding, self.contacting, self.printing, self.following, self.reporting):
            desk.told.connect(self.told.tell)
        for desk in (self.contacting, self.following, self.reporting):
            desk.stored.connect(self._read_again)
        for desk in (self.deciding, self.contacting):
            desk.stale.connect(self._read_again)
        for counter in (self.registering, self.ending):
            counter.told.connect(self.told.tell)
            counter.stored.connect(self._read_again)
        self.desk.told.connect(self.told.tell)
        self.following.patient_wanted.connect(self.registering.open_patient)
        self.panel.register_wanted.connect(self.registering.open)
        self.panel.import_wanted.connect(self._import)
        self.registering.opened.connect(self._open_episode)
        self.registering.sought.connect(self._seek)
        self.registering.slip_wanted.connect(self.desk.open)
        self.registering.card_wanted.connect(self.desk.open_card)
        self.page.step_wanted.connect(self._take_step)
        for screen in (self.page, self.panel):
            screen.offer(self._commands())
        self.page.command_wanted.connect(self._obey)
        self.page.procedure_wanted.connect(self._open_procedure)
        self.page.report_wanted.connect(self._show_report)
        self.contacting.summary_wanted.connect(self.printing.summary)

    def _connect_notices(self) -> None:
        desktop = Desktop(self)
        self.notices.rang.connect(self._ring)
        self.notices.said.connect(desktop.say)
        self.notices.told.connect(self.told.tell)
        if self._may("test"):
            self.notices.test_shown.connect(self.test_bar.show_state)
        self.monitoring.shown.connect(self.notices.show_monitoring)
        self.test_bar.play_wanted.connect(self.notices.play_test)
        self.test_bar.answered.connect(self.notices.confirm_test)

    def _connect_list(self) -> None:
        self.header.list_chosen.connect(self._choose_list)
        self.header.searched.connect(self.worklist.search)
        self.header.search_left.connect(self._focus_list)
        self.header.search_entered.connect(self.worklist.enter)
        self.header.kiosk_wanted.connect(self.kiosk_wanted)
        self.header.me_wanted.connect(self.me_wanted)
        self.panel.opened.connect(self._open)
        self.panel.entered.connect(self._enter)
        self.panel.list_chosen.connect(self._choose_need)
        self.panel.order_wanted.connect(self.worklist.put_in_order)
        self.panel.more_wanted.connect(self.worklist.read_more)
        self.panel.sparks_wanted.connect(self.worklist.read_sparks)
        self.panel.pointed.connect(self.worklist.hold)
        self.finder.opened.connect(self._open_found)
        self.finder.commanded.connect(lambda name: self._commands()[name]())
        self.panel.kiosk_wanted.connect(self.kiosk_wanted)
        self.panel.everybody_wanted.connect(self._show_everybody)
        self.panel.order_why_wanted.connect(self._explain_order)
        self.worklist.shown.connect(self.panel.show_state)
        self.worklist.found.connect(self.panel.open_first)
        self.worklist.sparked.connect(self.panel.show_sparks)
        self.worklist.counted.connect(self._show_count)
        self.worklist.protocol_read.connect(self._show_protocol)

    def _connect_patient(self) -> None:
        self.page.why_wanted.connect(self._explain)
        self.chart.shown.connect(self._show_patient)
        self.chart.failed.connect(self.page.show_message)

    def _timer(self, milliseconds: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer

    def _make_shortcuts(self) -> None:
        for key in keys():
            for written in key.keys if self._may(key.command) else ():
                shortcut = QShortcut(QKeySequence(written), self)
                shortcut.activated.connect(partial(self._press, key.command))

    def _press(self, command: str) -> None:
        """Do what a key says; where that wants a patient and none is read, say so."""
        wants_patient = wants(command).of != "" and command != "further"
        if not wants_patient or self._shows_patient():
            self._commands()[command]()
        elif self._key and self._middle.currentIndex() == 0:
            self.told.tell(Told(self.tr("The patient is still being read.")))
        else:
            self.told.tell(Told(self.tr("No patient is open. Choose one in the list.")))

    def _commands(self) -> dict[str, Callable[[], None]]:
        """What whoever is signed in may ask for; the services refuse the rest all the same."""
        return {name: do for name, do in self._all_commands().items() if self._may(name)}

    def _may(self, command: str) -> bool:
        needed = wants(command).needs
        return needed is None or may(self._tasks.clinic.acting, needed)

    def _all_commands(self) -> dict[str, Callable[[], None]]:
        return {
            **{f"tab_{tab}": partial(self._open_tab, tab) for tab in TABS},
            "range": self._choose_next_range,
            "all": self._choose_all,
            "zoom_in": partial(self.page.chart.zoom, "in"),
            "zoom_out": partial(self.page.chart.zoom, "out"),
            "sooner": partial(self.page.chart.zoom, "sooner"),
            "later_days": partial(self.page.chart.zoom, "later"),
            "compare": self._compare,
            "earlier": partial(self._open_beside, "earlier"),
            "later": partial(self._open_beside, "later"),
            "back": self._go_back,
            **{step: partial(self._take_step_here, step) for step in get_args(Step)},
            "undo": self._undo,
            "order": self._explain_order,
            "why": self._explain_here,
            **{asked: partial(self._write_down, asked) for asked in get_args(Asked)},
            "print": self._print,
            "print_list": self.printing.hand_over,
            "edit": self._edit,
            "register": self.registering.open,
            "import": self._import,
            "patient": partial(self._with_patient, self.registering.open_patient),
            "further": self._add_procedure,
            "pause": partial(self._with_patient, self.ending.open_pause),
            "end": partial(self._with_patient, self.ending.open_end),
            "slip": partial(self._with_patient, self.desk.open),
            "card": partial(self._with_patient, self.desk.open_card),
            "enter": self._enter_report,
            "hand_over": self._hand_over,
            "going": self.call_bar.answer,
            "test": self.test_bar.go_on,
            "table": self._toggle_table,
            "unit": self._toggle_unit,
            "search": self._focus_search,
            "palette": self._open_palette,
            **{name: partial(self._choose_list, name) for name in list_hints()},
            "status": self._show_status,
            "audit": self._show_audit,
            "phones": self._show_phones,
            "check": self._check_now,
            "keys": self._show_keys,
            "larger_text": partial(self._resize_text, "larger"),
            "smaller_text": partial(self._resize_text, "smaller"),
            "normal_text": partial(self._resize_text, "normal"),
            "me": self.header.open_me,
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
        self._share_out()

    def _share_out(self, _text_scale: float = 1.0) -> None:
        """Give the list its part; larger text needs more of the window, within reason."""
        scale = text_scale(self)
        share = _LIST_SHARE if scale == 1 else _LARGE_SHARE
        width = min(_LIST_WIDTH * scale, self.width() * share)
        self.panel.setFixedWidth(round(width))

    def look_again(self) -> None:
        """Something was stored beside this window, at the kiosk next to it."""
        self._refresh()

    def take_lists(self, files: PeopleFiles) -> None:
        """Let whoever may do so import the lists of patients that `files` reads."""
        if self._may("import"):
            self.importing = Importing(self._tasks, files, "en", self)
            self.importing.told.connect(self.told.tell)
            self.importing.stored.connect(self._read_again)

    def _import(self) -> None:
        if self.importing is not None:
            self.importing.open()

    def step_aside(self) -> None:
        """Show nothing of anybody and hear no key while a patient has the screen.

        Monitoring goes on.
        """
        self.setEnabled(False)
        self._whole.hide()

    def come_back(self) -> None:
        """The screen is the nurse's again, as she left it.

        Where it was locked meanwhile she first has to come in again: until then nothing of hers
        may have the keyboard.
        """
        self._whole.show()
        self.setEnabled(True)
        self.activateWindow()
        if self.isVisible():
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
        self.chart.look_again()
        self.monitoring.check()
        self.calls.poll()
        self.notices.poll()

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
        self.reaching.tell()

    def _show_outage(self, text: str) -> None:
        """Say that the store is away, unless the banner above says more."""
        self.banner.setText(text)
        self.banner.setVisible(bool(text) and self.alarm.isHidden())

    def _poll(self) -> None:
        self._count()
        self.calls.poll()
        self.monitoring.poll()
        self.notices.poll()
        self.reaching.tell()
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

    def _read_again(self) -> None:
        self.chart.refresh()
        self.worklist.refresh()

    def _check_now(self) -> None:
        self.worklist.put_in_order()
        self.monitoring.check()
        self.chart.refresh()

    def _choose_list(self, name: str) -> None:
        if name in ("status", "audit"):
            self._commands()[name]()
            return
        self._bring_list(name)

    def _choose_need(self, name: str) -> None:
        """A list of the board; the keyboard stays where it is, so that arrows can walk on."""
        self._list = name
        if not self._is_listed(name):
            self._leave_patient()
        self.header.search.clear()
        self.header.show_list(tab_of(name), self._counts)
        self.worklist.choose_list(name)  # type: ignore[arg-type]

    def _is_listed(self, name: str) -> bool:
        """Whether who is open stands in a list, as far as that is known before it is read."""
        row = self.worklist.row_of(self._key)
        return name == "patients" or (row is not None and name in row.lists | {"worklist"})

    def _leave_patient(self) -> None:
        """Show nobody: no key must act on somebody who is not in the list before the nurse."""
        self._key, self._entering = "", False
        self.chart.forget()
        self.worklist.mark_open("")
        self._show_nobody()

    def _bring_list(self, name: str) -> None:
        self._middle.setCurrentIndex(0)
        self._choose_need(name)
        self.panel.take_keyboard()

    def _show_status(self) -> None:
        self._middle.setCurrentWidget(self.status_page)
        self.header.show_list("status", self._counts)
        self.counts.refresh()
        self.status_page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_audit(self) -> None:
        assert self.audit_page is not None, "only who may see it has the command"
        self._middle.setCurrentWidget(self.audit_page)
        self.header.show_list("audit", self._counts)
        self.audit_page.search()
        self.audit_page.setFocus(Qt.FocusReason.ShortcutFocusReason)

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

    def _open_beside(self, which: Literal["earlier", "later"]) -> None:
        """Open the procedure before or after the one that is shown."""
        if self.page.state is not None and self._shows_patient():
            other = getattr(self.page.state, which)
            if other is not None:
                self._open_procedure(other.episode_id)
            elif which == "earlier":
                self.told.tell(Told(self.tr("There is no procedure before this one.")))
            else:
                self.told.tell(Told(self.tr("There is no procedure after this one.")))

    def _compare(self) -> None:
        if self.page.state is not None and self.page.state.earlier is None:
            self.told.tell(Told(self.tr("There is no procedure before this one.")))
        else:
            self.page.chart.toggle_earlier()

    def _open_procedure(self, episode_id: str) -> None:
        """Open another procedure of the same patient; the list stays where it is."""
        self._key = episode_id
        self.worklist.mark_open(episode_id)
        self._entering = False
        self.chart.open(episode_id)

    def _obey(self, command: str) -> None:
        """Do for the open patient what its header was asked for."""
        self._commands()[command]()

    def _with_patient(self, do: Callable[[str], None]) -> None:
        """Do something with the follow-up on the page; nothing while none is read."""
        if self._shows_patient():
            do(self._key)

    def _add_procedure(self) -> None:
        """To the patient on the page, or to the one of whom no procedure is recorded yet."""
        if self._shows_patient():
            self.registering.open_further(self._key)
        elif (row := self.worklist.row_of(self._key)) is not None and not row.episode_id:
            self.registering.open_first(row.key.removeprefix(BARE))

    def _seek(self, number: str) -> None:
        """Find a patient who has no procedure to open."""
        self._bring_list("patients")
        self.header.search.setText(number)

    def _show_count(self, count: int) -> None:
        self._counts = {"worklist": count}
        pages: dict[QWidget | None, str] = {self.status_page: "status", self.audit_page: "audit"}
        name = pages.get(self._middle.currentWidget(), tab_of(self._list))
        self.header.show_list(name, self._counts)

    def _show_protocol(self, text: str) -> None:
        if self.page.state is None:
            self.status.show_protocol(text)

    def _open(self, row: Row) -> None:
        if row.key == self._key and self.page.state is not None:
            return
        self._key = row.key
        self._entering = False
        self.worklist.mark_open(row.key, row.name)
        if row.episode_id:
            self.chart.open(row.episode_id)
        else:
            self.chart.forget()
            self.page.show_message(
                self.tr(
                    "No procedure is recorded for {name}, so there is nothing to follow.\n"
                    "Ctrl+Shift+N adds one."
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
        self.deciding.show_patient(state)
        self.contacting.show_patient(state)

    def _here(self) -> Card | None:
        """The alert that the keys mean; None while the page is not yet that of the open row."""
        return self.page.current if self._shows_patient() else None

    def _shows_patient(self) -> bool:
        """Whether the page in front is that of the open row."""
        return self._middle.currentIndex() == 0 and self._is_read()

    def _take_step_here(self, step: Step) -> None:
        if (card := self._here()) is not None:
            self._take_step(step, card)
        elif self._shows_patient() and not (step == "reopen" and self.page.unfold_closed()):
            self.told.tell(Told(self.tr("Nothing is open for this patient.")))

    def _take_step(self, step: Step, card: Card) -> None:
        assert self.page.state is not None, "a card is on a patient's page"
        self.told.hide()
        self.deciding.take(step, card, self.page.state.who)

    def _undo(self) -> None:
        if not self.told.take_back():
            said = self.tr("Nothing to undo. A closed alert can be opened again (O).")
            self.told.tell(Told(said))

    def _write_down(self, asked: Asked) -> None:
        if self._shows_patient():
            self.told.hide()
            self.contacting.ask(asked, self._about())

    def _about(self) -> str:
        """The alert that is written about: the one that the keys mean."""
        current = self.page.current
        return current.alert_id if current is not None else ""

    def _print(self) -> None:
        if self._shows_patient():
            self.printing.summary(self._key)

    def _edit(self) -> None:
        if self._shows_patient():
            self.following.open(self._key)

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

    def _open_palette(self) -> None:
        self.finder.open(self.worklist.needs, self._is_possible)

    def _is_possible(self, command: str) -> bool:
        """Whether there is now what a command is about, and it can be done with it."""
        if command not in self._commands():
            return False
        of = wants(command).of
        card = self._here()
        if of == "alert":
            return card is not None and (command not in get_args(Step) or command in card.can)
        if command in ("going", "test"):
            return (self.call_bar if command == "going" else self.test_bar).isVisible()
        return of == "" or self._shows_patient()

    def _open_found(self, row: Row) -> None:
        """Open a patient who may be in no list that is shown."""
        self._middle.setCurrentIndex(0)
        self._open(row)
        self.panel.select(row.key)
        self._enter()

    def _show_report(self, report: OneReport) -> None:
        assert self.page.state is not None, "a report is on a patient's page"
        dialog = ReportPaper(report, self.page.state.report, self.page.state.who, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _show_keys(self) -> None:
        shown = (key for key in keys() if key.on_card and self._may(key.command))
        overlay = KeysOverlay([(key.shown, key.what) for key in shown], self)
        overlay.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        overlay.open()

    def _choose_next_range(self) -> None:
        if self.page.state is not None:
            self.page.chart.choose_next_range()

    def _choose_all(self) -> None:
        if self.page.state is not None:
            self.page.chart.ranges.choose("all")

    def _open_tab(self, tab: Tab) -> None:
        if self.page.state is not None:
            self.page.chart.open_tab(tab)

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
        if self._middle.currentIndex() != 0:
            self._bring_list(self._list)
        elif self.focusWidget() is self.panel.list:
            self._show_everybody()
        else:
            self._focus_list()

    def _show_everybody(self) -> None:
        self._list = "worklist"
        self.header.search.clear()
        self.header.show_list("worklist", self._counts)
        self.worklist.show_everybody()
        self._focus_list()

    def _focus_list(self) -> None:
        self.panel.take_keyboard()

    def _focus_search(self) -> None:
        self.header.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.header.search.selectAll()
