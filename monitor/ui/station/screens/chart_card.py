"""Five ways to look at one patient: chart, reports, body map, timeline, who looked."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from monitor.ui.shared.text_size import follow_text_size, text_scale
from monitor.ui.shared.theme import Theme
from monitor.ui.shared.widgets.choices import Choice, Segments
from monitor.ui.shared.widgets.clamped_label import ClampedLabel
from monitor.ui.shared.widgets.elided_label import ElidedLabel
from monitor.ui.shared.widgets.flow_layout import FlowLayout
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.page_views import TABS, Tab
from monitor.ui.station.screens.body_view import BodyView
from monitor.ui.station.screens.looks_table import LooksTable
from monitor.ui.station.screens.reports_table import ReportsTable
from monitor.ui.station.screens.timeline_view import TimelineView
from monitor.ui.station.views import PatientState

if TYPE_CHECKING:
    from monitor.ui.shared.canvas import ChartCanvas, Zoom

RANGES = ("6w", "3m", "1y", "all")
_BESIDE_WIDTH = 1240
_TABLE_WIDTH = 540
_LEAST_DRAWING = 560, 316
"""So low only below all that a header can hold, two alerts and a bar above the window."""
_GROWS = 1.6
"""With text twice as large a drawing needs so much more of its height."""
_LOW_HEIGHT = 600


class Draws(Protocol):
    """What the card needs of whoever draws: a canvas, and a chart on it."""

    def make(
        self,
        parent: QWidget,
        alert_clicked: Callable[[str], None],
        report_clicked: Callable[[str], None],
    ) -> ChartCanvas: ...

    def show(
        self,
        canvas: ChartCanvas,
        state: PatientState,
        stretch: str,
        unit: str,
        *,
        low: bool,
        lit: str,
        earlier: bool,
    ) -> tuple[float, float]: ...

    def forget_zoom(self) -> None: ...


class ChartCard(QFrame):
    """The tabs of one patient; what they show is read once, and changing the tab reads nothing.

    Signals:
        alert_clicked: the id of the alert whose marker on the chart was clicked.
        report_wanted: the id of the report that is to be shown whole.

    The canvas is made when the first chart is shown, not before: it takes longer to load
    than all the rest of the window.
    """

    alert_clicked = Signal(str)
    report_wanted = Signal(str)

    def __init__(self, theme: Theme, drawing: Draws, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawing = drawing
        self._state: PatientState | None = None
        self._canvas: ChartCanvas | None = None
        self._drawn_low = False
        self._is_stale = False
        self._range, self._unit = "all", "weeks"
        self._view: Tab = "chart"
        self._lit = ""
        self.setProperty("card", "true")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.views = Segments(self.tr("What is shown of the patient"))
        self.ranges = Segments(self.tr("Stretch of time"))
        self.units = Segments(self.tr("Weeks or dates"))
        self.compare = QPushButton(self.tr("Earlier"))
        self.compare.setCheckable(True)
        self.compare.setProperty("kind", "segment")
        self.compare.setProperty("place", "only")
        self.compare.setToolTip(self.tr("The procedure before this one, behind the chart (b)"))
        self.table = ReportsTable(theme)
        self.empty_table = PlainLabel(role="placeholder")
        self.empty_table.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.map = BodyView(theme)
        self.timeline = TimelineView(theme)
        self.looks = LooksTable()
        self.lit_words = ElidedLabel()
        self.lit_words.setProperty("role", "lit")
        policy = QSizePolicy.Policy
        self.lit_words.setSizePolicy(policy.Ignored, policy.Preferred)
        self.own = ClampedLabel(lines=2, role="small")
        self.own.hide()
        self._waiting = QLabel(self.tr("Drawing…"))
        self._waiting.setProperty("role", "placeholder")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._body = QHBoxLayout()
        self._body.setSpacing(12)
        self._body.addWidget(self._waiting, 1)
        for widget in (self.table, self.empty_table, self.map, self.timeline, self.looks):
            self._body.addWidget(widget, 0 if widget is self.table else 1)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(11, 9, 12, 8)
        column.setSpacing(8)
        self._bar = self._make_bar()
        column.addLayout(self._bar)
        column.addWidget(self.own)
        column.addLayout(self._body, 1)
        self._connect()
        self._arrange()
        follow_text_size(self, self._follow)

    def _follow(self, scale: float) -> None:
        """Draw with letters of another size; the page below scrolls."""
        if self._canvas is not None:
            self._canvas.setMinimumSize(*_least_drawing(scale))
            self._draw()
        self._arrange()

    def show_state(self, state: PatientState) -> None:
        """Show a patient's reports in the stretch of time that was chosen last."""
        self._state = state
        self.table.show_state(state.reports)
        self.empty_table.setText(state.empty)
        self.map.show_state(state.episode_id, state.maps, state.empty)
        self.timeline.show_entries(state.entries)
        self.looks.show_lines(state.looks)
        self._arrange()
        self.own.setText("\n".join(state.own))
        self.own.setVisible(bool(state.own))
        self._draw()

    def light(self, alert_id: str) -> None:
        """Light the answers that an alert rests on, and no others; "" lights none."""
        if alert_id != self._lit:
            self._lit = alert_id
            self._draw()

    def choose_view(self, key: str) -> None:
        """Show a tab (`Tab`); where there is room the table stands beside the chart."""
        self._view = next(tab for tab in TABS if tab == key)
        self._arrange()

    def open_tab(self, tab: Tab) -> None:
        """Show a tab and give the keyboard to what it shows."""
        self.views.choose(tab)
        self._take_keyboard()

    def toggle_table(self) -> None:
        """From the chart to the table, and back."""
        self.open_tab("chart" if self._view == "table" else "table")

    @property
    def view(self) -> Tab:
        """The tab that is shown."""
        return self._view

    def _take_keyboard(self) -> None:
        """Give the keyboard to what the tab shows; there the arrows walk through it."""
        if self._view == "chart" and self._canvas is not None:
            self._canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self._view == "table" and not self.table.isHidden():
            self.table.take_keyboard()
        elif self._view == "map":
            self.map.take_keyboard()
        elif self._view == "timeline":
            self.timeline.take_keyboard()
        elif self._view == "looks":
            self.looks.take_keyboard()

    def choose_next_range(self) -> None:
        """From one stretch of time to the next longer one, and from all to the shortest."""
        if self._view != "chart":
            self.views.choose("chart")
        self.ranges.choose(RANGES[(RANGES.index(self._range) + 1) % len(RANGES)])

    def toggle_unit(self) -> None:
        """From weeks to dates, and back."""
        self.units.choose("weeks" if self._unit == "dates" else "dates")

    def zoom(self, way: Zoom) -> None:
        """Zoom the chart "in" or "out", or move it to "sooner" or "later" days."""
        if self._canvas is not None and self._with_chart:
            self._canvas.change_view(way)

    def toggle_earlier(self) -> None:
        """Lay the course after the procedure before behind the chart, or take it away."""
        if self._has_earlier:
            self.compare.toggle()

    @property
    def _has_earlier(self) -> bool:
        return self._state is not None and self._state.chart.earlier is not None

    def _make_bar(self) -> FlowLayout:
        bar = FlowLayout(8, spread=True)
        for widget in (self.views, self.lit_words, self.compare, self.ranges, self.units):
            bar.addWidget(widget)
        self.views.show_choices(
            (
                Choice("chart", self.tr("Chart"), self.tr("Chart (1)")),
                Choice("table", self.tr("Reports"), self.tr("All reports as a table (2 or t)")),
                Choice("map", self.tr("Body map"), self.tr("Body map, day by day (3)")),
                Choice("timeline", self.tr("Timeline"), self.tr("All that happened (4)")),
                Choice("looks", self.tr("Who looked"), self.tr("Who looked or changed (5)")),
            ),
            self._view,
        )
        self.ranges.show_choices(
            (
                Choice("6w", self.tr("6 w"), self.tr("The last 6 weeks (v)")),
                Choice("3m", self.tr("3 m"), self.tr("The last 3 months (v)")),
                Choice("1y", self.tr("1 y"), self.tr("The last year (v)")),
                Choice("all", self.tr("All"), self.tr("From the procedure to today (v)")),
            ),
            self._range,
        )
        self.units.show_choices(
            (
                Choice("weeks", self.tr("Weeks"), self.tr("Weeks since the procedure (d)")),
                Choice("dates", self.tr("Dates"), self.tr("Calendar dates (d)")),
            ),
            self._unit,
        )
        return bar

    def _connect(self) -> None:
        self.views.chosen.connect(self.choose_view)
        self.ranges.chosen.connect(self._choose_range)
        self.units.chosen.connect(self._choose_unit)
        self.compare.toggled.connect(self._draw)
        self.table.report_wanted.connect(self.report_wanted)
        self.map.report_wanted.connect(self.report_wanted)
        self.timeline.report_wanted.connect(self.report_wanted)
        self.timeline.alert_wanted.connect(self.alert_clicked)

    def _choose_range(self, key: str) -> None:
        self._range = key
        self._drawing.forget_zoom()
        self._draw()

    def _choose_unit(self, key: str) -> None:
        self._unit = key
        self._draw()

    def _draw(self) -> None:
        """Draw the chart, or leave it until it is looked at again."""
        self._is_stale = not self._with_chart
        if self._state is None or self._is_stale:
            return
        if self._canvas is None:
            self._canvas = self._drawing.make(
                self, self.alert_clicked.emit, self.report_wanted.emit
            )
            self._canvas.moved.connect(self._say_lit)
            self._canvas.setMinimumSize(*_least_drawing(text_scale(self)))
            self._body.replaceWidget(self._waiting, self._canvas)
            self._body.setStretchFactor(self._canvas, 1)
            self._waiting.deleteLater()
            self._arrange()
        self._drawn_low = self._is_low()  # first: what cannot be drawn is not tried for ever
        first, last = self._drawing.show(
            self._canvas, self._state, self._range, self._unit,
            low=self._drawn_low, lit=self._lit,
            earlier=self._has_earlier and self.compare.isChecked(),
        )  # fmt: skip
        self._say_lit(first, last)

    def _say_lit(self, first: float, last: float) -> None:
        self.lit_words.setText(self._lit_sentence(first, last))

    def _lit_sentence(self, first: float, last: float) -> str:
        """What is lit in words, such as "Lit: 5 (day 213), 6 (day 220)"."""
        assert self._state is not None
        everything = (*self._state.cards, *self._state.closed)
        card = next((card for card in everything if card.alert_id == self._lit), None)
        if card is None or not card.why.evidence:
            return ""
        lines = sorted(card.why.evidence, key=lambda line: int(line.day))
        several = len({line.question for line in lines}) > 1
        parts = []
        for day, answers in groupby(lines, key=lambda line: line.day):
            said = "; ".join(f"{a.question}: {a.answer}" if several else a.answer for a in answers)
            parts.append(self.tr("{answers} (day {day})").format(answers=said, day=day))
        words = self.tr("Lit: {answers}").format(answers=", ".join(parts))
        hidden = sum(not first <= int(line.day) <= last for line in lines)
        if hidden:
            more = self.tr("{n} not in this stretch, press 0").format(n=hidden)
            return f"{words} · {more}"
        return words

    def _arrange(self) -> None:
        """One tab alone; the table beside the chart where the card is wide enough."""
        beside = self._has_room_beside
        is_table = self._view == "table"
        has_reports = self._state is None or not self._state.empty
        with_chart = self._with_chart
        self.table.setVisible(is_table and has_reports)
        self.empty_table.setVisible(is_table and not has_reports and not beside)
        self.map.setVisible(self._view == "map")
        self.timeline.setVisible(self._view == "timeline")
        self.looks.setVisible(self._view == "looks")
        shown = self._canvas or self._waiting
        shown.setVisible(with_chart)
        table_width = round(_TABLE_WIDTH * text_scale(self))
        self.table.setMaximumWidth(table_width if beside else 16_777_215)
        self.table.setMinimumWidth(table_width if beside else 0)
        for widget in (self.ranges, self.units):
            widget.setVisible(with_chart)
        self.compare.setVisible(with_chart and self._has_earlier)
        if with_chart and self._is_stale:
            self._draw()

    @property
    def _with_chart(self) -> bool:
        return self._view == "chart" or (self._view == "table" and self._has_room_beside)

    @property
    def _has_room_beside(self) -> bool:
        return self.width() >= _BESIDE_WIDTH * text_scale(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        if self._canvas is not None and self._is_low() != self._drawn_low:
            self._draw()

    def _is_low(self) -> bool:
        return self.height() < _LOW_HEIGHT * text_scale(self)

    def hasHeightForWidth(self) -> bool:
        """No: the chart takes the height there is, and wrapped words above it are counted below."""
        return False

    def minimumSizeHint(self) -> QSize:
        narrowest = super().minimumSizeHint().width()
        width = max(self.width(), narrowest)
        around = self._column.contentsMargins()
        bar = self._bar.heightForWidth(width - around.left() - around.right())
        least = _least_drawing(text_scale(self))[1] + bar + self._column.spacing()
        least += around.top() + around.bottom()
        if not self.own.isHidden():
            least += self.own.heightForWidth(width) + self._column.spacing()
        return QSize(narrowest, least)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()


def _least_drawing(text_scale: float) -> tuple[int, int]:
    """The least width and height of the drawing."""
    width, height = _LEAST_DRAWING
    return width, round(height * (1 + _GROWS * (text_scale - 1)))
