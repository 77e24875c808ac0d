"""Shows the pages as they will be printed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.paper import Paper

_HEIGHT = 740
_UPRIGHT, _ACROSS = 840, 1140
"""How wide a page is shown, where there is room."""
_BESIDE = 70
_GAP = 14


class PrintPreview(QDialog):
    """The paper before it leaves the program: Enter prints, Esc puts it away.

    Signals:
        print_wanted: it goes to a printer.
        save_wanted: it goes into a file.
    """

    print_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, paper: Paper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(paper.title)
        room = parent.size() if parent is not None else self.screen().availableGeometry().size()
        self._wide = _UPRIGHT if paper.size.height() > paper.size.width() else _ACROSS
        self.resize(QSize(self._wide + _BESIDE, _HEIGHT).boundedTo(room * 0.96))
        self.area = QScrollArea()
        self.area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.area.setAccessibleName(self.tr("Pages"))
        pages = QWidget()
        self._column = QVBoxLayout(pages)
        self._column.setSpacing(_GAP)
        self._column.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._pages = [_Page(paper, number) for number in range(paper.pages)]
        for page in self._pages:
            self._column.addWidget(page)
        self.area.setWidget(pages)
        self.area.setWidgetResizable(True)
        self.print_button = QPushButton(self.tr("Print…"))
        self.print_button.setProperty("kind", "primary")
        self.print_button.setDefault(True)
        self.print_button.clicked.connect(self.print_wanted)
        self.save_button = QPushButton(self.tr("Save as PDF…  S"))
        self.save_button.setAccessibleName(self.tr("Save as PDF"))
        self.save_button.setShortcut("S")
        self.save_button.clicked.connect(self.save_wanted)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.reject)
        for button in (self.save_button, close):
            button.setAutoDefault(False)
        self._refusal = PlainLabel(role="refusal")
        self._refusal.setWordWrap(True)
        self._refusal.hide()
        self._build(close, self._count(paper.pages))
        self.area.setFocus()

    def _build(self, close: QPushButton, count: str) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(20, 10, 20, 12)
        line.addWidget(PlainLabel(count, "small"))
        line.addStretch(1)
        line.addWidget(close)
        line.addWidget(self.save_button)
        line.addWidget(self.print_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.area, 1)
        whole.addWidget(self._refusal)
        whole.addLayout(line)

    @property
    def refusal(self) -> str:
        """Why it did not leave the program, "" for nothing."""
        return "" if self._refusal.isHidden() else self._refusal.text()

    def show_refusal(self, text: str) -> None:
        self._refusal.setText(text)
        self._refusal.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A page is as wide as there is room, up to the size of paper."""
        super().resizeEvent(event)
        sides = self._column.contentsMargins()
        bar = self.area.verticalScrollBar().sizeHint().width()
        room = self.width() - sides.left() - sides.right() - bar
        for page in self._pages:
            page.fit(min(self._wide, room))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page by page, wherever the keyboard is."""
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1, Qt.Key.Key_Space: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        bar = self.area.verticalScrollBar()
        bar.setValue(bar.value() + step * bar.pageStep())

    def _count(self, pages: int) -> str:
        if pages == 1:
            return self.tr("1 page A4")
        return self.tr("{n} pages A4").format(n=pages)


class _Page(QWidget):
    """One page, drawn when it is first seen: a list of 300 has many."""

    def __init__(self, paper: Paper, number: int) -> None:
        super().__init__()
        self._paper, self._number = paper, number

    def fit(self, width: int) -> None:
        """Take that width, in device-independent pixels, and the height that goes with it."""
        size = self._paper.size
        self.setFixedSize(width, round(width * size.height() / size.width()))

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        picture = self._paper.picture(self._number, round(self.width() * ratio))
        with QPainter(self) as painter:
            painter.drawImage(self.rect(), picture)
