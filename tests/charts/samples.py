"""Charts to draw in tests: rich as the target picture, sparse, many regions, empty, young."""

from __future__ import annotations

import tomllib
from math import isnan
from pathlib import Path
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from monitor.charts.style import Style, use_fonts
from monitor.charts.timeline import Drawn, View, draw, ranges
from monitor.charts.words import Labels
from monitor.domain.alert import Alert, State
from monitor.domain.finding import Finding
from monitor.domain.protocol import Priority, Side, Window
from monitor.domain.submission import NOWHERE, Place
from monitor.services.review import (
    AlertSpan,
    Chart,
    ChartEvent,
    Mark,
    Panel,
    Point,
    Series,
    Strip,
    Trend,
)
from tests import builders

RESOURCES = Path(__file__).parents[2] / "resources"

C6_LEFT = Place("thumb_side", "left")
C5_RIGHT = Place("outer_arm", "right")
REGIONS = (
    "back_of_head",
    "neck",
    "shoulder",
    "outer_arm",
    "thumb_side",
    "middle_finger",
    "little_finger",
    "inner_arm",
)
DAYS = (
    1, 2, 3, 5, 7, 10, 14, 21, 28, 35, 42, 49, 56, 70, 84, 98, 112, 126, 140, 154, 168, 182, 196,
    210, 217, 224,
)  # fmt: skip
PAIN = (8, 7, 5, 6, 5, 6, 4, 4, 3, 4, 2, 2, 1, 3, 1, 3, 2, 1, 1, 2, 3, 4, 5, 4, 5, 5)
C6 = (6, 5, 7, 7, 6, 7, 6, 6, 6, 4, 4, 5, 5, 5, 4, 4, 4, 4, 4, 4, 6, 4, 4, 5, 4, 4)
C5 = (3, 4, 3, 4, 4, 4, 3, 3, 2, 1, 1, 1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0)
GRIP = (2, 3, 3, 3, 2, 2, 2, 1, *(0,) * 18)
SORENESS = (8, 7, 7, 6, 5, 4, 4, 2, *(0,) * 18)
STIFFNESS = (7, 7, 6, 6, 5, 5, 4, 5, 4, 3, *(0,) * 16)
HEADACHE = (7, 6, 5, 5, 4, 3, 2, *(0,) * 9, 2, 2, *(0,) * 8)
TREND = (
    (42, 2.4), (49, 2.1), (56, 2.0), (70, 1.9), (84, 1.8), (98, 1.8), (112, 1.8), (126, 1.9),
    (140, 2.1), (154, 2.5), (168, 3.1), (182, 3.7), (196, 4.3), (210, 4.8), (217, 5.2), (224, 5.4),
)  # fmt: skip


def window(expected: int, persistent: int | None = None) -> Window:
    return Window(expected, persistent or expected, Priority.AMBER)


def point(day: int, score: int, *marks: Mark) -> Point:
    kinds = frozenset[Mark]({"baseline"}) if day <= 0 else frozenset(marks)
    at = builders.instant(day)
    return Point(day, score, at, f"submission-{day}", marks=kinds)


def series(
    item: str = "pain",
    scores: dict[int, int] | None = None,
    place: Place = NOWHERE,
    gaps: tuple[int, ...] = (),
    ends: int | None = None,
    planned: bool = True,
) -> Series:
    """A series of day -> score; `ends` is the last day of its expected window."""
    points = tuple(point(day, score) for day, score in sorted((scores or {}).items()))
    return Series(item, place, points, gaps, window(ends) if ends else None, planned)


def panel(name: str = "pain", *lines: Series, **fields: Any) -> Panel:
    return Panel(name, lines, **fields)  # type: ignore[arg-type]


def span(
    id: str,
    panel: str,
    since: int,
    raised: int,
    priority: Priority = Priority.RED,
    item: str = "pain",
    place: Place = NOWHERE,
    ended: int | None = None,
    state: State = State.RAISED,
) -> AlertSpan:
    finding = Finding("rule", "A1", priority, item, since, (), place)
    alert: Alert = builders.alert(finding, id=id, state=state)
    return AlertSpan(alert, panel, since, raised, ended)


def chart(*panels: Panel, today: int = 0, **fields: Any) -> Chart:
    """A chart of `panels`; `last_report` follows from their points."""
    days = [p.day for one in panels for s in one.series for p in s.points]
    latest = builders.date(max(days)) if days else None
    given: dict[str, Any] = {
        "patient": builders.patient(),
        "episode": builders.episode(),
        "strips": (),
        "spans": (),
        "events": (ChartEvent(0, "procedure"),),
        "cards": (),
        "not_evaluable": (),
        "waiting": 0,
        "dated_ahead": 0,
        "last_report": latest,
        "next_due": None,
        "protocol_version": "0.1",
        "protocol_status": "draft",
    }
    return Chart(today=today or max([*days, 0]), panels=panels, **(given | fields))


def by_day(scores: tuple[int, ...], without: tuple[int, ...] = ()) -> dict[int, int]:
    return {day: score for day, score in zip(DAYS, scores, strict=True) if day not in without}


def rich(missed: tuple[int, ...] = (168,)) -> Chart:
    """The course of the target picture: pain that comes back, numbness that stays."""
    before = {-14: 7, -2: 7}
    pain = panel(
        "pain",
        series("pain", before | by_day(PAIN, missed), gaps=missed),
        baseline=7.0,
        relief_day=42,
        trend=Trend(tuple(t for t in TREND if t[0] not in missed), 3.5),
    )
    numbness = panel(
        "numbness",
        series("numbness", by_day(C6, missed), C6_LEFT, gaps=missed, ends=84),
        series("numbness", by_day(C5, missed), C5_RIGHT, gaps=missed, ends=84),
    )
    grip = series("weakness", by_day(GRIP, missed), Place("", "left"), gaps=missed, ends=28)
    weakness = panel("weakness", grip)
    strips = tuple(
        Strip(series(item, by_day(scores, missed), ends=ends))
        for item, scores, ends in (
            ("soreness", SORENESS, 28), ("stiffness", STIFFNESS, 42), ("headache", HEADACHE, 21),
        )
    )  # fmt: skip
    return chart(
        pain,
        numbness,
        weakness,
        strips=strips,
        spans=(
            span("alert-pain", "pain", 196, 210),
            span("alert-numb", "numbness", 98, 98, Priority.AMBER, "numbness", C6_LEFT),
        ),
        events=(
            ChartEvent(0, "procedure"),
            ChartEvent(21, "call"),
            ChartEvent(42, "visit"),
            ChartEvent(56, "physiotherapy", "started with the neck"),
            ChartEvent(112, "call"),
            *(ChartEvent(day, "missed") for day in missed),
        ),
    )


def eight_regions() -> Chart:
    """Numbness at eight places, four of them on each side and most of them equal at the end."""
    lines = []
    for number, region in enumerate(REGIONS):
        side: Side = "left" if number % 2 else "right"
        last = (5, 0, 0, 4, 6, 0, 1, 0)[number]
        scores = {day: max(last, 7 - number - index // 2) for index, day in enumerate(DAYS[:16])}
        ends = 84 if number < 5 else 14
        line = series(
            "numbness", scores, Place(region, side), (63, 77), ends=ends, planned=number < 5
        )
        lines.append(line)
    pain = panel(
        "pain",
        series("pain", {-3: 8} | dict.fromkeys(DAYS[:16], 4)),
        series("pain_worst", {-3: 9} | dict.fromkeys(DAYS[:16], 7)),
        baseline=8.0,
        relief_day=42,
    )
    weakness = panel(
        "weakness",
        series("weakness", dict.fromkeys(DAYS[:16], 3), Place("", "left"), ends=28),
        series("weakness", dict.fromkeys(DAYS[:16], 0), Place("", "right"), ends=28),
    )
    names = ("soreness", "stiffness", "headache", "burning", "neck_weakness", "unsteadiness",
             "swallowing")  # fmt: skip
    strips = tuple(
        Strip(series(name, {day: (index * 3 + day) % 9 for day in DAYS[:16]}, ends=14 + 7 * index))
        for index, name in enumerate(names)
    )
    return chart(
        pain,
        panel("numbness", *lines),
        weakness,
        strips=strips,
        spans=(
            span("alert-numb", "numbness", 85, 98, Priority.AMBER, "numbness",
                 Place("thumb_side", "right")),
            span("alert-new", "numbness", 56, 56, Priority.ORANGE, "numbness",
                 Place("outer_arm", "left"), ended=84),
            span("alert-weak", "weakness", 28, 42, Priority.ORANGE, "weakness",
                 Place("", "left")),
            span("alert-stiff", "", 42, 49, Priority.YELLOW, "stiffness"),
            span("alert-missed", "", 77, 79, Priority.YELLOW, "report"),
        ),
        events=(
            ChartEvent(0, "procedure"),
            ChartEvent(14, "call"),
            ChartEvent(16, "visit"),
            ChartEvent(63, "missed"),
            ChartEvent(77, "missed"),
        ),
    )  # fmt: skip


def early() -> Chart:
    """Day 7: weakness that passed its short window, an alert inside a window, closed alerts."""
    days = range(1, 8)
    scores = dict(zip(days, (6, 5, 6, 5, 6, 6, 5), strict=True))
    left = Place("", "left")
    return chart(
        panel("pain", series("pain", {-3: 7} | scores), baseline=7.0, relief_day=90),
        panel("numbness", series("numbness", scores, C6_LEFT, ends=84)),
        panel("weakness", series("weakness", scores, left, ends=2)),
        strips=(
            Strip(series("soreness", scores, ends=28)),
            Strip(series("headache", scores, ends=3)),
        ),
        spans=(
            span("alert-pain", "pain", 1, 2, Priority.AMBER, ended=4, state=State.RETRACTED),
            span("alert-new", "numbness", 3, 3, Priority.ORANGE, "numbness", C6_LEFT),
            span("alert-weak", "weakness", 2, 3, Priority.ORANGE, "weakness", left),
            span("alert-stiff", "", 4, 4, Priority.YELLOW, "headache"),
            span("alert-missed", "", 1, 6, Priority.YELLOW, "report", state=State.RESOLVED),
        ),
        today=7,
    )


def sparse() -> Chart:
    """One report, on day 3, given by telephone."""
    pain = Series("pain", NOWHERE, (point(3, 5, "nurse_phone"),), (), None)
    return chart(
        panel("pain", pain, relief_day=42),
        panel("numbness", series("numbness", {3: 0}, C6_LEFT)),
        panel("weakness", series("weakness", {3: 0}, Place("", "left"), ends=28)),
        today=9,
    )


def empty() -> Chart:
    """Nobody has reported anything yet."""
    return chart(
        panel("pain", series("pain"), relief_day=42),
        panel("numbness"),
        panel("weakness", series("weakness", ends=28)),
        strips=(Strip(series("soreness", ends=21)), Strip(series("headache", ends=7))),
        today=1,
    )


def labels(**fields: Any) -> Labels:
    """English words for all samples."""
    numb = {
        ("numbness", Place(region, side)): f"{region.replace('_', ' ')}, {side}"
        for region in REGIONS
        for side in ("left", "right")
    }
    arms = {("weakness", Place("", side)): f"arm, {side}" for side in ("left", "right")}
    plain = ("soreness", "stiffness", "headache", "burning", "neck_weakness", "unsteadiness",
             "swallowing")  # fmt: skip
    strips = {(name, NOWHERE): name.replace("_", " ").capitalize() for name in plain}
    pain = {("pain", NOWHERE): "average", ("pain_worst", NOWHERE): "worst"}
    full = {name: f"Numbness {words}" for name, words in numb.items()}
    full |= {name: f"Weakness {words}" for name, words in arms.items()}
    full |= {("pain", NOWHERE): "Pain", ("pain_worst", NOWHERE): "Worst pain"}
    given: dict[str, Any] = {
        "panels": {"pain": "Pain", "numbness": "Numbness", "weakness": "Weakness"},
        "series": numb | arms | strips | pain,
        "full_names": full,
        "alerts": {
            "alert-pain": "Pain has come back",
            "alert-numb": "Numbness is lasting longer than expected",
            "alert-new": "New numbness, outer arm, left",
            "alert-weak": "Weakness is lasting longer than expected",
            "alert-stiff": "Stiffness is lasting longer than expected",
            "alert-missed": "Two reports missed",
        },
        "events": {
            "procedure": "Procedure",
            "missed": "missed",
            "call": "Call",
            "visit": "Visit",
            "physiotherapy": "Physio starts",
        },
        "severity": ((0, 0, "none"), (1, 3, "mild"), (4, 6, "moderate"), (7, 10, "severe")),
        "mark_letters": {"late": "l", "partial": "!", "nurse_phone": "t", "nurse_paper": "p"},
        "mark_words": {
            "late": "late",
            "partial": "not finished",
            "nurse_phone": "by telephone",
            "nurse_paper": "on paper",
        },
        "months": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
                   "Dec"),
        "waiting": "Waiting for the first report, due 4 March",
        "source": "Windows: cervical rhizotomy 0.1, draft, not approved",
        "nothing": "nothing reported",
        "events_title": "Events",
        "week": "week {week}",
        "day": "day {day}",
        "relief_due": "relief due by {when}",
        "settle": "expected to settle by {when}",
        "settle_elsewhere": "outside the planned area by {when}",
        "stays": "expected to stay (planned)",
        "before": "before: {score}",
        "before_own": "before: {score}, set",
        "relief_own": "relief due by {when}, set for this patient",
        "settle_own": "set for this patient: by {when}",
        "trend": "trend {value}",
        "limit": "limit {value}",
        "extra_due": "extra report due {first} to {last}",
        "today": "today",
        "closed": "closed: {title}",
        "more": "and {count} more",
        "more_alerts": "and {count} more alerts",
        "since_weeks": "weeks since procedure ({date})",
        "since_days": "days since procedure ({date})",
        "dates": "date (procedure {date})",
        "reading": "day {day} (week {week}) – {date}",
        "earlier_reading": "earlier, day {day}: {score}",
        "earlier": "earlier: 12 March 2024, RF C4–C6 left",
        "pauses": {"holiday": "paused: holiday", "hospital": "paused: in hospital"},
    }  # fmt: skip
    return Labels(**(given | fields))


def style() -> Style:
    """The look of the light theme, with the bundled font."""
    use_fonts(RESOURCES / "fonts")
    theme = tomllib.loads((RESOURCES / "themes" / "light.toml").read_text(encoding="utf-8"))
    return Style.from_tokens(theme["colour"], theme["font"]["family"])


def drawing(
    what: Chart,
    view: View | None = None,
    size: tuple[int, int] = (1000, 560),
    ratio: int = 1,
    words: Labels | None = None,
) -> tuple[Figure, Drawn]:
    """A chart drawn on a figure of `size` device-independent pixels, and what came back."""
    figure = Figure(figsize=(size[0] / 100, size[1] / 100), dpi=100 * ratio)
    FigureCanvasAgg(figure)
    shown = view or ranges(what)["all"]
    return figure, draw(figure, what, words or labels(), style(), shown)


def artist(figure: Figure, gid: str) -> Any:
    """The drawn object of that name; fails if there is none."""
    found = artists(figure, gid)
    assert found, f"nothing named {gid} was drawn"
    return found[0]


def cells(figure: Figure) -> dict[int, list[Bbox]]:
    """The cells of the strips by score, in pixels from the top left."""
    found = {}
    for patch in artists(figure, "cells:"):
        corners = patch.get_path().vertices.reshape(-1, 5, 2)
        found[int(patch.get_gid().removeprefix("cells:"))] = [
            Bbox([one.min(axis=0), one.max(axis=0)]) for one in corners
        ]
    return found


def stretches(line: Any) -> list[list[float]]:
    """The days of a drawn line between its breaks."""
    found: list[list[float]] = [[]]
    for day in line.get_xdata():
        if isnan(day):
            found.append([])
        else:
            found[-1].append(float(day))
    return found


def artists(figure: Figure, prefix: str) -> list[Any]:
    """All drawn objects whose name begins with `prefix`."""
    return figure.findobj(lambda one: str(one.get_gid() or "").startswith(prefix))
