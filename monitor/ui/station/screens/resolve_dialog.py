"""Closes an alert with what came of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QRadioButton, QWidget

from monitor.ui.station.screens.action_dialog import ActionDialog
from monitor.ui.station.views import Card, Draft

_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Left: -1,
}


class ResolveDialog(ActionDialog):
    """Asks what came of an alert, and for a note; none of the outcomes is chosen beforehand."""

    def __init__(self, card: Card, parent: QWidget | None = None) -> None:
        says = self.tr("What came of it? The alert is closed and leaves the list.")
        super().__init__(parent, "resolve", self.tr("Resolve"), says, self.tr("Note"))
        self._group = QButtonGroup(self)
        self._codes = [code for code, _words in card.outcomes]
        for number, (_code, words) in enumerate(card.outcomes):
            button = _Outcome(f"{words}  {number + 1}")
            button.setAccessibleName(words)
            self._group.addButton(button, number)
            self.body.addWidget(button)
        QWidget.setTabOrder(self._group.buttons()[-1], self.note)
        self._focus_missing()

    def restore(self, draft: Draft) -> None:
        super().restore(draft)
        if draft.outcome in self._codes:
            button = self._group.button(self._codes.index(draft.outcome))
            button.setChecked(True)
            button.setFocus(Qt.FocusReason.TabFocusReason)

    def _missing(self) -> str:
        return "" if self._outcome() else self.tr("Choose what came of it.")

    def _focus_missing(self) -> None:
        self._group.buttons()[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _outcome(self) -> str:
        number = self._group.checkedId()
        return self._codes[number] if number >= 0 else ""


class _Outcome(QRadioButton):
    """One outcome; digits and arrows choose, where Qt would only go from one to the next.

    Qt chooses on the way only once something is chosen; a ring that looks like a choice and
    is none would have Enter refused.
    """

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        group = self.group()
        number = int(event.text()) - 1 if event.text().isdecimal() else -1
        if group is not None and 0 <= number < len(group.buttons()):
            _choose(group.buttons()[number])
        elif group is not None and step is not None:
            buttons = group.buttons()
            chosen = group.checkedId()
            start = chosen if chosen >= 0 else min(-step, 0)
            _choose(buttons[(start + step) % len(buttons)])
        else:
            super().keyPressEvent(event)


def _choose(button: QAbstractButton) -> None:
    button.setFocus(Qt.FocusReason.TabFocusReason)
    button.click()
