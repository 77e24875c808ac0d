"""The people page: who works here, in which role, and who can sign in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.keeping import PersonRow
from monitor.ui.station.screens.lines_table import LinesTable


class PeoplePage(QWidget):
    """Everybody by name; what can be done stands below.

    Signals:
        add_wanted: a user is to be made.
        change_wanted: name and role of a user are to be changed (PersonRow).
        password_wanted: a user's password is to be set (PersonRow).
        active_wanted: a user may sign in, or no more (PersonRow, bool).
        release_wanted: a lock after wrong tries is to end (PersonRow).
    """

    add_wanted = Signal()
    change_wanted = Signal(object)
    password_wanted = Signal(object)
    active_wanted = Signal(object, bool)
    release_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.people: tuple[PersonRow, ...] = ()
        titles = (self.tr("Name"), self.tr("Role"), self.tr("State"))
        self.table = LinesTable(self.tr("People"), titles, (300, 180, 0))
        self.add = QPushButton(self.tr("Add somebody…"))
        self.add.setProperty("kind", "primary")
        self.change = QPushButton(self.tr("Name and role…"))
        self.password = QPushButton(self.tr("Set password…"))
        self.active = QPushButton()
        self.release = QPushButton(self.tr("End lock"))
        self._says = PlainLabel(role="muted")
        self._says.setWordWrap(True)
        self._lay_out()
        self._connect()
        self._show_buttons()

    def show_people(self, people: tuple[PersonRow, ...]) -> None:
        """Show everybody; who was chosen stays so."""
        before = self.chosen
        self.people = people
        self.table.show_rows([(one.name, one.role_words, one.state) for one in people])
        ids = [one.id for one in people]
        if before is not None and before.id in ids:
            self.table.selectRow(ids.index(before.id))
        self._show_buttons()

    def say(self, text: str, *, bad: bool = False) -> None:
        """Say what came of something."""
        self._says.setText(text)
        self._says.setProperty("role", "fault" if bad else "muted")
        self._says.style().polish(self._says)

    @property
    def chosen(self) -> PersonRow | None:
        """The user whose row is chosen."""
        row = self.table.row
        return self.people[row] if 0 <= row < len(self.people) else None

    def _show_buttons(self) -> None:
        one = self.chosen
        for button in (self.change, self.password, self.active):
            button.setEnabled(one is not None)
        self.release.setVisible(one is not None and one.is_locked)
        is_active = one is None or one.is_active
        self.active.setText(self.tr("No more sign-in") if is_active else self.tr("Let sign in"))

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_buttons())
        self.table.entered.connect(lambda _row: self._tell(self.change_wanted))
        self.add.clicked.connect(self.add_wanted)
        self.change.clicked.connect(lambda: self._tell(self.change_wanted))
        self.password.clicked.connect(lambda: self._tell(self.password_wanted))
        self.release.clicked.connect(lambda: self._tell(self.release_wanted))
        self.active.clicked.connect(self._toggle)

    def _tell(self, signal: SignalInstance) -> None:
        if (one := self.chosen) is not None:
            signal.emit(one)

    def _toggle(self) -> None:
        if (one := self.chosen) is not None:
            self.active_wanted.emit(one, not one.is_active)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        for button in (self.add, self.change, self.password, self.active, self.release):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 16)
        column.setSpacing(12)
        column.addWidget(PlainLabel(self.tr("People"), "name"))
        hint = self.tr("Who needs two roles has two users: one for each.")
        column.addWidget(PlainLabel(hint, "muted"))
        column.addWidget(self.table, 1)
        column.addWidget(self._says)
        column.addLayout(buttons)
        self.setFocusProxy(self.table)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
