"""A field with its name above it, what it was understood as and what is wrong with it below."""

from __future__ import annotations

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from monitor.ui.shared.restyling import restyle
from monitor.ui.shared.widgets.choices import Choices
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.screens.date_field import DateField


class FormField(QWidget):
    """Shows a fault beside what it is about, so that all of them can be seen at once."""

    def __init__(self, name: str, field: QWidget) -> None:
        super().__init__()
        self.field = field
        self.name = name
        field.setAccessibleName(name)
        self._fault = PlainLabel(role="field fault")
        self._fault.setWordWrap(True)
        self._fault.hide()
        label = PlainLabel(name, "muted")
        label.setWordWrap(True)
        label.setBuddy(field)
        _edited(field).connect(lambda: self.show_fault(""))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(label)
        column.addWidget(field)
        column.addWidget(self._fault)

    @property
    def fault(self) -> str:
        """What is wrong with it, "" for nothing."""
        return self._fault.text()

    def show_fault(self, text: str) -> None:
        """Say what is wrong with it, until something else stands in it; "" for nothing."""
        if text == self.fault:
            return
        self._fault.setText(text)
        self._fault.setVisible(bool(text))
        self.field.setProperty("wrong", str(bool(text)).lower())
        for widget in (self.field, *self.field.findChildren(QLineEdit)):
            restyle(widget)
        # Read with the field by screen readers, which do not see what stands below it.
        self.field.setAccessibleDescription(text)


def _edited(field: QWidget) -> SignalInstance:
    """Tells that something else stands in a field: what was wrong with it need not be any more."""
    if isinstance(field, DateField):
        return field.changed
    if isinstance(field, Choices):
        return field.chosen
    if isinstance(field, QComboBox):
        return field.currentIndexChanged
    if isinstance(field, (QLineEdit, QPlainTextEdit)):
        return field.textChanged
    raise TypeError(f"no field to type or choose in: {field}")
