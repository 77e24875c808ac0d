"""The words on a chart, ready in the reader's language; the room itself speaks none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from monitor.domain.alert import Alert
from monitor.domain.finding import Evidence
from monitor.domain.submission import Place

Name = tuple[str, Place]
"""What a series is of: an item and a place."""


@dataclass(frozen=True, kw_only=True)
class Labels:
    """Ready words and phrases; names in braces are filled in by the chart.

    `panels`: "pain", "numbness", "weakness" -> title. `series`: (item, place) -> the short
    name beside a line ("thumb side left") or of a strip ("Stiffness"); `full_names`: the
    name in the read-out ("Numbness, thumb side left"), where it differs. `alerts`: alert id
    -> title. `events`: kind of event -> name; must hold "procedure" and "missed". `severity`:
    words for stretches of the 0-10 axis, (first score, last score, word). `mark_letters` and
    `mark_words`: mark of a point -> the letter drawn over it and what it means; a mark
    without a letter is not drawn. `months`: twelve short names. `waiting`: what an empty
    chart says, `source`: which windows are drawn ("Windows: cervical rhizotomy 0.1, draft").
    `answers`: evidence -> its answer in words, for what has no line of its own. `earlier` names
    the procedure before, `pauses` says per reason that reports are paused.
    A phrase has no default, so that none can stay untranslated; the comment shows the English.
    """

    panels: Mapping[str, str]
    series: Mapping[Name, str]
    alerts: Mapping[str, str]
    events: Mapping[str, str]
    months: tuple[str, ...]
    nothing: str  # "nothing reported"
    events_title: str  # "Events"
    week: str  # "week {week}"
    day: str  # "day {day}"
    relief_due: str  # "relief due by {when}"
    settle: str  # "expected to settle by {when}"
    settle_elsewhere: str  # "elsewhere by {when}"
    relief_own: str  # "relief due by {when}, set for this patient"
    settle_own: str  # "set for this patient: by {when}"
    stays: str  # "expected to stay (planned)"
    before: str  # "before: {score}"
    before_own: str  # "before: {score}, set"
    trend: str  # "trend {value}"
    limit: str  # "limit {value}"
    extra_due: str  # "extra report due {first} to {last}"
    today: str  # "today"
    closed: str  # "closed: {title}"
    more: str  # "and {count} more"
    more_alerts: str  # "and {count} more alerts"
    since_weeks: str  # "weeks since procedure ({date})"
    since_days: str  # "days since procedure ({date})"
    dates: str  # "date (procedure {date})"
    reading: str  # "day {day} (week {week}) – {date}"
    earlier_reading: str  # "earlier, day {day}: {score}"
    full_names: Mapping[Name, str] = field(default_factory=dict)
    severity: tuple[tuple[int, int, str], ...] = ()
    mark_letters: Mapping[str, str] = field(default_factory=dict)
    mark_words: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[Evidence, str] = field(default_factory=dict)
    pauses: Mapping[str, str] = field(default_factory=dict)
    waiting: str = ""
    earlier: str = ""
    source: str = ""
    scale: str = "0–10"
    long_date: str = "{day} {month} {year}"
    day_and_month: str = "{day} {month}"
    month_and_year: str = "{month} {year}"

    def name(self, item: str, place: Place) -> str:
        """The short name of a series; its codes where no word was given."""
        given = self.series.get((item, place))
        return given if given is not None else f"{item} {place.site} {place.side}".strip()

    def full_name(self, item: str, place: Place) -> str:
        given = self.full_names.get((item, place))
        return given if given is not None else self.name(item, place)

    def alert(self, alert: Alert) -> str:
        """The title of an alert; of one that is no longer open, that it is closed."""
        title = self.alerts.get(alert.id, "")
        return title if alert.is_open or not title else self.closed.format(title=title)

    def full_date(self, date: dt.date) -> str:
        return self._filled(self.long_date, date)

    def short_date(self, date: dt.date) -> str:
        return self._filled(self.day_and_month, date)

    def month(self, date: dt.date, *, with_year: bool) -> str:
        return self._filled(self.month_and_year if with_year else "{month}", date)

    def _filled(self, pattern: str, date: dt.date) -> str:
        return pattern.format(day=date.day, month=self.months[date.month - 1], year=date.year)

    def when(self, day: int, day_zero: dt.date | None = None) -> str:
        """A day in words: the date if `day_zero` is given, else its week or, between, its day."""
        if day_zero is not None:
            return self.short_date(day_zero + dt.timedelta(day))
        if day and day % 7 == 0:
            return self.week.format(week=day // 7)
        return self.day.format(day=day)
