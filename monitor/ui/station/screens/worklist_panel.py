"""The list at the left: who needs attention, or everybody, in an order that keeps still."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from monitor.ui.shared.restyling import restyle
from monitor.ui.shared.theme import Theme
from monitor.ui.shared.widgets.choices import Chips, Choice
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.screens.row_delegate import RowDelegate
from monitor.ui.station.screens.row_model import ROW, RowModel
from monitor.ui.station.views import ListState, Row

_STEPS = {Qt.Key.Key_J: Qt.Key.Key_Down, Qt.Key.Key_K: Qt.Key.Key_Up}


class RowList(QListView):
    """The rows; j and k go down and up as the arrows do.

    Signals:
        entered: Enter was pressed on the open row; the keyboard goes to the patient.
    """

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.open_something():
                self.entered.emit()
            return
        if (step := _STEPS.get(Qt.Key(event.key()))) is not None:
            event = QKeyEvent(event.type(), step, event.modifiers())
        moving = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up)
        if moving and not self.selectionModel().hasSelection():
            self.setCurrentIndex(self.model().index(0, 0))
            return
        super().keyPressEvent(event)

    def open_something(self) -> bool:
        """Where no row is open, open the one with the ring, else the first; False for none."""
        selection = self.selectionModel()
        if not selection.hasSelection() and self.model().rowCount():
            ringed = self.currentIndex()
            index = ringed if ringed.isValid() else self.model().index(0, 0)
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)
        return selection.hasSelection()

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here, not the beginning of a name."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()


class WorklistPanel(QWidget):
    """The list with its chips, and what is said when it is empty.

    Signals:
        opened: the row a person chose (Row).
        entered: the keyboard goes from the list to the patient.
        chip_chosen: key of the chip that narrows the list (str).
        order_wanted: the rows are to be put in order, new ones among them.
        elsewhere_wanted: the search is to go through all patients.
        everybody_wanted: the list is not to be narrowed any more.
        order_why_wanted: why the list is in this order is to be explained.
    """

    opened = Signal(object)
    entered = Signal()
    chip_chosen = Signal(str)
    order_wanted = Signal()
    elsewhere_wanted = Signal()
    everybody_wanted = Signal()
    order_why_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("pane", "list")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = PlainLabel(role="heading")
        self._total = PlainLabel(role="muted")
        self._why = QPushButton("?")
        self._why.setProperty("kind", "round")
        self._why.setAccessibleName(self.tr("Why this order"))
        self._why.setToolTip(self.tr("Why the list is in this order (?)"))
        self._chips = Chips(self.tr("Narrow the list"), 5)
        self._news = QPushButton()
        self._news.setProperty("kind", "news")
        self._news.hide()
        self.list = self._make_list(theme)
        self._narrowed = _Narrowed()
        self._empty = PlainLabel(role="placeholder")
        self._empty.setWordWrap(True)
        self._elsewhere = QPushButton(self.tr("Search all patients"))
        self._view = ("", "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(self._make_top())
        column.addWidget(self._narrowed)
        column.addWidget(self._news)
        self._body = QStackedLayout()
        column.addLayout(self._body, 1)
        self._body.addWidget(self.list)
        self._body.addWidget(self._make_empty())
        self._connect()

    def show_state(self, state: ListState, selected: str) -> None:
        """Show a list; `selected` is the key of the row that is open, "" for none."""
        self._title.setText(state.title)
        self._total.setText(state.total)
        self._why.setVisible(state.name == "worklist")
        labels = [
            Choice(c.key, c.label if c.count is None else f"{c.label} {c.count}")
            for c in state.chips
        ]
        self._chips.show_choices(labels, state.chosen)
        self._chips.setVisible(bool(labels))
        self._show_news(state)
        self._show_rows(state.rows, selected)
        self._narrowed.show_text(state.narrowed)
        if (state.name, state.narrowed) != self._view:
            self._view = (state.name, state.narrowed)
            self.list.scrollTo(self.list.currentIndex())
        self._empty.setText(state.empty)
        self._elsewhere.setVisible(state.elsewhere)
        self._body.setCurrentIndex(0 if state.rows else 1)
        if state.rows and self.window().focusWidget() is self:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_keyboard(self) -> None:
        """Give the keyboard to the rows; the panel keeps it for them while there are none.

        Whoever takes it from the panel in between is left alone when the rows come.
        """
        has_rows = self._body.currentWidget() is self.list
        (self.list if has_rows else self).setFocus(Qt.FocusReason.TabFocusReason)

    def enter(self) -> None:
        """Give the keyboard to the open row, opening the first where none is open."""
        if self._body.currentWidget() is self.list:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            self.list.open_something()

    def select(self, key: str) -> None:
        """Mark the row of that key as open, without telling anybody; "" for none."""
        model = self._model
        number = model.row_of(key)
        index = QModelIndex() if number is None else model.index(number)
        selection = self.list.selectionModel()
        selection.blockSignals(True)
        selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        selection.blockSignals(False)
        self.list.viewport().update()

    def _show_rows(self, rows: tuple[Row, ...], selected: str) -> None:
        scrolled = self.list.verticalScrollBar().value()
        self._model.show_rows(rows)
        current = self.list.currentIndex()
        if not current.isValid() or current.data(ROW).key != selected:
            self.select(selected)
        self.list.doItemsLayout()
        self.list.verticalScrollBar().setValue(scrolled)

    def _show_news(self, state: ListState) -> None:
        if state.worst is not None:
            words = self.tr("{n} new, {worst}: {name} ↑")
            text = words.format(n=state.news, worst=state.worst.words, name=state.worst.name)
        elif state.news:
            text = self.tr("{n} new ↑").format(n=state.news)
        else:
            text = self.tr("The order has changed ↑")
        self._news.setText(text.replace("&", "&&"))  # one "&" would underline the next letter
        urgent = state.worst.priority if state.worst is not None else None
        self._news.setProperty("urgent", urgent.value if urgent else "")
        restyle(self._news)
        self._news.setToolTip(self.tr("Put the list in order (F5)"))
        self._news.setVisible(bool(state.news or state.moved))

    def _make_list(self, theme: Theme) -> RowList:
        made = RowList()
        self._model = RowModel()
        made.setModel(self._model)
        made.setItemDelegate(RowDelegate(theme, made))
        made.setAccessibleName(self.tr("Patients"))
        made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setTabKeyNavigation(False)
        made.setMouseTracking(True)
        return made

    def _make_top(self) -> QVBoxLayout:
        top = QVBoxLayout()
        top.setContentsMargins(16, 13, 14, 11)
        top.setSpacing(9)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._title)
        line.addWidget(self._why)
        line.addStretch(1)
        line.addWidget(self._total)
        top.addLayout(line)
        top.addWidget(self._chips)
        return top

    def _make_empty(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 24, 16, 16)
        column.addWidget(self._empty)
        column.addWidget(self._elsewhere, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return page

    def _connect(self) -> None:
        self.list.selectionModel().selectionChanged.connect(self._tell_opened)
        self.list.entered.connect(self.entered)
        self._chips.chosen.connect(self.chip_chosen)
        self._news.clicked.connect(self.order_wanted)
        self._why.clicked.connect(self.order_why_wanted)
        self._elsewhere.clicked.connect(self.elsewhere_wanted)
        self._narrowed.everybody_wanted.connect(self.everybody_wanted)

    def _tell_opened(self, chosen: QItemSelection) -> None:
        for index in chosen.indexes():
            self.opened.emit(index.data(ROW))


class _Narrowed(QWidget):
    """Says that not everybody is shown, and shows everybody when asked to.

    Signals:
        everybody_wanted: the button was pressed.
    """

    everybody_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("bar", "narrowed")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._text = PlainLabel()
        self._text.setWordWrap(True)
        button = QPushButton(self.tr("Show all"))
        button.clicked.connect(self.everybody_wanted)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 6, 14, 6)
        line.addWidget(self._text, 1)
        line.addWidget(button)
        self.hide()

    def show_text(self, text: str) -> None:
        """Say `text`; "" where everybody is shown."""
        self._text.setText(text)
        self.setVisible(bool(text))
