"""What a patient may choose for eyes, hands and ears: one page, and each touch acts at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from monitor.ui.kiosk.comfort import CAPITALS_MM, HOLD_MS, Comfort, Hand
from monitor.ui.kiosk.measures import Measures
from monitor.ui.kiosk.screens.frame import Heading, Screen, keep_place
from monitor.ui.kiosk.screens.parts import (
    ABOVE,
    BELOW,
    LEFT,
    LINE,
    FittedText,
    Key,
    Look,
    direction_of,
    even_out,
)
from monitor.ui.shared.theme import Contrast

translate = QCoreApplication.translate

Value = TypeVar("Value")


@dataclass(frozen=True)
class ComfortState:
    """What is chosen now, and what there is to choose from.

    `languages`: code and own name of each; not shown if there is only one. `voice_available`:
    this kiosk can read aloud. `draft_translation`: the questions in the language chosen are not
    approved yet, which is said.
    """

    comfort: Comfort
    languages: tuple[tuple[str, str], ...]
    voice_available: bool
    draft_translation: bool = False


class SizeKey(Key):
    """A key with the letter A in the size that it chooses."""

    def __init__(self, measures: Measures, index: int, name: str) -> None:
        own = replace(measures, comfort=replace(measures.comfort, text_size=index))
        super().__init__(own, checkable=True)
        self.show_text("A", name)


class ContrastKey(Key):
    """A key painted in the colours that it chooses."""

    def __init__(self, measures: Measures, contrast: Contrast) -> None:
        sample = replace(measures, theme=measures.theme.on_face("kiosk", contrast))
        super().__init__(sample, checkable=True)

    def _colours(self) -> tuple[str, str, str]:
        theme = self._measures.theme
        return theme.paper, theme.accent if self.isChecked() else theme.edge, theme.ink

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isChecked():
            with QPainter(self) as painter:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                width = self._measures.floor / 10
                painter.setPen(QPen(QColor(self._measures.theme.accent), width))
                inside = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
                radius = self._measures.size("radius")
                painter.drawRoundedRect(inside, radius, radius)


class ComfortScreen(Screen):
    """Signals: chosen, with the Comfort that a touch has made; went_on, by Done."""

    chosen = Signal(object)

    def __init__(self, measures: Measures) -> None:
        super().__init__(measures)
        self._comfort = measures.comfort
        self._labels: list[FittedText] = []
        self.heading = Heading(measures)
        self.draft = FittedText(measures, colour="muted", size="small", alignment=LEFT)
        self.draft.show_text(self.tr("Draft translation, not clinically validated."))
        self.languages: dict[str, Key] = {}
        self.sizes = self._size_keys()
        self.contrasts = self._contrast_keys()
        self.hands = self._hand_keys()
        self.holds = self._hold_keys()
        self.sounds = self._sound_keys()
        self.done = Key(measures, Look.PRIMARY, wide=measures.target(70))
        self.done.show_text(self.tr("Done"))
        self.done.clicked.connect(self.went_on)
        self.done.setFixedHeight(measures.target(21))
        self._row_of_languages = self._row()
        self._lay_out()

    def _size_keys(self) -> dict[int, Key]:
        names = (
            self.tr("Small text"),
            self.tr("Usual text"),
            self.tr("Large text"),
            self.tr("Largest text"),
        )
        keys: dict[int, Key] = {
            index: SizeKey(self.measures, index, names[index]) for index in range(len(CAPITALS_MM))
        }
        return self._choosing("text_size", keys)

    def _contrast_keys(self) -> dict[Contrast, Key]:
        keys: dict[Contrast, Key] = {
            "light": ContrastKey(self.measures, "light"),
            "dark": ContrastKey(self.measures, "dark"),
        }
        keys["light"].show_text(self.tr("Light"))
        keys["dark"].show_text(self.tr("Dark"))
        return self._choosing("contrast", keys)

    def _hand_keys(self) -> dict[Hand, Key]:
        keys: dict[Hand, Key] = {
            "left": Key(self.measures, checkable=True),
            "right": Key(self.measures, checkable=True),
        }
        keys["left"].show_text(self.tr("Left"), self.tr("I use my left hand"))
        keys["right"].show_text(self.tr("Right"), self.tr("I use my right hand"))
        return self._choosing("hand", keys)

    def _hold_keys(self) -> dict[int, Key]:
        keys = {hold_ms: Key(self.measures, checkable=True) for hold_ms in HOLD_MS}
        for hold_ms, key in keys.items():
            seconds = self.locale().toString(hold_ms / 1000, "f", 1)
            text = self.tr("{seconds} s").format(seconds=seconds) if hold_ms else self.tr("Off")
            key.show_text(text)
        return self._choosing("hold_ms", keys)

    def _sound_keys(self) -> dict[bool, Key]:
        keys = {sound: Key(self.measures, checkable=True) for sound in (True, False)}
        keys[True].show_text(self.tr("On"))
        keys[False].show_text(self.tr("Off"))
        return self._choosing("sound", keys)

    def _choosing(self, field: str, keys: dict[Value, Key]) -> dict[Value, Key]:
        """Let each key choose its value for a field of the comfort."""
        for value, key in keys.items():
            key.setFixedHeight(self.measures.floor)
            key.clicked.connect(lambda _, value=value: self._choose(field, value))
        return keys

    def _choose(self, field: str, value: object) -> None:
        self._comfort = replace(self._comfort, **{field: value})  # type: ignore[arg-type]
        self._mark()
        self.chosen.emit(self._comfort)

    def _row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.measures.gap)
        return row

    def _group(self, words: str, keys: Sequence[Key]) -> QVBoxLayout:
        """Keys beside each other under a few words."""
        label = FittedText(self.measures, size="small", colour="muted", alignment=LEFT)
        label.show_text(words)
        self._labels.append(label)
        beside = QWidget()
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.measures.gap)
        for key in keys:
            row.addWidget(key, 1)
        if keys[0] in self.hands.values():
            beside.setLayoutDirection(direction_of(from_right=False))  # each on its own side
        group = QVBoxLayout()
        group.setSpacing(0)
        group.addWidget(label)
        group.addWidget(beside)
        return group

    def _lay_out(self) -> None:
        measures = self.measures
        looks, touch = self._row(), self._row()
        for row in (looks, touch):
            row.setSpacing(max(measures.px(9), measures.gap))
        looks.addLayout(self._group(self.tr("Size of the text"), [*self.sizes.values()]), 4)
        looks.addLayout(self._group(self.tr("Colours"), [*self.contrasts.values()]), 3)
        looks.addLayout(self._group(self.tr("Your hand"), [*self.hands.values()]), 3)
        hold = self.tr("Hold a key until it counts")
        touch.addLayout(self._group(hold, [*self.holds.values()]), 6)
        touch.addLayout(self._group(translate("Kiosk", "Read aloud"), [*self.sounds.values()]), 3)
        bottom = self._row()
        keep_place(self.draft)
        bottom.addWidget(self.draft, 1)
        bottom.addWidget(self.done)
        self.order_by_hand(bottom)
        self._column = QVBoxLayout(self)
        side = measures.size("margin")
        self._column.setContentsMargins(side, measures.px(2), side, measures.px(6.4))
        self._column.setSpacing(0)
        self._column.addWidget(self.heading)
        self._column.addSpacing(measures.gap)
        for row in (self._row_of_languages, looks):
            self._column.addLayout(row)
            self._column.addStretch(1)
            self._column.addSpacing(self._between())
        self._column.addLayout(touch)
        self._column.addSpacing(measures.gap)
        self._column.addLayout(bottom)

    def _between(self) -> int:
        """What is between rows at least: their labels already keep most of them apart."""
        return self.measures.px(1)

    def show(self, state: ComfortState) -> None:  # type: ignore[override]
        """Show what is chosen."""
        self._comfort = state.comfort
        self.heading.show_texts(
            self.tr("Language and comfort"), self.tr("What you touch is changed at once.")
        )
        self._make_languages(state.languages)
        for key in self.sounds.values():
            key.setVisible(state.voice_available)
        self._labels[-1].setVisible(state.voice_available)
        self.draft.setVisible(state.draft_translation)
        self._mark()
        self._place()

    def _mark(self) -> None:
        """Fill the key of each choice that holds."""
        chosen: tuple[tuple[dict[Any, Key], object], ...] = (
            (self.languages, self._comfort.language),
            (self.sizes, self._comfort.text_size),
            (self.contrasts, self._comfort.contrast),
            (self.hands, self._comfort.hand),
            (self.holds, self._comfort.hold_ms),
            (self.sounds, self._comfort.sound),
        )
        for keys, value in chosen:
            for own, key in keys.items():
                key.setChecked(own == value)

    def _make_languages(self, languages: tuple[tuple[str, str], ...]) -> None:
        shown = languages if len(languages) > 1 else ()
        if tuple(self.languages) == tuple(code for code, _ in shown):
            return
        for key in self.languages.values():
            self._row_of_languages.removeWidget(key)
            key.hide()
            key.deleteLater()
        keys = {}
        for code, name in shown:
            key = keys[code] = Key(self.measures, checkable=True)
            key.show_text(name)
            self._row_of_languages.addWidget(key, 1)
            key.show()  # at once, or the layout does not count it yet
        self.languages = self._choosing("language", keys)
        self.order_for_tab(*keys.values(), *self.sizes.values())

    def _place(self) -> None:
        """Keep all that can be touched below the upper third."""
        margins = self._column.contentsMargins()
        wide = self.width() - margins.left() - margins.right()
        above = margins.top() + self.measures.gap
        self.heading.take(wide, max(1, self.touch_top() - above))
        for label in self._labels:
            label.setFixedHeight(self._label_height())
        self._column.activate()
        even_out(self._labels)
        for keys in (self.languages, self.contrasts, self.hands, self.holds, self.sounds):
            even_out(keys.values())

    def _label_height(self) -> int:
        """A line, as high as two of them leave between the rows of keys."""
        measures = self.measures
        keys = 3 * measures.floor + self.done.height() + 3 * measures.gap
        beside = self.height() - self.touch_top() - self._column.contentsMargins().bottom() - keys
        least, wished = measures.least_text, measures.text("small")
        return max(round(min(wished * LINE, beside // 2)), math.ceil(least * (ABOVE + BELOW)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
