"""The fields for what is known of a person."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from monitor.ui.station.forms import Choices, PatientTyped
from monitor.ui.station.screens.arrow_fields import ArrowBox
from monitor.ui.station.screens.date_field import DateField, Said
from monitor.ui.station.screens.form_field import FormField
from monitor.ui.station.typed_dates import birth_dates

_GAP = 14
BORN = dt.date(1970, 1, 31)
"""The date of birth that stands as an example."""


class PatientFields(QWidget):
    """Name, number, date of birth and what is needed to talk to somebody.

    Signals:
        changed: something else stands in one of the fields.
    """

    changed = Signal()

    def __init__(
        self, typed: PatientTyped, sexes: Choices, languages: Choices, said: Said, today: dt.date
    ) -> None:
        """said: how the date of birth is said back."""
        super().__init__()
        self.family_name, self.given_name = QLineEdit(), QLineEdit()
        self.number, self.phone, self.remark = QLineEdit(), QLineEdit(), QLineEdit()
        self.remark.setPlaceholderText(self.tr("Such as: deaf in the left ear"))
        self.birth_date = DateField(lambda text: birth_dates(text, today), said, BORN)
        self.sex, self.language = box_of(sexes), box_of(languages)
        self.fields = {
            "family_name": FormField(self.tr("Family name"), self.family_name),
            "given_name": FormField(self.tr("Given name"), self.given_name),
            "number": FormField(self.tr("Clinic number"), self.number),
            "sex": FormField(self.tr("Sex"), self.sex),
            "birth_date": FormField(self.tr("Date of birth"), self.birth_date),
            "phone": FormField(self.tr("Phone"), self.phone),
            "language": FormField(self.tr("Language at the kiosk"), self.language),
            "remark": FormField(self.tr("To know before talking to them"), self.remark),
        }
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.fields["family_name"])
        column.addWidget(self.fields["given_name"])
        column.addLayout(beside(self.fields["number"], self.fields["sex"]))
        column.addWidget(self.fields["birth_date"])
        column.addLayout(beside(self.fields["phone"], self.fields["language"]))
        column.addWidget(self.fields["remark"])
        column.addStretch(1)
        self.show_typed(typed)
        for line in (self.family_name, self.given_name, self.number, self.phone, self.remark):
            line.textChanged.connect(self.changed)
        self.birth_date.changed.connect(self.changed)
        for box in (self.sex, self.language):
            box.currentIndexChanged.connect(self.changed)

    def show_typed(self, typed: PatientTyped) -> None:
        """Put in what was typed, or is known."""
        self.family_name.setText(typed.family_name)
        self.given_name.setText(typed.given_name)
        self.number.setText(typed.number)
        self.birth_date.setText(typed.birth_date)
        self.phone.setText(typed.phone)
        self.remark.setText(typed.remark)
        for line in (self.family_name, self.given_name, self.remark):
            line.setCursorPosition(0)  # a long name is known by its beginning
        self.sex.setCurrentIndex(self.sex.findData(typed.sex))
        self.language.setCurrentIndex(self.language.findData(typed.language))

    def typed(self) -> PatientTyped:
        """What stands in the fields."""
        return PatientTyped(
            family_name=self.family_name.text().strip(),
            given_name=self.given_name.text().strip(),
            number=self.number.text().strip(),
            birth_date=self.birth_date.text().strip(),
            sex=str(self.sex.currentData() or ""),
            phone=self.phone.text().strip(),
            language=str(self.language.currentData() or ""),
            remark=self.remark.text().strip(),
        )


def box_of(choices: Choices, asks: str = "") -> ArrowBox:
    """A list of (code, words) to choose from; with `asks` none is chosen beforehand."""
    box = ArrowBox()
    for code, words in choices:
        box.addItem(words, code)
    if asks:
        box.setPlaceholderText(asks)
        box.setCurrentIndex(-1)
    # As wide as there is room: the longest entry is not what the form is built around.
    box.setSizeAdjustPolicy(ArrowBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(6)
    return box


def beside(*fields: QWidget) -> QHBoxLayout:
    """Short fields on one line, of one width, their tops in line."""
    line = QHBoxLayout()
    line.setSpacing(_GAP)
    for field in fields:
        holder = QVBoxLayout()
        holder.addWidget(field)
        holder.addStretch(1)
        line.addLayout(holder, 1)
    return line
