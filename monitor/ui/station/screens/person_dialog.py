"""Asks for the name, the role and the first password of a user."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.keeping import PersonEntry
from monitor.ui.station.screens.arrow_fields import ArrowBox
from monitor.ui.station.screens.fitting_dialog import FittingDialog

_WIDTH = 560
_LABELS = 150


class PersonDialog(FittingDialog):
    """Makes a user, or changes name and role of one.

    Signals:
        confirmed: what was filled in (PersonEntry).
    """

    confirmed = Signal(object)

    def __init__(
        self,
        roles: Sequence[tuple[str, str, str]],
        entry: PersonEntry | None,
        parent: QWidget | None,
    ) -> None:
        """roles: (role, its name, what it may do); entry: None for somebody new."""
        super().__init__(parent, _WIDTH)
        title = self.tr("Add somebody") if entry is None else self.tr("Name and role")
        self.setWindowTitle(title)
        self._about = {role: what for role, _name, what in roles}
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("As they sign, such as M. Osei, RN"))
        self.role = ArrowBox()
        for role, words, _what in roles:
            self.role.addItem(words, role)
        self._may = PlainLabel(role="small")
        self._may.setWordWrap(True)
        self.password, self.again = QLineEdit(), QLineEdit()
        for line in (self.password, self.again):
            line.setEchoMode(QLineEdit.EchoMode.Password)
        self._is_new = entry is None
        if entry is not None:
            self.name.setText(entry.name)
            self.role.setCurrentIndex(self.role.findData(entry.role))
        self._refusal = PlainLabel(role="refusal")
        self._refusal.setWordWrap(True)
        self._refusal.hide()
        self.store = QPushButton(self.tr("Make this user") if self._is_new else self.tr("Change"))
        self.store.setProperty("kind", "primary")
        self.store.setDefault(True)
        self.store.clicked.connect(self._confirm)
        self.role.currentIndexChanged.connect(self._show_role)
        self._lay_out(title)
        self._show_role()

    def show_refusal(self, text: str) -> None:
        """Say why it was not stored; everything stays."""
        self._refusal.setText(text)
        self._refusal.show()
        self.store.setEnabled(True)
        self.fit()

    def _show_role(self) -> None:
        self._may.setText(self._about[self.role.currentData()])
        self.fit()

    def _confirm(self) -> None:
        if self._is_new and self.password.text() != self.again.text():
            self.show_refusal(self.tr("The two are not alike. Type them once more."))
            self.password.setFocus()
            return
        self.store.setEnabled(False)
        said = PersonEntry(self.name.text(), self.role.currentData(), self.password.text())
        self.confirmed.emit(said)

    def _lay_out(self, title: str) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, _LABELS)
        lines = [
            (self.tr("Name"), self.name),
            (self.tr("Role"), self.role),
            ("", self._may),
        ]
        if self._is_new:
            lines += [
                (self.tr("First password"), self.password),
                (self.tr("Once more"), self.again),
            ]
        for row, (label, field) in enumerate(lines):
            grid.addWidget(PlainLabel(label), row, 0)
            grid.addWidget(field, row, 1)
            if label:
                field.setAccessibleName(label)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.store)
        column = self.column
        column.setContentsMargins(24, 20, 24, 18)
        column.setSpacing(12)
        column.addWidget(PlainLabel(title, "heading"))
        column.addLayout(grid)
        column.addWidget(self._refusal)
        column.addLayout(buttons)
