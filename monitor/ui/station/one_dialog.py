"""What the desks share that ask something in a dialog: one at a time, and whose answer it is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from monitor.ui.station.views import Told


class OneDialog(QWidget):
    """Opens a dialog and brings what came of it to the one that asked; has no looks of its own.

    A store that is slow answers when another dialog may be open: that one is neither closed nor
    told about what it did not ask. The dialogs belong to `parent`, the place of who is signed in.

    Signals:
        told: what came of it (Told).
        stored: something is stored, so whatever shows it looks again.
    """

    told = Signal(object)
    stored = Signal()
    dialog: Any
    """The dialog that is open, or None; each desk says which kind."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hide()
        self.dialog = None
        self._sent: Any = None

    def _own(self, dialog: Any) -> None:
        """Make it the dialog that is open, until it is closed; not yet shown."""
        self.dialog = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.confirmed.connect(self._note_sent)
        dialog.finished.connect(self._forget)

    def _note_sent(self, *_answer: object) -> None:
        """What is answered next was asked by this dialog."""
        self._sent = self.dialog

    def _accept_sent(self) -> None:
        """Close the dialog that asked for what is stored, unless it is closed already."""
        if self.dialog is not None and self.dialog is self._sent:
            self.dialog.accept()

    def _show_refusal(self, text: str, **how: bool) -> None:
        """Say why it was not done: in the dialog that asked, or in the bar where that is closed."""
        if self.dialog is not None and self.dialog is self._sent:
            self.dialog.show_refusal(text, **how)
        else:
            self.told.emit(Told(text, bad=True))

    def _forget(self) -> None:
        self.dialog = None
