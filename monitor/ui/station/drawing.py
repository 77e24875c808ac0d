"""Draws a patient's chart on a canvas; loads matplotlib when the first one is wanted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from monitor.services.review import Chart
from monitor.ui.shared.theme import Theme
from monitor.ui.station.views import PatientState

if TYPE_CHECKING:
    from monitor.ui.shared.canvas import ChartCanvas


class Drawing:
    """Makes the canvas and keeps it up to date with what is chosen above it."""

    def __init__(self, theme: Theme, fonts: Path) -> None:
        """fonts: the folder of the bundled fonts, so that the chart has the window's letters."""
        self._theme = theme
        self._fonts = fonts

    def make(self, parent: QWidget, alert_clicked: Callable[[str], None]) -> ChartCanvas:
        """An empty canvas; `alert_clicked` hears the id of an alert whose marker is clicked."""
        from monitor.charts.style import use_fonts  # noqa: PLC0415
        from monitor.charts.timeline import draw  # noqa: PLC0415 (half a second)
        from monitor.ui.shared.canvas import ChartCanvas  # noqa: PLC0415

        use_fonts(self._fonts)
        canvas = ChartCanvas(draw, parent)
        canvas.alert_clicked.connect(alert_clicked)
        return canvas

    def show(
        self, canvas: QWidget, state: PatientState, stretch: str, unit: str, *, low: bool, lit: str
    ) -> tuple[float, float]:
        """Draw `stretch` ("6w", "3m", "1y", "all") of a chart in `unit` ("weeks", "dates").

        low: there is little height; symptoms that were never above 0 make room for the rest.
        lit: the alert whose evidence is lit, "" for none. Gives the first and last day in view.
        """
        from monitor.charts.ranges import ranges  # noqa: PLC0415
        from monitor.charts.style import Style  # noqa: PLC0415

        style = Style.from_tokens(vars(self._theme), self._theme.font_family)
        view = replace(ranges(state.chart, unit)[stretch], lit=lit)  # type: ignore[arg-type]
        chart = _without_zeros(state.chart) if low else state.chart
        canvas.show_chart(chart, state.words, style, view)  # type: ignore[attr-defined]
        return view.first_day, view.last_day


def _without_zeros(chart: Chart) -> Chart:
    strips = tuple(s for s in chart.strips if any(point.score for point in s.series.points))
    return replace(chart, strips=strips)
