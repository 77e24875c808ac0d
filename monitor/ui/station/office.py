"""The window of who administers the station and sees no patient: status, people, audit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from monitor.ui.shared.tasks import Tasks
from monitor.ui.shared.text_size import TextSize, follow_text_size
from monitor.ui.shared.theme import Theme
from monitor.ui.station.auditing import AuditPresenter
from monitor.ui.station.calling import CallsPresenter
from monitor.ui.station.employing import Employing
from monitor.ui.station.monitoring import MonitoringPresenter
from monitor.ui.station.noticing import NoticePresenter
from monitor.ui.station.screens.audit_page import AuditPage
from monitor.ui.station.screens.call_bar import CallBar
from monitor.ui.station.screens.me_button import MeButton
from monitor.ui.station.screens.status_line import StatusLine
from monitor.ui.station.screens.status_page import StatusPage
from monitor.ui.station.status import StatusPresenter
from monitor.ui.station.style import dress

POLL_MILLISECONDS = 5_000
MILLISECONDS_PER_MINUTE = 60_000
_HEADER_HEIGHT = 50
_GROWS = 0.2
"""With text twice as large the header needs so much more of its height."""


class Office(QMainWindow):
    """Status, people and audit; monitoring goes on as in every window of the station.

    Signals:
        me_wanted: something is to be done for whoever is signed in (MeChoice).
        kiosk_wanted, handed_over: never; every place of the station has them.
        closed: the window is to be closed.
    """

    me_wanted = Signal(str)
    kiosk_wanted = Signal()
    handed_over = Signal(object)
    closed = Signal()

    def __init__(
        self,
        tasks: Tasks,
        watch: Tasks,
        clinic_name: str,
        theme: Theme,
        sweep_minutes: int,
        ring: Callable[[], None] = QApplication.beep,
    ) -> None:
        """watch: runs the sweeps, every so many minutes; ring: makes the sound of an alarm."""
        super().__init__()
        self._theme = theme
        self.take_text_size(TextSize(parent=self))
        self.counts = StatusPresenter(tasks, "en", self)
        self.monitoring = MonitoringPresenter(tasks, "en", self, watch=watch)
        self.calls = CallsPresenter(tasks, self)
        self.notices = NoticePresenter(tasks, self)
        self.audit = AuditPresenter(tasks, self)
        self.employing = Employing(tasks, self)
        self.people_page = self.employing.page
        self.status_page = StatusPage()
        self.audit_page = AuditPage(self.audit.today)
        self.status = StatusLine()
        self.status.page.setText(self.tr("Status  Alt+1"))
        self.call_bar = CallBar()
        self.me = MeButton(clinic_name, tasks.clinic.actor)
        self._stack = QStackedWidget()
        self._tabs: list[QPushButton] = []
        self._lay_out()
        self._connect(ring)
        self._timers = [
            self._timer(POLL_MILLISECONDS, self._poll),
            self._timer(sweep_minutes * MILLISECONDS_PER_MINUTE, self.monitoring.check),
        ]

    def take_text_size(self, text_size: TextSize) -> None:
        """Have text as large as all windows of the station have it; the shell hears the keys."""
        text_size.changed.connect(self._dress)
        self._dress(text_size.scale)

    def _dress(self, text_scale: float) -> None:
        dress(self, self._theme, text_scale)

    def show_page(self, number: int) -> None:
        """Bring a page to the front: status 0, people 1, audit 2."""
        self._stack.setCurrentIndex(number)
        for place, tab in enumerate(self._tabs):
            tab.setChecked(place == number)
        page = (self.status_page, self.people_page, self.audit_page)[number]
        if page is self.status_page:
            self.counts.refresh()
        elif page is self.people_page:
            self.employing.presenter.refresh()
        else:
            self.audit_page.search()
        page.setFocus()

    def look_again(self) -> None:
        """Something was stored beside this window; what counts it is read at the next poll."""

    def _lay_out(self) -> None:
        header = QWidget()
        header.setProperty("bar", "header")
        follow_text_size(header, lambda by: header.setFixedHeight(_header_height(by)))
        row = QHBoxLayout(header)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(0)
        brand = QLabel("Rootwatch")
        brand.setProperty("role", "brand")
        row.addWidget(brand)
        row.addSpacing(16)
        pages = (
            (self.tr("Status"), self.status_page),
            (self.tr("People"), self.people_page),
            (self.tr("Audit"), self.audit_page),
        )
        for number, (title, page) in enumerate(pages):
            self._stack.addWidget(page)
            row.addWidget(self._tab(number, title))
        row.addStretch(1)
        row.addWidget(self.me)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.call_bar, header):
            column.addWidget(part)
        column.addWidget(self._stack, 1)
        column.addWidget(self.status)
        self.setCentralWidget(whole)

    def _tab(self, number: int, title: str) -> QPushButton:
        tab = QPushButton(title)
        tab.setCheckable(True)
        tab.setProperty("kind", "tab")
        tab.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        tab.setToolTip(f"Alt+{number + 1}")
        tab.clicked.connect(lambda: self.show_page(number))
        key = QShortcut(QKeySequence(f"Alt+{number + 1}"), self)
        key.activated.connect(lambda: self.show_page(number))
        self._tabs.append(tab)
        return tab

    def _connect(self, ring: Callable[[], None]) -> None:
        self.counts.shown.connect(self.status_page.show_state)
        self.counts.failed.connect(self.status_page.show_message)
        self.monitoring.shown.connect(self.status_page.show_monitoring)
        self.monitoring.shown.connect(self.status.show_state)
        self.monitoring.shown.connect(self.notices.show_monitoring)
        self.status.status_wanted.connect(lambda: self.show_page(0))
        self.status.check_wanted.connect(self.monitoring.check)
        self.calls.shown.connect(self.call_bar.show_calls)
        self.calls.rang.connect(ring)
        self.call_bar.answered.connect(self.calls.answer)
        self.notices.rang.connect(ring)
        self.audit.shown.connect(self.audit_page.show_state)
        self.audit.refused.connect(self.audit_page.show_refusal)
        self.audit_page.searched.connect(self.audit.search)
        self.audit_page.turned.connect(self.audit.turn)
        self.me.chosen.connect(self.me_wanted)
        commands: tuple[tuple[str, Callable[[], None]], ...] = (
            ("F5", self.monitoring.check),
            ("F8", self.call_bar.answer),
            ("G, U", self.me.showMenu),
            ("Ctrl+Q", self.closed.emit),
        )
        for key, command in commands:
            QShortcut(QKeySequence(key), self).activated.connect(command)

    def _timer(self, milliseconds: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer

    def _poll(self) -> None:
        self.monitoring.poll()
        self.calls.poll()
        self.notices.poll()
        if self._stack.currentWidget() is self.status_page:
            self.counts.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            for timer in self._timers:
                timer.start()
            QTimer.singleShot(0, self, self._begin)

    def _begin(self) -> None:
        self.monitoring.check()
        self._poll()
        self.show_page(max(0, self._stack.currentIndex()))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if not event.spontaneous():
            for timer in self._timers:
                timer.stop()


def _header_height(text_scale: float) -> int:
    return round(_HEADER_HEIGHT * (1 + _GROWS * (text_scale - 1)))
