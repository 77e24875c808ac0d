"""The bar at the top: which list, the search, the kiosk, and who is acting."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from monitor.ui.shared.text_size import follow_text_size
from monitor.ui.shared.widgets.flow_layout import FlowLayout
from monitor.ui.station.screens.me_button import MeButton

_HEIGHT = 50
_SEARCH_WIDTH = 300
_GROWS = 0.2
"""With text twice as large a line needs so much more of its height."""


class SearchField(QLineEdit):
    """The field for a name or number; Esc empties it.

    Signals:
        left: the person gave the search up and wants the list (Esc).
        entered: the person wants what was found (Enter, arrow down).
    """

    left = Signal()
    entered = Signal()

    def event(self, event: QEvent) -> bool:
        # Without this the window's own Esc would take the key before it comes here.
        is_override = event.type() is QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class Header(QWidget):
    """The station's top bar.

    Signals:
        list_chosen: the key of the list to bring to the front (str).
        searched: what stands in the search field now (str).
        search_left: the search was given up; the keyboard goes to the list.
        search_entered: the keyboard goes to what was found.
        kiosk_wanted: the kiosk is to be opened.
        me_wanted: something is to be done for whoever is signed in (MeChoice).
    """

    list_chosen = Signal(str)
    searched = Signal(str)
    search_left = Signal()
    search_entered = Signal()
    kiosk_wanted = Signal()
    me_wanted = Signal(str)

    def __init__(
        self,
        lists: tuple[tuple[str, str], ...],
        clinic_name: str,
        actor: str,
        parent: QWidget | None = None,
    ) -> None:
        """lists: (key, title) in order."""
        super().__init__(parent)
        self.setProperty("bar", "header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        whole = FlowLayout(0, self, spread=True)
        whole.setContentsMargins(20, 0, 20, 0)
        self._left, self._right = QWidget(), QWidget()
        for half in (self._left, self._right):
            whole.addWidget(half)
        row = QHBoxLayout(self._left)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        brand = QLabel("Rootwatch")
        brand.setProperty("role", "brand")
        row.addWidget(brand)
        row.addSpacing(16)
        self._titles = dict(lists)
        self._tabs: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        for key, title in lists:
            row.addWidget(self._tab(key, title))
        row = QHBoxLayout(self._right)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        self.search = self._search_field()
        self.me = MeButton(clinic_name, actor)
        self.me.chosen.connect(self.me_wanted)
        for widget in (self.search, self._kiosk_button(), self.me):
            row.addWidget(widget)
        follow_text_size(self, self._follow)

    def _follow(self, scale: float) -> None:
        """With larger text the two halves stand one below the other."""
        for half in (self._left, self._right):
            half.setFixedHeight(round(_HEIGHT * (1 + _GROWS * (scale - 1))))
        self.search.setFixedWidth(round(_SEARCH_WIDTH * scale))

    def show_list(self, key: str, counts: dict[str, int]) -> None:
        """Mark the list in front; `counts` stand behind the titles of the lists they name."""
        for name, tab in self._tabs.items():
            title = self._titles[name]
            tab.setText(f"{title} {counts[name]}" if name in counts else title)
            tab.setChecked(name == key)

    def open_me(self) -> None:
        """Open the menu of whoever is signed in."""
        self.me.showMenu()

    def _tab(self, key: str, title: str) -> QPushButton:
        tab = QPushButton(title)
        tab.setCheckable(True)
        tab.setProperty("kind", "tab")
        tab.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        tab.clicked.connect(lambda: self.list_chosen.emit(key))
        self._group.addButton(tab)
        self._tabs[key] = tab
        return tab

    def _search_field(self) -> SearchField:
        field = SearchField()
        field.setPlaceholderText(self.tr("Find by name or number   /"))
        field.setAccessibleName(self.tr("Find a patient by name or number"))
        field.setClearButtonEnabled(True)
        field.textChanged.connect(self.searched)
        field.left.connect(self.search_left)
        field.entered.connect(self.search_entered)
        return field

    def _kiosk_button(self) -> QPushButton:
        button = QPushButton(self.tr("Open kiosk"))
        button.setToolTip(self.tr("Open the patients' kiosk in a second window"))
        button.clicked.connect(self.kiosk_wanted)
        return button
