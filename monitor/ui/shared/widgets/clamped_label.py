"""Text of a few lines at most, that is shortened at its end, and then says the whole on hover."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from monitor.ui.shared.widgets.plain_label import PlainLabel


class ClampedLabel(PlainLabel):
    """Wraps onto at most so many lines; its height is that of the lines it needs."""

    def __init__(
        self, text: str = "", lines: int = 2, role: str = "", parent: QWidget | None = None
    ) -> None:
        self._lines = lines
        super().__init__(text, role, parent)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text)
        self._tell_whole()

    def heightForWidth(self, width: int) -> int:
        return self._line() * min(self._lines, max(1, len(self._broken(width))))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.heightForWidth(max(self.width(), 120)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 12, self._line())

    @property
    def is_shortened(self) -> bool:
        return len(self._broken(self.width())) > self._lines

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def _line(self) -> int:
        return self.fontMetrics().lineSpacing()

    def _tell_whole(self) -> None:
        self.setToolTip(self.text() if self.is_shortened else "")

    def _broken(self, width: int) -> list[str]:
        """The lines in which the whole text would stand in that width, in pixels."""
        layout = QTextLayout(self.text(), self.font())
        option = QTextOption(self.alignment())
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        lines = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            lines.append(self.text()[line.textStart() : line.textStart() + line.textLength()])
        layout.endLayout()
        return lines

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            metrics, box = self.fontMetrics(), self.contentsRect()
            painter.setPen(self.palette().color(self.foregroundRole()))
            lines = self._broken(box.width())
            shown = lines[: self._lines]
            if len(lines) > self._lines:
                rest = "".join(lines[self._lines - 1 :])
                shown[-1] = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, box.width())
            for number, text in enumerate(shown):
                base = box.top() + number * metrics.lineSpacing() + metrics.ascent()
                painter.drawText(QPointF(box.left(), base), text.rstrip())
