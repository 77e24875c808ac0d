"""The list at the left: who needs attention, or everybody, in an order that keeps still."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from monitor.ui.shared.restyling import restyle
from monitor.ui.shared.text_size import follow_text_size
from monitor.ui.shared.theme import Theme
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.screens.needs_board import NeedsBoard
from monitor.ui.station.screens.row_delegate import RowDelegate
from monitor.ui.station.screens.row_model import ROW, RowModel
from monitor.ui.station.views import ListState, SparkLine

_RESTS_AFTER_MS = 5_000
"""A mouse that lies still for so long holds no row any more."""
_FIRST = {
    Qt.Key.Key_Down: True,
    Qt.Key.Key_Up: True,
    Qt.Key.Key_Home: True,
    Qt.Key.Key_End: False,
}
"""Which row a key opens while none is open: the first, or the last."""
_STEPS = {Qt.Key.Key_J: Qt.Key.Key_Down, Qt.Key.Key_K: Qt.Key.Key_Up}


class RowList(QListView):
    """The rows; j and k go down and up as the arrows do.

    Signals:
        entered: Enter was pressed on the open row; the keyboard goes to the patient.
        pointed: the key of the row that the mouse is on, "" once it has rested or gone (str).
        looked_at: other rows may be in view.
    """

    entered = Signal()
    pointed = Signal(str)
    looked_at = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_RESTS_AFTER_MS)
        self._resting.timeout.connect(lambda: self.pointed.emit(""))
        self.verticalScrollBar().valueChanged.connect(self.looked_at)

    def event(self, event: QEvent) -> bool:
        # Here j and k walk; elsewhere K makes a desk slip, and whoever walks must not.
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if plain and Qt.Key(event.key()) in _STEPS:
                event.accept()
                return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        self.pointed.emit(index.data(ROW).key if index.isValid() else "")
        self._resting.start()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._resting.stop()
        self.pointed.emit("")

    def in_view(self) -> range:
        """The numbers of the rows of which something is seen."""
        count = self.model().rowCount()
        if not count:
            return range(0)
        height = max(1, self.sizeHintForRow(0))
        top = self.verticalScrollBar().value()
        return range(top // height, min(count, (top + self.viewport().height()) // height + 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.open_something():
                self.entered.emit()
            return
        if (step := _STEPS.get(Qt.Key(event.key()))) is not None:
            event = QKeyEvent(event.type(), step, event.modifiers())
        is_first = _FIRST.get(Qt.Key(event.key()))
        if is_first is not None and not self.selectionModel().hasSelection():
            last = self.model().rowCount() - 1
            self.setCurrentIndex(self.model().index(0 if is_first else last, 0))
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
        """A bar that comes above the list must not push the open row out of view."""
        super().resizeEvent(event)
        row = self.visualRect(self.currentIndex())
        if row.isValid() and row.top() >= 0 and row.bottom() <= event.oldSize().height():
            self.scrollTo(self.currentIndex())
        self.looked_at.emit()


class WorklistPanel(QWidget):
    """The board of needs, the list that is chosen there, and what is said when it is empty.

    Signals:
        opened: the row a person chose (Row).
        entered: the keyboard goes from the list to the patient.
        list_chosen: key of the list that is to be shown (str).
        order_wanted: the rows are to be put in order, new ones among them.
        everybody_wanted: the whole worklist is to be shown.
        order_why_wanted: why the list is in this order is to be explained.
        more_wanted: the next rows of a long list are to be read.
        sparks_wanted: the small charts of these names are to be read (tuple of `Row.spark`).
        pointed: the key of the row that the mouse is on, "" for none (str).
        register_wanted, kiosk_wanted: a first step of a clinic in which nobody is followed yet.
        import_wanted: a list of patients is to be read in.
    """

    opened = Signal(object)
    entered = Signal()
    list_chosen = Signal(str)
    order_wanted = Signal()
    everybody_wanted = Signal()
    order_why_wanted = Signal()
    more_wanted = Signal()
    sparks_wanted = Signal(object)
    pointed = Signal(str)
    register_wanted = Signal()
    import_wanted = Signal()
    kiosk_wanted = Signal()

    def __init__(
        self, theme: Theme, hints: dict[str, str] | None = None, parent: QWidget | None = None
    ) -> None:
        """hints: what to press for each list of the board, by its key."""
        super().__init__(parent)
        self.setProperty("pane", "list")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = PlainLabel(role="heading")
        self._title.setWordWrap(True)
        self._total = PlainLabel(role="muted")
        self.board = NeedsBoard(theme, hints or {})
        self._news = QPushButton()
        self._news.setProperty("kind", "news")
        self._news.hide()
        self.list = self._make_list(theme)
        self._narrowed = _Narrowed()
        self._empty = PlainLabel(role="placeholder")
        self._empty.setWordWrap(True)
        self._steps = _FirstSteps()
        self._view = ("", "")
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.timeout.connect(self._want_sparks)
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
        self.register_button = QPushButton(self.tr("Register a patient  Ctrl+N"))
        self.register_button.setProperty("kind", "link")
        self.register_button.setAccessibleName(self.tr("Register a patient"))
        column.addWidget(self.register_button)
        self.import_button = QPushButton(self.tr("Import a list of patients  g i"))
        self.import_button.setProperty("kind", "link")
        self.import_button.setAccessibleName(self.tr("Import a list of patients"))
        column.addWidget(self.import_button)
        self._may_register, self._may_import = True, False
        self._connect()

    def show_state(self, state: ListState, selected: str) -> None:
        """Show a list; `selected` is the key of the row that is open, "" for none."""
        self._title.setText(state.title)
        self._total.setText(state.total)
        self._heading.setVisible(bool(state.query))
        self.board.show_needs(state.needs, "" if state.query else state.name)
        self._show_news(state)
        self._show_rows(state, selected)
        self._narrowed.show_text(state.narrowed)
        if (state.name, state.query) != self._view:
            self._view = (state.name, state.query)
            self.list.scrollTo(self.list.currentIndex())
        self._empty.setText(state.empty)
        self._steps.setVisible(self._may_register and state.is_first_run)
        self.register_button.setVisible(self._may_register and state.name == "patients")
        self.import_button.setVisible(self._may_import and state.name == "patients")
        self._body.setCurrentIndex(0 if state.rows else 1)
        if state.rows and self.window().focusWidget() is self:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self._looking.start()

    def offer(self, commands: Collection[str]) -> None:
        """Offer only those commands that there are, from the next list that is shown."""
        self._may_register = "register" in commands
        self._may_import = "import" in commands

    def show_sparks(self, sparks: Mapping[Hashable, SparkLine]) -> None:
        """Paint small charts that were wanted."""
        self._model.show_sparks(sparks)

    def take_keyboard(self) -> None:
        """Give the keyboard to the rows; the panel keeps it for them while there are none.

        Whoever takes it from the panel in between is left alone when the rows come.
        """
        has_rows = self._body.currentWidget() is self.list
        (self.list if has_rows else self).setFocus(Qt.FocusReason.TabFocusReason)

    def open_first(self) -> None:
        """Give the keyboard to the rows and open the first of them, where there is one."""
        if self._body.currentWidget() is self.list:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
            self.list.selectionModel().setCurrentIndex(
                self._model.index(0), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

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

    def _show_rows(self, state: ListState, selected: str) -> None:
        scrolled = self.list.verticalScrollBar().value()
        self._model.show_rows(state.rows, state.has_more)
        current = self.list.currentIndex()
        if not current.isValid() or current.data(ROW).key != selected:
            self.select(selected)
        self.list.doItemsLayout()
        self.list.verticalScrollBar().setValue(scrolled)

    def _want_sparks(self) -> None:
        if names := self._model.unknown_sparks(self.list.in_view()):
            self.sparks_wanted.emit(names)

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
        rows = RowDelegate(theme, made)
        made.setItemDelegate(rows)
        follow_text_size(made, rows.follow)
        made.setAccessibleName(self.tr("Patients"))
        made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setTabKeyNavigation(False)
        made.setUniformItemSizes(True)
        made.setMouseTracking(True)
        return made

    def _make_top(self) -> QVBoxLayout:
        top = QVBoxLayout()
        top.setContentsMargins(10, 9, 10, 9)
        top.setSpacing(8)
        top.addWidget(self.board)
        self._heading = QWidget()
        line = QHBoxLayout(self._heading)
        line.setContentsMargins(8, 0, 8, 0)
        line.addWidget(self._title, 1)
        line.addWidget(self._total)
        top.addWidget(self._heading)
        return top

    def _make_empty(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(18, 22, 16, 16)
        column.setSpacing(14)
        column.addWidget(self._empty)
        column.addWidget(self._steps)
        column.addStretch(1)
        return page

    def _connect(self) -> None:
        self.list.selectionModel().selectionChanged.connect(self._tell_opened)
        self.list.entered.connect(self.entered)
        self.list.pointed.connect(self.pointed)
        self.list.looked_at.connect(self._looking.start)
        self._model.more_wanted.connect(self.more_wanted)
        self.board.chosen.connect(self.list_chosen)
        self.board.entered.connect(self.take_keyboard)
        self._news.clicked.connect(self.order_wanted)
        self.board.why_wanted.connect(self.order_why_wanted)
        self._steps.register_wanted.connect(self.register_wanted)
        self.register_button.clicked.connect(self.register_wanted)
        self.import_button.clicked.connect(self.import_wanted)
        self._steps.kiosk_wanted.connect(self.kiosk_wanted)
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


class _FirstSteps(QWidget):
    """What to do in a clinic in which nobody is followed yet.

    Signals:
        register_wanted, kiosk_wanted: the step was chosen.
    """

    register_wanted = Signal()
    kiosk_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(1, 1)
        register = QPushButton(self.tr("Register a patient"))
        register.setProperty("kind", "primary")
        register.clicked.connect(self.register_wanted)
        kiosk = QPushButton(self.tr("Open the kiosk"))
        kiosk.clicked.connect(self.kiosk_wanted)
        demo = PlainLabel(
            self.tr(
                "To look around first: “rootwatch demo” starts a clinic of invented patients, "
                "beside this one."
            )
        )
        demo.setWordWrap(True)
        for number, widget in enumerate((register, kiosk, demo)):
            grid.addWidget(PlainLabel(f"{number + 1}", "strong"), number, 0)
            side = Qt.AlignmentFlag.AlignLeft if widget is not demo else Qt.AlignmentFlag(0)
            grid.addWidget(widget, number, 1, side)
        self.hide()
