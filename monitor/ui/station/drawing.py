"""Draws a patient's chart on a canvas; loads matplotlib when the first one is wanted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from monitor.services.review import Chart
from monitor.ui.shared.text_size import text_scale
from monitor.ui.shared.theme import Theme
from monitor.ui.station.views import PatientState

if TYPE_CHECKING:
    from monitor.charts.style import Style
    from monitor.charts.view import View
    from monitor.ui.shared.canvas import ChartCanvas


class Drawing:
    """Makes the canvas and keeps it up to date with what is chosen above it."""

    def __init__(self, theme: Theme, fonts: Path) -> None:
        """fonts: the folder of the bundled fonts, so that the chart has the window's letters."""
        self._theme = theme
        self._fonts = fonts
        self._asked: tuple[str, str] | None = None
        self._preset: View | None = None
        self._styles: dict[float, Style] = {}

    def make(
        self,
        parent: QWidget,
        alert_clicked: Callable[[str], None],
        report_clicked: Callable[[str], None],
    ) -> ChartCanvas:
        """An empty canvas.

        `alert_clicked` hears the id of an alert whose marker is clicked, `report_clicked` that of
        the report whose points are.
        """
        from monitor.charts.style import use_fonts  # noqa: PLC0415
        from monitor.charts.timeline import draw  # noqa: PLC0415 (half a second)
        from monitor.ui.shared.canvas import ChartCanvas  # noqa: PLC0415

        use_fonts(self._fonts)
        canvas = ChartCanvas(draw, parent)
        canvas.alert_clicked.connect(alert_clicked)
        canvas.report_clicked.connect(report_clicked)
        return canvas

    def show(
        self,
        canvas: ChartCanvas,
        state: PatientState,
        stretch: str,
        unit: str,
        *,
        low: bool,
        lit: str,
        earlier: bool = False,
    ) -> tuple[float, float]:
        """Draw `stretch` ("6w", "3m", "1y", "all") of a chart in `unit` ("weeks", "dates").

        low: there is little height; symptoms that were never above 0 make room for the rest.
        lit: the alert whose evidence is lit, "" for none. earlier: the course after the procedure
        before lies behind. Where the same stretch of the same patient was moved or zoomed it
        stays so. Gives the first and last day in view.
        """
        from monitor.charts.ranges import ranges  # noqa: PLC0415

        preset = ranges(state.chart, unit)[stretch]  # type: ignore[arg-type]
        preset = replace(preset, lit=lit, earlier=earlier)
        asked = state.episode_id, stretch
        view = preset
        if asked == self._asked and not _same_days(canvas.view, self._preset):
            view = replace(preset, first_day=canvas.view.first_day, last_day=canvas.view.last_day)
        self._asked, self._preset = asked, preset
        chart = without_zeros(state.chart) if low else state.chart
        canvas.show_chart(chart, state.words, self._style(text_scale(canvas)), view)
        return view.first_day, view.last_day

    def forget_zoom(self) -> None:
        """The next drawing shows its stretch of time from end to end."""
        self._asked = None

    def _style(self, scale: float) -> Style:
        """The look with text so many times as large; the same one each time it is asked for."""
        from monitor.charts.style import Style  # noqa: PLC0415

        if scale not in self._styles:
            theme = self._theme
            usual = Style.from_tokens(vars(theme), theme.font_family)
            larger = replace(usual, text=usual.text * scale, small=usual.small * scale)
            self._styles[scale] = larger
        return self._styles[scale]


def _same_days(view: View, other: View | None) -> bool:
    return other is None or (view.first_day, view.last_day) == (other.first_day, other.last_day)


def without_zeros(chart: Chart) -> Chart:
    """The chart without the symptoms that were never above 0."""
    strips = tuple(s for s in chart.strips if any(point.score for point in s.series.points))
    return replace(chart, strips=strips)
