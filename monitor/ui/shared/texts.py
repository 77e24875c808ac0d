"""Turns codes and numbers into the protocol's own words. Has no Qt: a report can use it too.

`words` is one language of a protocol: flat keys such as "item.pain.name". A word that the
protocol lacks is shown as its code, never left out: a missing text must not hide an alert.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from monitor.domain.finding import Evidence, Finding
from monitor.domain.submission import Place

Words = Mapping[str, str]

DAYS_PER_WEEK = 7


@dataclass(frozen=True)
class AlertWords:
    """An alert in one language: its title, its sentence, why it was raised, what clears it."""

    title: str
    sentence: str
    why: str
    clears: str


def word(key: str, words: Words) -> str:
    """The text of a key, or the last part of the key where there is none."""
    return words.get(key, key.rpartition(".")[2].replace("_", " "))


def number(value: float) -> str:
    """A score without needless decimals: 4, 3.5."""
    return f"{value:.1f}".removesuffix(".0")


def place_name(place: Place, words: Words) -> str:
    """Where on the body, as in "thumb side, left"; empty for no place."""
    site = word(f"region.{place.site}", words) if place.site else ""
    side = word(f"side.{place.side}", words) if place.side else ""
    return ", ".join(part for part in (site, side) if part)


def series_name(item: str, place: Place, words: Words) -> str:
    """An item at a place, as a line of the chart is labelled: its place, else its name."""
    return _first_up(place_name(place, words)) or word(f"item.{item}.name", words)


def day_words(day: int, words: Words) -> str:
    """A postoperative day as clinics say it: "day 9", and from two weeks on "week 6"."""
    weeks, rest = divmod(day, DAYS_PER_WEEK)
    if rest == 0 and weeks > 1:
        return word("time.week", words).format(week=weeks)
    return word("time.day", words).format(day=day)


def alert_words(finding: Finding, words: Words) -> AlertWords:
    """A finding as people read it, from the texts of its rule and stage."""
    return AlertWords(*_filled(finding, words, "title", "sentence", "why", "clears"))


def alert_lines(finding: Finding, words: Words) -> tuple[str, str]:
    """Its title and its sentence alone: a list says them of thousands."""
    title, sentence = _filled(finding, words, "title", "sentence")
    return title, sentence


def _filled(finding: Finding, words: Words, *parts: str) -> Iterator[str]:
    fill = _Fill(finding, words)
    for part in parts:
        yield word(f"alert.{finding.rule}.{finding.stage}.{part}", words).format_map(fill)


class _Fill(dict[str, str]):
    """What stands for each placeholder, found out when a text has it."""

    def __init__(self, finding: Finding, words: Words) -> None:
        super().__init__()
        self._finding = finding
        self._words = words

    def __missing__(self, name: str) -> str:
        return _placeholder(name, self._finding, self._words)


def _placeholder(name: str, finding: Finding, words: Words) -> str:
    """Leaves a placeholder that nothing fills readable instead of failing."""
    if name == "place":
        return place_name(finding.place, words)
    if name == "since_day":
        return str(finding.since_day)
    if name == "scores":
        return ", ".join(str(e.value) for e in finding.evidence)
    if name == "answers":
        return "; ".join(_answers(finding.evidence, words))
    if name == "day" and finding.evidence:
        return str(max(e.day for e in finding.evidence))
    if name == "last_heard":
        last_day = finding.facts.get("last_day")
        never = word("time.never", words)
        return day_words(last_day, words) if isinstance(last_day, int) else never
    if name in ("expected_to", "persistent_from"):
        day = finding.facts.get(f"{name}_day")
        if isinstance(day, int):
            return day_words(day, words)
    fact = finding.facts.get(name, "–")
    if name == "baseline" and fact == "":
        return word("not_evaluable.not_known", words)
    return number(fact) if isinstance(fact, int | float) else fact


def _answers(evidence: Iterable[Evidence], words: Words) -> Iterable[str]:
    """Each answer once, as "Headache: 4 (worse)", "Fever: yes"."""
    seen: set[tuple[str, Place]] = set()
    for e in evidence:
        if (e.item, e.place) in seen:
            continue
        seen.add((e.item, e.place))
        name = word(f"item.{e.item}.name", words)
        where = place_name(e.place, words)
        named = f"{name} ({where})" if where else name
        yield f"{named}: {evidence_value(e, words)}"


def evidence_value(evidence: Evidence, words: Words) -> str:
    """The reply of one piece of evidence, its comparison with before included."""
    if isinstance(evidence.value, int):
        said = str(evidence.value)
    else:
        said = _option(evidence.value, words)
    if evidence.compared:
        said += f" ({word(f'said.{evidence.compared}', words)})"
    return said


def _option(code: str, words: Words) -> str:
    for key, text in words.items():
        if key.startswith("option.") and key.endswith(f".{code}"):
            return text.lower()
    return code


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]
