"""A line that says what was just done, and for a while lets it be undone."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from monitor.ui.shared.restyling import restyle
from monitor.ui.shared.text_size import text_scale
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.views import Told

OFFERED_MS = 10_000
"""How long a step can be undone from here; the services allow a little more for a slow store."""
_ABOVE = 46
_WIDEST = 620


class TellBar(QFrame):
    """Lies over the bottom of its parent and takes the keyboard from nobody.

    What went wrong stays until it is put away; all else goes by itself.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._told = Told("")
        self.setProperty("bar", "told")
        self.text = PlainLabel()
        self.text.setWordWrap(True)
        self.undo = QPushButton(self.tr("Undo  U"))
        self.undo.setAccessibleName(self.tr("Undo"))
        self.undo.clicked.connect(self.take_back)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.clicked.connect(self.hide)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 10, 8)
        line.setSpacing(14)
        line.addWidget(self.text, 1)
        line.addWidget(self.undo)
        line.addWidget(self.close_button)
        for button in (self.undo, self.close_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._timer = QTimer(self, singleShot=True, interval=OFFERED_MS)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def tell(self, told: Told) -> None:
        """Say it, to screen readers, too."""
        self._told = told
        self.text.setText(told.text)
        self.undo.setVisible(told.undo is not None)
        self.close_button.setVisible(told.bad)
        self.setProperty("bad", str(told.bad).lower())
        restyle(self)
        self._place()
        self.show()
        self.raise_()
        if told.bad:
            self._timer.stop()
        else:
            self._timer.start()
        said = told.text
        if told.undo is not None:
            said = self.tr("{said} Press U to undo.").format(said=said)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def take_back(self) -> bool:
        """Undo what is told, where that is offered; False where it is not."""
        if self.isHidden() or self._told.undo is None:
            return False
        self.hide()
        self._told.undo()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        """In the middle, above the status line."""
        # A text that wraps says how wide it would like to be only after it was given a width.
        text = self.text.fontMetrics().horizontalAdvance(self.text.text())
        beside = sum(
            b.sizeHint().width() + 14 for b in (self.undo, self.close_button) if not b.isHidden()
        )
        scale = text_scale(self)
        width = min(text + beside + 44, round(_WIDEST * scale), self._over.width() - 40)
        height = max(self.heightForWidth(width), self.minimumSizeHint().height())
        self.setGeometry(
            (self._over.width() - width) // 2,
            self._over.height() - height - round(_ABOVE * scale),
            width,
            height,
        )
