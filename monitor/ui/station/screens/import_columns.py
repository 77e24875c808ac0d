"""Second step of an import: which column is what, and what the file's own words stand for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from monitor.ui.shared.restyling import restyle
from monitor.ui.shared.text_size import follow_text_size
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.import_views import FieldRow, Mapped, MapShown, Words
from monitor.ui.station.screens.arrow_fields import ArrowBox

_BOX_WIDTH, _WORDS_WIDTH, _WORD_WIDTH = 200, 480, 270
"""Pixels with text of the usual size."""
_SIDE_BY_SIDE = 1.3
"""With larger text the words stand below the columns."""
_ANY_WIDTH = 16_777_215


class ImportColumns(QWidget):
    """Our fields with the columns at the left, dates and words of the file at the right.

    Signals:
        changed: another column or order was chosen: dates and words are to be read anew (Mapped).
    """

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.columns: dict[str, ArrowBox] = {}
        self.words: dict[tuple[str, str], ArrowBox] = {}
        self.order = ArrowBox()
        self.order.setAccessibleName(self.tr("How dates are written"))
        self._samples: dict[str, _Sample] = {}
        self._state: MapShown | None = None
        self._codes: dict[str, dict[str, str]] = {}
        self._chosen: dict[tuple[str, str], str] = {}
        self._left = _Area()
        self._right = _Area()
        self._text_scale = 1.0
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        row.addWidget(self._left, 1)
        row.addWidget(self._right, 1)
        follow_text_size(self, self._follow)

    def _follow(self, text_scale: float) -> None:
        self._text_scale = text_scale
        is_beside = text_scale <= _SIDE_BY_SIDE
        way = self._row.Direction
        self._row.setDirection(way.LeftToRight if is_beside else way.TopToBottom)
        self._right.setMaximumWidth(round(_WORDS_WIDTH * text_scale) if is_beside else _ANY_WIDTH)
        self._right.setMinimumWidth(self._right.maximumWidth() if is_beside else 0)
        for box in self.columns.values():
            box.setFixedWidth(round(_BOX_WIDTH * text_scale))
        for box in self.words.values():
            box.setFixedWidth(round(_WORD_WIDTH * text_scale))

    def show_map(self, state: MapShown) -> None:
        """Show what is taken for what; the keyboard stays where it was."""
        is_new, self._state = self._state is None, state
        if is_new:
            self._chosen = {}
            self._show_fields(state)
        self._show_samples(state)
        self._show_words(state)

    def forget(self) -> None:
        """Another file is read: what was chosen of the last one says nothing of it."""
        self._state = None

    def mapped(self) -> Mapped:
        """What a person says that the columns are."""
        columns = {key: box.currentData() for key, box in self.columns.items()}
        codes = {key: dict(words) for key, words in self._codes.items()}
        for (key, word), box in self.words.items():
            codes[key][word] = box.currentData()
        return Mapped(
            {key: column for key, column in columns.items() if column >= 0},
            self.order.currentData() or "",
            codes,
        )

    def missing(self) -> str:
        """What has to be chosen before anything can be checked, "" for nothing; it is marked."""
        if self._state is None:
            return ""
        needed = [row for row in self._state.fields if row.is_needed]
        absent = [row for row in needed if self.columns[row.key].currentData() < 0]
        for row in needed:
            _mark(self.columns[row.key], wrong=row in absent)
        if absent:
            self.columns[absent[0].key].setFocus(Qt.FocusReason.TabFocusReason)
            names = ", ".join(row.title for row in absent)
            return self.tr("Choose a column for: {names}.").format(names=names)
        twice = self._taken_twice()
        if twice:
            return self.tr("One column stands for two fields: {names}.").format(names=twice)
        if not self.order.currentData():
            self.order.setFocus(Qt.FocusReason.TabFocusReason)
            return self.tr("Say how the dates of this file are written.")
        return ""

    def take_keyboard(self) -> None:
        """Begin at the first field."""
        next(iter(self.columns.values())).setFocus(Qt.FocusReason.TabFocusReason)

    def _taken_twice(self) -> str:
        assert self._state is not None, "asked only while something is shown"
        titles: dict[int, list[str]] = {}
        for row in self._state.fields:
            column = self.columns[row.key].currentData()
            if column >= 0:
                titles.setdefault(column, []).append(row.title)
        return "; ".join(", ".join(of) for of in titles.values() if len(of) > 1)

    def _show_fields(self, state: MapShown) -> None:
        page, grid = self._left.fresh()
        grid.setColumnStretch(2, 1)
        grid.addWidget(_head(self.tr("Rootwatch")), 0, 0)
        grid.addWidget(_head(self.tr("Column of the file")), 0, 1)
        grid.addWidget(_head(self.tr("What stands there")), 0, 2)
        self.columns, self._samples = {}, {}
        for number, row in enumerate(state.fields, start=1):
            self._add_field(grid, number, row, state)
        grid.setRowStretch(len(state.fields) + 1, 1)
        self._left.setWidget(page)

    def _add_field(self, grid: QGridLayout, number: int, row: FieldRow, state: MapShown) -> None:
        box = ArrowBox()
        box.setFixedWidth(round(_BOX_WIDTH * self._text_scale))
        box.setAccessibleName(row.title)
        box.addItem(self.tr("– none –"), -1)
        for column, name in enumerate(state.columns):
            box.addItem(name, column)
        box.setCurrentIndex(row.column + 1)
        box.activated.connect(self._tell_changed)
        title = PlainLabel(f"{row.title} *" if row.is_needed else row.title)
        title.setBuddy(box)
        sample = _Sample()
        for column, widget in enumerate((title, box, sample)):
            grid.addWidget(widget, number, column)
        self.columns[row.key], self._samples[row.key] = box, sample

    def _show_samples(self, state: MapShown) -> None:
        for row in state.fields:
            says = state.samples[row.column] if row.column >= 0 else row.without
            self._samples[row.key].show_text(says)
            _mark(self.columns[row.key], wrong=False)

    def _show_words(self, state: MapShown) -> None:
        had = self.focusWidget() if self._right.isAncestorOf(self.focusWidget() or self) else None
        on_order = had is self.order
        page, grid = self._right.fresh()
        grid.setColumnStretch(0, 1)
        self._codes = {
            words.key: {word.key: word.code for word in words.words} for words in state.words
        }
        self._show_order(grid, state)
        self.words = {}
        for words in state.words:
            self._add_words(grid, words)
        grid.setRowStretch(grid.rowCount(), 1)
        self._right.setWidget(page)
        if on_order:
            self.order.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_order(self, grid: QGridLayout, state: MapShown) -> None:
        order = self.order = ArrowBox()
        order.setAccessibleName(self.tr("How dates are written"))
        if not state.order:
            order.addItem(self.tr("Choose…"), "")
        for code, words in state.orders:
            order.addItem(words, code)
        order.setCurrentIndex(max(0, order.findData(state.order)))
        order.activated.connect(lambda: _mark(order, wrong=not order.currentData()))
        _mark(order, wrong=not state.order)
        grid.addWidget(_head(self.tr("Dates are written")), 0, 0, 1, 2)
        grid.addWidget(order, 1, 0, 1, 2)
        if state.doubt:
            doubt = PlainLabel(state.doubt, "field fault")
            doubt.setWordWrap(True)
            grid.addWidget(doubt, 2, 0, 1, 2)

    def _add_words(self, grid: QGridLayout, words: Words) -> None:
        first = grid.rowCount()
        title = self.tr("{field}: what the file’s words mean").format(field=words.title)
        grid.addWidget(_head(title), first, 0, 1, 2)
        for number, word in enumerate(words.words, start=first + 1):
            box = ArrowBox()
            box.setFixedWidth(round(_WORD_WIDTH * self._text_scale))
            box.setAccessibleName(f"{words.title}: {word.shown}")
            box.addItem(self.tr("Choose…"), "")
            for code, said in words.choices:
                box.addItem(said, code)
            code = self._chosen.get((words.key, word.key), word.code)
            box.setCurrentIndex(max(0, box.findData(code)))
            _mark(box, wrong=not box.currentData())
            box.activated.connect(
                lambda _=0, box=box, key=(words.key, word.key): self._choose_word(key, box)
            )
            label = PlainLabel(word.shown)
            label.setWordWrap(True)
            grid.addWidget(label, number, 0)
            grid.addWidget(box, number, 1)
            self.words[words.key, word.key] = box
        if words.more:
            more = PlainLabel(words.more, "field fault")
            more.setWordWrap(True)
            grid.addWidget(more, grid.rowCount(), 0, 1, 2)

    def _choose_word(self, key: tuple[str, str], box: ArrowBox) -> None:
        self._chosen[key] = box.currentData()
        _mark(box, wrong=not box.currentData())

    def _tell_changed(self) -> None:
        self.changed.emit(self.mapped())


class _Sample(PlainLabel):
    """Values of a column in as much room as there is."""

    def __init__(self) -> None:
        super().__init__(role="muted")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = ""

    def show_text(self, text: str) -> None:
        self._whole = text
        self.setToolTip(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        elide = Qt.TextElideMode.ElideRight
        self.setText(self.fontMetrics().elidedText(self._whole, elide, self.width()))


class _Area(QScrollArea):
    """Scrolls a grid downwards, where it has to."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("page", "true")

    def fresh(self) -> tuple[QWidget, QGridLayout]:
        """An empty page with its grid."""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 12, 0)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        column.addLayout(grid)
        column.addStretch(1)
        return page, grid

    def focusNextPrevChild(self, is_next: bool) -> bool:
        moved = super().focusNextPrevChild(is_next)
        widget = self.window().focusWidget()
        if widget is not None and self.isAncestorOf(widget):
            self.ensureWidgetVisible(widget)
        return moved


def _head(text: str) -> PlainLabel:
    label = PlainLabel(text, "column")
    label.setIndent(0)
    return label


def _mark(box: ArrowBox, *, wrong: bool) -> None:
    box.setProperty("wrong", str(wrong).lower())
    restyle(box)
