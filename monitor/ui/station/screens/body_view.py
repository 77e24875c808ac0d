"""The body map of one patient, report by report, with the places in words beside it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSlider,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from monitor.ui.shared.text_size import follow_text_size, text_scale
from monitor.ui.shared.theme import Theme
from monitor.ui.shared.widgets.choices import Choice, Segments
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.page_views import MapFrame, MapState
from monitor.ui.station.screens.body_figures import BodyFigures

PLAY_MS = 900
"""How long each report stands while they are played."""
_NARROW, _BROAD = 292, 400
_BROAD_FROM = 1100
_SIDE_BY_SIDE = 1.25
"""With text larger than this the words stand below the figures."""
_WORDS_HEIGHT, _ANY = 120, 16_777_215


class BodyView(QWidget):
    """One map with a slider from report to report, the oldest at the left.

    Left and right step from report to report, Home and End go to the first and the last; Space
    plays them from the oldest to the newest.

    Signals:
        report_wanted: the id of the report that is to be shown whole (str).
    """

    report_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._maps: tuple[MapState, ...] = ()
        self._map: MapState | None = None
        self._frame: MapFrame | None = None
        self._owner = ""
        self.items = Segments(self.tr("What is drawn"))
        self.figures = BodyFigures(theme)
        self.title = PlainLabel(role="strong")
        self.place = PlainLabel(role="muted")
        self.changed = PlainLabel()
        self.changed.setWordWrap(True)
        self.changed.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setPageStep(1)
        self.slider.setAccessibleName(self.tr("Report: left and right step from one to the next"))
        self.play = QPushButton(self.tr("Play  Space"))
        self.play.setCheckable(True)
        self.play.setToolTip(self.tr("From the oldest report to the newest (Space)"))
        self.whole = QPushButton(self.tr("Whole report  Enter"))
        self._playing = QTimer(self, interval=PLAY_MS)
        self.lines = QGridLayout()
        self.lines.setHorizontalSpacing(0)
        self.lines.setVerticalSpacing(0)
        self._empty = PlainLabel(role="placeholder")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._lay_out()
        self._connect()

    def show_state(self, owner: str, maps: tuple[MapState, ...], empty: str) -> None:
        """Show a patient's maps; of somebody else, or with a new report, the newest report.

        owner: the episode they are of; empty: what to say where there is no report at all.
        """
        was_newest = self.slider.value() == self.slider.maximum()
        kept = self.slider.value() if owner == self._owner and not was_newest else None
        item = self._map.item if self._map and owner == self._owner else ""
        self._owner, self._maps = owner, maps
        self.items.setVisible(len(maps) > 1)
        chosen = next((one for one in maps if one.item == item), next(iter(maps), None))
        if chosen is not None:
            self.items.show_choices([Choice(m.item, m.title) for m in maps], chosen.item)
        self._empty.setText(empty or self.tr("No report has answered the body map."))
        self._show_map(chosen, kept)

    def take_keyboard(self) -> None:
        """Give the keyboard to the slider."""
        self.slider.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def frame(self) -> MapFrame | None:
        """The report on show."""
        return self._frame

    def _lay_out(self) -> None:
        steps = QHBoxLayout()
        steps.setSpacing(10)
        steps.addWidget(self.play)
        steps.addWidget(self.slider, 1)
        steps.addWidget(self.whole)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.title)
        head.addWidget(self.place)
        head.addStretch(1)
        head.addWidget(self.items)
        drawn = QVBoxLayout()
        drawn.setSpacing(6)
        drawn.addLayout(head)
        drawn.addWidget(self.figures, 1)
        note = PlainLabel(
            self.tr(
                "Left is the patient’s left in both views. Denser: a higher score. "
                "Thick outline: new since the report before."
            ),
            "small",
        )
        note.setWordWrap(True)
        drawn.addWidget(note)
        drawn.addLayout(steps)
        words = QWidget()
        words.setProperty("ground", "paper")
        column = QVBoxLayout(words)
        column.setContentsMargins(12, 0, 6, 0)
        column.setSpacing(10)
        column.addWidget(self.changed)
        column.addLayout(self.lines)
        column.addStretch(1)
        self._words = QScrollArea()
        self._words.setWidgetResizable(True)
        self._words.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._words.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._words.setWidget(words)
        page = QWidget()
        row = self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(drawn, 1)
        row.addWidget(self._words)
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(page)

    def _connect(self) -> None:
        self.items.chosen.connect(self._choose_item)
        self.slider.valueChanged.connect(self._show_frame)
        self.play.toggled.connect(self._set_playing)
        self._playing.timeout.connect(self._play_on)
        self.whole.clicked.connect(self._want_report)
        self.slider.installEventFilter(self)
        follow_text_size(self, self._share_out)

    def _choose_item(self, item: str) -> None:
        self._show_map(next(one for one in self._maps if one.item == item), None)

    def _show_map(self, one: MapState | None, kept: int | None) -> None:
        self._map = one
        self.play.setChecked(False)
        if one is None or not one.count:
            self._frame = None
            self._stack.setCurrentIndex(0)
            return
        last = one.count - 1
        at = last if kept is None else min(kept, last)
        self.slider.blockSignals(True)
        self.slider.setRange(0, last)
        self.slider.setValue(at)
        self.slider.blockSignals(False)
        self.slider.setEnabled(last > 0)
        self.play.setEnabled(last > 0)
        self._stack.setCurrentIndex(1)
        self._show_frame(at)

    def _show_frame(self, index: int) -> None:
        assert self._map is not None
        frame = self._frame = self._map.frame(index)
        self.title.setText(frame.title)
        self.place.setText(
            self.tr("report {n} of {total}").format(n=index + 1, total=self._map.count)
        )
        self.changed.setText("\n".join(frame.changed))
        self.figures.show_marks(self._map.places, frame.marks)
        self.figures.setAccessibleName(
            "; ".join(f"{line.place}: {line.score}" for line in frame.lines)
        )
        self.slider.setAccessibleDescription(" ".join((frame.title, *frame.changed)))
        self._show_lines(frame)

    def _show_lines(self, frame: MapFrame) -> None:
        while (item := self.lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for column, share in enumerate((0, 5, 4, 3)):
            self.lines.setColumnStretch(column, share)
        heads = ("", self.tr("Where"), self.tr("Report before"), self.tr("Before procedure"))
        rows = [(line.score, line.place, line.change, line.before) for line in frame.lines]
        strong = {number for number, line in enumerate(frame.lines) if line.is_new}
        if not rows:
            return
        for number, texts in enumerate((heads, *rows)):
            for column, text in enumerate(texts):
                label = PlainLabel(text, "cell" if number else "column")
                label.setWordWrap(column > 0)
                if number and column == 0:
                    label.setProperty("role", "score")
                if number - 1 in strong:
                    label.setProperty("fresh", "true")
                self.lines.addWidget(label, number, column)
                label.ensurePolished()  # or its height would be that of smaller letters

    def _set_playing(self, wanted: bool) -> None:
        if wanted:
            if self.slider.value() == self.slider.maximum():
                self.slider.setValue(0)
            self._playing.start()
        else:
            self._playing.stop()
        self.play.setText(self.tr("Stop  Space") if wanted else self.tr("Play  Space"))

    def _play_on(self) -> None:
        if self.slider.value() < self.slider.maximum():
            self.slider.setValue(self.slider.value() + 1)
        if self.slider.value() == self.slider.maximum():
            self.play.setChecked(False)

    def _want_report(self) -> None:
        if self._frame is not None:
            self.report_wanted.emit(self._frame.submission_id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space plays and Enter opens the report while the keyboard is on the slider."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {
                Qt.Key.Key_Space: self.play.toggle,
                Qt.Key.Key_Return: self._want_report,
                Qt.Key.Key_Enter: self._want_report,
            }
            if (step := steps.get(Qt.Key(event.key()))) and self.isEnabled():
                step()
                return True
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.play.setChecked(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self, _scale: float = 1.0) -> None:
        """The words stand beside the figures, or below them where they are larger."""
        scale, way = text_scale(self), QBoxLayout.Direction
        if scale > _SIDE_BY_SIDE:
            self._row.setDirection(way.TopToBottom)
            self._words.setMaximumWidth(_ANY)
            self._words.setMinimumSize(0, round(_WORDS_HEIGHT * scale))
        else:
            self._row.setDirection(way.LeftToRight)
            self._words.setMinimumHeight(0)
            width = _BROAD if self.width() >= _BROAD_FROM * scale else _NARROW
            self._words.setFixedWidth(round(width * scale))
