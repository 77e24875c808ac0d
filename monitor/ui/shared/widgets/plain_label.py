"""Text of people and clinics: shown as it was typed, never read as markup."""

from __future__ import annotations

from html import escape

from PySide6.QtGui import Qt
from PySide6.QtWidgets import QLabel, QWidget


def plain_tip(text: str) -> str:
    """A tooltip that shows `text` as it is; Qt itself would read a name with a tag as markup."""
    return f"<p>{escape(text)}</p>" if Qt.mightBeRichText(text) else text


class PlainLabel(QLabel):
    """A label whose text and tooltip are only ever text; `role` is for the style sheet."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        if role:
            self.setProperty("role", role)

    def setToolTip(self, text: str) -> None:
        super().setToolTip(plain_tip(text))
