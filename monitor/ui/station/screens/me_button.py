"""Who is signed in, with what can be done about that."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from monitor.ui.shared.text_size import follow_text_size

MeChoice = Literal["lock", "switch", "pin", "password", "sign_out"]

_WIDEST = 190
_AROUND = 26
"""Pixels of a button beside its text."""


class MeButton(QPushButton):
    """Shows the name; opens a menu.

    Signals:
        chosen: what is to be done (MeChoice).
    """

    chosen = Signal(str)

    def __init__(self, clinic_name: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._name = name
        follow_text_size(self, self._follow)
        self.setToolTip(self.tr("{name} at {clinic}").format(name=name, clinic=clinic_name))
        self.setAccessibleName(self.tr("Signed in: {name}").format(name=name))
        menu = QMenu(self)
        choices: tuple[tuple[MeChoice, str], ...] = (
            ("lock", self.tr("Lock\tCtrl+L")),
            ("switch", self.tr("Somebody else signs in")),
            ("pin", self.tr("Change PIN…")),
            ("password", self.tr("Change password…")),
            ("sign_out", self.tr("Sign out")),
        )
        for choice, words in choices:
            if choice == "pin":
                menu.addSeparator()
            action = menu.addAction(words)
            action.triggered.connect(lambda _checked=False, choice=choice: self.chosen.emit(choice))
        self.setMenu(menu)

    def _follow(self, scale: float) -> None:
        widest = round(_WIDEST * scale)
        self.setMaximumWidth(widest)
        room = widest - _AROUND - round(16 * scale)
        shown = self.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, room)
        self.setText(f"{shown} ▾".replace("&", "&&"))
