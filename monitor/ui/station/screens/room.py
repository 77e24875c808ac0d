"""How large a dialog is: as its text wants it, and never larger than the window below it."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog

from monitor.ui.shared.text_size import follow_text_size, text_scale

_AROUND = QSize(24, 48)
"""Room for the frame and the title bar that the desktop gives a dialog."""


def room_of(dialog: QDialog) -> QSize:
    """The largest that a dialog can be."""
    parent = dialog.parentWidget()
    if parent is None:
        return dialog.screen().availableGeometry().size()
    return parent.window().size() - _AROUND


def fitted(dialog: QDialog, wanted: QSize) -> QSize:
    """The size of a dialog that wants so many pixels with text of the usual size."""
    return (wanted * text_scale(dialog)).boundedTo(room_of(dialog))


def keep_fitted(dialog: QDialog, wanted: QSize) -> None:
    """Give a dialog that size now, and again whenever its text becomes larger or smaller."""
    follow_text_size(dialog, lambda _scale: dialog.resize(fitted(dialog, wanted)))
