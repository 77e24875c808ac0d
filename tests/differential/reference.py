"""A second, slow and independent reading of the rules, against which the engine is compared.

Written from the protocol's files, the rules' docstrings, EVIDENCE 7 and METHOD, without
looking at how the engine does it. It is plain on purpose: one pass over every single day of a
course and every report of it, at each of which every definition is looked up again in all that
was heard so far. It knows nothing of "days on which time may matter", keeps no counters and
imports none of the engine's evaluation: only the protocol's records, which are data.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
import statistics
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from monitor.domain.condition import Condition
from monitor.domain.episode import Episode
from monitor.domain.protocol import Protocol, Symptom, Window
from monitor.domain.submission import Answer, Submission

WHERE = tuple[str, str]
"""A region and a side."""

HERE: WHERE = ("", "")

Found = tuple[str, str, str, str, str, int]
"""A finding: stage, priority, item, region, side, the day since which it holds."""

Verdict = Mapping[str, tuple[frozenset[Found], frozenset[str]]]
"""Rule id -> its findings, and why it could not be looked at. Silent rules are left out."""


@dataclass(frozen=True)
class Heard:
    """One report: its day, and every answer by item, region and side."""

    id: str
    day: int
    at: dt.datetime
    answers: Mapping[tuple[str, str, str], tuple[int | str | None, str | None]]


@dataclass(frozen=True)
class Score:
    """A score of one item at one place."""

    day: int
    points: int
    compared: str | None


# ---------------------------------------------------------------------------- the reports


def heard_of(
    protocol: Protocol, episode: Episode, submissions: Iterable[Submission], today: int
) -> list[Heard]:
    """Which submissions count, in order of time, as known at the end of day `today`."""
    known = list({s.id: s for s in submissions}.values())
    taken_back = {s.corrects for s in known if s.corrects}
    counting = [s for s in known if s.visit not in taken_back and s.answers]
    counting = [s for s in counting if (s.local_date - episode.procedure.date).days <= today]
    laid_out = [
        Heard(
            s.id,
            (s.local_date - episode.procedure.date).days,
            s.answered_at,
            {(a.item, a.place.site, a.place.side): (a.value, a.compared) for a in answers},
        )
        for s in counting
        if (answers := _counting(s, [o for o in counting if o.visit == s.visit]))
    ]
    return sorted(laid_out, key=lambda report: (report.day, report.at, report.id))


def _counting(one: Submission, visit: Sequence[Submission]) -> list[Answer]:
    """What a form of a visit says: its whole or last part all of it, a part what was taken back.

    What is in both is said once: one visit is one report.
    """
    last = max(visit, key=lambda s: (not s.part_of, s.answered_at, s.id))
    in_the_end = {(a.item, a.place): a.value for a in last.answers}
    return [
        answer
        for answer in one.answers
        if one is last
        or (
            isinstance(answer.value, str)
            and in_the_end.get((answer.item, answer.place)) != answer.value
        )
    ]


# ------------------------------------------------------------- what an answer says at a place


def places_of(protocol: Protocol, reports: Iterable[Heard], item: str) -> list[WHERE]:
    """Every place at which an item was asked; the body map as a whole is no place."""
    seen = {(site, side) for r in reports for (name, site, side) in r.answers if name == item}
    if protocol.items[item].per == "region":
        seen.discard(HERE)
    return sorted(seen)


def score_in(protocol: Protocol, report: Heard, item: str, where: WHERE) -> Score | None:
    """The score of a report; an answered body map says 0 for each region that is not named."""
    value, compared = report.answers.get((item, *where), (None, None))
    named = (item, *where) in report.answers
    if not named and protocol.items[item].per == "region":
        whole, _ = report.answers.get((item, *HERE), (None, None))
        value = 0 if isinstance(whole, int) else None
    return Score(report.day, value, compared) if isinstance(value, int) else None


def level_before(
    protocol: Protocol, episode: Episode, reports: Iterable[Heard], item: str, where: WHERE
) -> float | None:
    """The level before the procedure: what a clinician set, else the mean of the reports."""
    for own in episode.own_baselines:
        if (own.item, own.place.site, own.place.side) == (item, *where):
            return own.score
    plan = protocol.baseline
    scores = [
        score.points
        for report in reports
        if plan.from_day <= report.day <= plan.to_day
        and (score := score_in(protocol, report, item, where))
    ]
    return statistics.fmean(scores) if scores else None


def row_of(
    protocol: Protocol, episode: Episode, item: str, where: WHERE
) -> tuple[str, Symptom] | None:
    """The row of the window table for an item at a place."""
    for name, row in protocol.symptoms.items():
        planned = "planned" if _is_planned(protocol, episode, where) else "elsewhere"
        if row.item == item and row.where in ("", planned):
            return name, row
    return None


def _is_planned(protocol: Protocol, episode: Episode, where: WHERE) -> bool:
    site, side = where
    if site not in protocol.regions:
        return True
    treated, profile = episode.procedure, protocol.profiles[episode.procedure.profile]
    by_level = set(protocol.regions[site].roots) & set(treated.levels)
    is_aimed_at = site in profile.planned_regions or (profile.planned_by_level and bool(by_level))
    return is_aimed_at and (not side or not treated.side or side == treated.side)


def window_of(protocol: Protocol, episode: Episode, item: str, where: WHERE) -> Window | None:
    """Up to which day a complaint is expected; the patient's own days come first."""
    found = row_of(protocol, episode, item, where)
    window = found[1].windows.get(episode.procedure.profile) if found else None
    if found is None or window is None or found[1].where == "elsewhere":
        return window
    for own in episode.own_windows:
        if own.item == item:
            return Window(own.expected_to_day, own.persistent_from_day, window.priority)
    return window


# ------------------------------------------------------------------- conditions on answers


def meets(
    condition: Condition, past: Sequence[Heard], where: WHERE | None, protocol: Protocol
) -> list[str]:
    """The items with which the last report of `past` fulfils a condition; none if it does not."""
    if condition.all_of:
        parts = [meets(part, past, where, protocol) for part in condition.all_of]
        return [item for part in parts for item in part] if all(parts) else []
    if condition.any_of and condition.reports == 1:
        return [i for part in condition.any_of for i in meets(part, past, where, protocol)]
    asked = condition.items()
    spoken = [n for n, r in enumerate(past) if any(_given(i, r, where, protocol) for i in asked)]
    if not spoken or spoken[-1] != len(past) - 1 or len(spoken) < condition.reports:
        return []
    running = spoken[-condition.reports :]
    once = replace(condition, reports=1)
    if condition.any_of:
        met = [meets(once, past[: n + 1], where, protocol) for n in running]
        return met[-1] if all(met) else []
    if all(_meets_once(once, past[: n + 1], where, protocol) for n in running):
        return [condition.item]
    return []


def _given(
    item: str, report: Heard, where: WHERE | None, protocol: Protocol
) -> list[tuple[WHERE, int | str, str | None]]:
    """What a report answers to an item: anywhere, or at one place if the item has places."""
    place = HERE if where and not protocol.items[item].per else where
    return [
        ((site, side), value, compared)
        for (name, site, side), (value, compared) in report.answers.items()
        if name == item and value is not None and place in (None, (site, side))
    ]


def _meets_once(
    condition: Condition, past: Sequence[Heard], where: WHERE | None, protocol: Protocol
) -> list[WHERE]:
    """The places at which the last report fulfils a test; none if it does not."""
    met = [
        place
        for place, value, compared in _given(condition.item, past[-1], where, protocol)
        if _bounds_hold(condition, past, place, value, compared)
    ]
    if condition.both_sides and not {"left", "right"} <= {side for _, side in met}:
        return []
    return met


def goes_on(
    condition: Condition,
    past: Sequence[Heard],
    before: Sequence[Heard],
    where: WHERE | None,
    protocol: Protocol,
) -> bool:
    """Whether a condition would hold if what the last report leaves open were as it was before.

    before: the reports up to the last one that fulfilled it.
    """
    if condition.all_of:
        return all(goes_on(part, past, before, where, protocol) for part in condition.all_of)
    if condition.any_of:
        return any(goes_on(part, past, before, where, protocol) for part in condition.any_of)
    return bool(_meets_once(condition, past, where, protocol)) or any(
        _is_open(condition.item, place, past[-1], protocol)
        for place in _meets_once(condition, before, where, protocol)
    )


def _is_open(item: str, place: WHERE, report: Heard, protocol: Protocol) -> bool:
    """Whether a report does not answer a question at a place; a body map answers its regions."""
    asked = [place, HERE] if protocol.items[item].per == "region" else [place]
    answers = (report.answers.get((item, *one), (None, None)) for one in asked)
    return all(value is None for value, _ in answers)


def _bounds_hold(
    condition: Condition, past: Sequence[Heard], place: WHERE, value: int | str, said: str | None
) -> bool:
    earlier = [
        (report.at, given)
        for report in past[:-1]
        if (given := report.answers.get((condition.item, *place), (None, None))[0]) is not None
    ]
    now = past[-1].at
    if condition.at_least is not None and not (
        isinstance(value, int) and value >= condition.at_least
    ):
        return False
    if condition.one_of and value not in condition.one_of:
        return False
    if condition.compared and said not in condition.compared:
        return False
    if condition.sites and place[0] not in condition.sites:
        return False
    if condition.newly:
        was = earlier[-1][1] if earlier else None
        if value != condition.newly or was == condition.newly:
            return False
    if condition.rise is not None:
        hours = condition.within_hours
        recent = (
            earlier[-1:]
            if hours is None
            else [(at, v) for at, v in earlier if now - at <= dt.timedelta(hours=hours)]
        )
        rises = [value - v for _, v in recent if isinstance(v, int) and isinstance(value, int)]
        if not any(rise >= condition.rise for rise in rises):
            return False
    return True


# --------------------------------------------------------------------- small definitions


def last_running(
    scores: Sequence[Score],
    count: int,
    is_such: Callable[[Score], bool],
    within: int | None = None,
    from_day: int | None = None,
) -> bool:
    """Whether the last `count` scores all are such, none too early or too far from the next."""
    run = scores[-count:]
    gaps = [later.day - sooner.day for sooner, later in itertools.pairwise(run)]
    return (
        len(run) == count
        and all(is_such(score) for score in run)
        and (within is None or all(gap <= within for gap in gaps))
        and (from_day is None or all(score.day >= from_day for score in run))
    )


def _is_too_low(track: Track) -> bool:
    """Whether there was too little before the procedure for the rule to compare with."""
    before = track.before or 0.0
    least = getattr(track.rule, "baseline_at_least", 0.0)
    return before < least or (before <= 0 and NEEDS_LEVEL[track.rule.kind])


def _concerns(track: Track) -> bool:
    """Whether the rule is meant for this kind of procedure."""
    profiles = getattr(track.rule, "profiles", ())
    return not profiles or track.episode.procedure.profile in profiles


def mean(scores: Iterable[Score]) -> float:
    return statistics.fmean(score.points for score in scores)


# ---------------------------------------------------- one rule at one place, day after day
# Each is told, day by day, the scores heard so far and whether the newest came just now, and
# what it said before (`held`, a plain dict that it may write to).

Held = dict[str, Any]


@dataclass(frozen=True)
class Track:
    """One rule at one place of one course."""

    rule: Any
    protocol: Protocol
    episode: Episode
    item: str
    where: WHERE
    before: float | None
    row: str = ""
    window: Window | None = None

    def found(self, held: Held) -> Found | None:
        if not held.get("stage"):
            return None
        stage = next(s for s in self.rule.stages if s.id == held["stage"])
        priority = stage.priority or (self.window and self.window.priority)
        return (stage.id, str(priority), self.item, *self.where, held["since"])


def _rank(track: Track, stage: str) -> int:
    return [s.id for s in track.rule.stages].index(stage) if stage else -1


def shows(track: Track, score: Score) -> bool:
    """Whether a report shows a symptom as present (EVIDENCE 7.4; METHOD where nobody asked)."""
    presence, before = track.protocol.presence, track.before
    if score.compared is None:
        return score.points >= (before or 0.0) + presence.rise_unasked
    return (
        score.points >= presence.at_least
        and (before is None or score.points >= before + presence.rise)
        and score.compared in presence.compared
    )


def has_settled(track: Track, last_day_back: int, heard: Sequence[Score]) -> bool:
    """Whether a symptom went away, and was not back before `last_day_back`."""
    presence, base = track.protocol.presence, track.before or 0.0
    count, first_day = presence.settle_reports, presence.settle_from_day
    settled = False
    for n in range(1, len(heard) + 1):
        upto = heard[:n]
        if last_running(
            upto, count, lambda s: s.points <= base + presence.settle_rise, from_day=first_day
        ):
            settled = True
        elif upto[-1].day < last_day_back and last_running(
            upto, count, lambda s: s.points >= base + presence.back_rise, from_day=first_day
        ):
            settled = False
    return settled


def step_persistence(
    track: Track, held: Held, heard: Sequence[Score], news: bool, day: int
) -> None:
    count = track.protocol.presence.settle_reports
    if track.window is None or not heard:
        return
    if news and last_running(heard, count, lambda s: not shows(track, s)):
        held["stage"] = ""
    said = said_of_persistence(track, track.window, held, heard, day)
    if _rank(track, said) > _rank(track, held.get("stage", "")):
        held["since"] = held["since"] if held.get("stage") else day
        held["stage"] = said


def said_of_persistence(
    track: Track, window: Window, held: Held, heard: Sequence[Score], day: int
) -> str:
    """The stage that the last reports speak for on a day; empty if none."""
    rule, newest = track.rule, heard[-1]
    ended, persistent = window.expected_to_day, window.persistent_from_day
    settled = has_settled(track, persistent - rule.fresh_days, heard)
    within = track.protocol.presence.within_days
    twice = not settled and last_running(heard, 2, lambda s: shows(track, s), within)
    # EVIDENCE 7.4: what is new after it had gone is caught by O4 and O5, not hidden by that.
    once = rule.once_if_compared and newest.compared is not None and shows(track, newest)
    is_fresh = newest.day >= persistent - rule.fresh_days
    if ended < day < persistent and twice and newest.day >= ended + 1 - rule.fresh_days:
        return str(rule.late)
    if day >= persistent and is_fresh and (twice or once):
        return str(rule.persistent)
    is_asked_for = (
        day >= persistent + rule.unheard_after_days
        and not is_fresh
        and newest.day >= persistent - rule.unheard_stale_days
        and newest.points >= (track.before or 0.0) + rule.unheard_rise
    )
    known = held.get("stage")  # what is known already is not asked for
    return str(rule.unheard) if is_asked_for and not known and not settled else ""


def step_worsening(track: Track, held: Held, heard: Sequence[Score], news: bool, day: int) -> None:
    rule, asked, window = track.rule, track.protocol.presence.compared, track.window
    if not news:
        return
    first_day = rule.from_day
    if rule.past_window and window is not None:
        first_day = max(first_day, window.expected_to_day + 1)

    def settled_at(n: int) -> float:
        """The lowest level that two of the first n reports running did not exceed."""
        pairs = itertools.pairwise(heard[:n])
        return min((max(a.points, b.points) for a, b in pairs), default=math.inf)

    def is_raised(n: int) -> bool:
        score = heard[n]
        said = score.compared is None or score.compared in asked
        return score.day >= first_day and said and score.points >= settled_at(n) + rule.each_rise

    level = settled_at(len(heard))
    if held.get("stage"):
        if last_running(heard, rule.end_reports, lambda s: s.points <= level + rule.end_rise):
            held["stage"] = ""
        return
    run: list[Score] = []
    for n in range(len(heard) - 1, -1, -1):
        if not is_raised(n):
            break
        run.insert(0, heard[n])
    if (
        len(run) >= rule.run_reports
        and run[-1].day - run[0].day >= rule.span_days
        and mean(run) >= level + rule.mean_rise
    ):
        held.update(stage=rule.stages[0].id, since=day)


def step_no_benefit(track: Track, held: Held, heard: Sequence[Score], news: bool, day: int) -> None:
    rule, base = track.rule, track.before
    if not base or _is_too_low(track) or not _concerns(track):
        return
    own = [w.expected_to_day for w in track.episode.own_windows if w.item == "relief"]
    profile = track.protocol.profiles[track.episode.procedure.profile]
    due = own[0] if own else profile.benefit_from_day
    told = [score for score in heard if score.day >= rule.from_day]
    eased = any(
        mean(told[n - rule.relief_reports : n]) <= rule.relief_fraction * base
        for n in range(rule.relief_reports, len(told) + 1)
    )
    last = told[-rule.still_reports :]
    is_still = len(last) == rule.still_reports and mean(last) >= rule.still_fraction * base
    if held.get("stage") and (eased or not is_still):
        held["stage"] = ""
    if (
        not held.get("was")
        and not eased
        and is_still
        and due <= day <= due + rule.until_days
        and told[-1].day >= due - rule.fresh_days
    ):
        held.update(stage=rule.stages[0].id, since=day, was=True)


def step_above_baseline(
    track: Track, held: Held, heard: Sequence[Score], news: bool, day: int
) -> None:
    rule, base = track.rule, track.before
    if base is None or not news or _is_too_low(track):
        return
    limit = min(base + rule.rise, track.protocol.scale_of(track.item).maximum)
    if held.get("stage"):
        if last_running(heard, rule.reports_needed, lambda s: s.points < limit):
            held["stage"] = ""
        return
    if (
        not held.get("was")
        and rule.from_day <= day <= rule.to_day
        and last_running(heard, rule.reports_needed, lambda s: s.points >= limit)
    ):
        held.update(stage=rule.stages[0].id, since=day, was=True)


def step_recurrence(track: Track, held: Held, heard: Sequence[Score], news: bool, day: int) -> None:
    rule, base = track.rule, track.before
    if not base or not heard:
        return
    limit = rule.limit_fraction * base
    profile = track.protocol.profiles[track.episode.procedure.profile]
    trend = trend_of(rule, base, heard)
    if trend is None:
        return
    if news and trend < rule.rearm_fraction * base:
        held.clear()
    elif not held.get("spent"):
        if day >= profile.recurrence_from_day and trend > limit:
            held.update(spent=True, stage=rule.possible, since=day, first=heard[-1])
    elif news and held.get("stage") != rule.confirmed:
        follow_recurrence(track, held, heard, trend > limit, day)


def follow_recurrence(
    track: Track, held: Held, heard: Sequence[Score], is_above: bool, day: int
) -> None:
    """What a report does to a recurrence that is possible, or was doubted: confirm or refute.

    Where it was doubted, the trend has to be above its limit again before two reports count:
    what the nurse sees is what alerts.
    """
    rule, newest, start = track.rule, heard[-1], held["first"]
    limit = rule.limit_fraction * (track.before or 0.0)
    is_late = start is not None and newest.day - start.day >= rule.confirm_after_days
    if newest.points < limit:
        if is_late:
            held.update(stage="", first=None)
    elif start is None or start.points < limit:
        held["first"] = newest if is_above or start else None
    elif (
        is_late
        and newest.points >= rule.confirm_at_least
        and mean([start, newest]) - relief_level(rule, limit, heard) >= rule.confirm_rise
    ):
        held["since"] = held["since"] if held["stage"] else day
        held["stage"] = rule.confirmed


def relief_level(rule: Any, limit: float, heard: Sequence[Score]) -> float:
    """The median of the first reports of relief, of as many as there are; 0 without any."""
    low = [s.points for s in heard if s.day >= rule.reference_from_day and s.points <= limit]
    first = low[: rule.reference_reports]
    return statistics.median(first) if first else 0.0


def trend_of(rule: Any, base: float, heard: Sequence[Score]) -> float | None:
    """The smoothed pain since relief; None before it (METHOD)."""
    limit, cap = rule.limit_fraction * base, rule.cap_fraction * base
    for n in range(rule.relief_reports, len(heard) + 1):
        if last_running(
            heard[:n],
            rule.relief_reports,
            lambda s: s.points <= limit,
            from_day=rule.relief_from_day,
        ):
            trend = float(heard[n - 2].points)
            for before, now in zip(heard[n - 2 :], heard[n - 1 :], strict=False):
                share = 1 - math.exp(-(now.day - before.day) / rule.tau_days)
                trend += share * (min(now.points, cap) - trend)
            return trend
    return None


def step_jump(track: Track, held: Held, heard: Sequence[Score], news: bool, day: int) -> None:
    rule = track.rule
    if not news or not heard:
        return
    if held.get("stage"):
        if last_running(heard, rule.reports, lambda s: s.points < rule.at_least):
            held["stage"] = ""
        return
    for n in range(len(heard) - rule.reports, len(heard)):
        if n < 1 or heard[n].day < rule.from_day:
            continue
        level, up = heard[n - 1].points, heard[n:]
        is_up = all(s.points >= max(rule.at_least, level + rule.rise) for s in up)
        enough = len(up) >= rule.reports or any(s.points >= rule.at_once_from for s in up)
        if is_up and enough:
            held.update(stage=rule.stages[0].id, since=day)
            return


def step_return(track: Track, held: Held, heard: Sequence[Score], news: bool, day: int) -> None:
    rule, base = track.rule, track.before
    if not base or track.episode.procedure.profile not in rule.profiles:
        return
    low, high = rule.relieved_fraction * base, rule.back_fraction * base
    eased = any(score.points <= low for score in heard[: -rule.reports])
    if last_running(heard, rule.reports, lambda s: s.points <= low):
        held.clear()
    elif eased and last_running(heard, rule.reports, lambda s: s.points >= high):
        held["back"] = True
    watched = day >= track.protocol.profiles[track.episode.procedure.profile].recurrence_from_day
    if held.get("back") and watched and not held.get("stage"):
        held.update(stage=rule.stages[0].id, since=day)


STEPS: Mapping[str, Callable[[Track, Held, Sequence[Score], bool, int], None]] = {
    "persistence": step_persistence,
    "worsening": step_worsening,
    "no_benefit": step_no_benefit,
    "above_baseline": step_above_baseline,
    "recurrence": step_recurrence,
    "jump": step_jump,
    "return": step_return,
}
NEEDS_LEVEL = {"recurrence": True, "no_benefit": True, "above_baseline": False, "return": True}
"""The kinds that need a level before the procedure, and whether 0 is too low for them."""


def step_answers(
    rule: Any, episode: Episode, protocol: Protocol, held: Held, past: Sequence[Heard], where: Any
) -> None:
    """One report more for a rule on answers: `past` ends with it."""
    if rule.profiles and episode.procedure.profile not in rule.profiles:
        return
    day, to_day = past[-1].day, rule.to_day
    if episode.procedure.implant and rule.to_day_implant is not None:
        to_day = rule.to_day_implant
    met = meets(rule.when, past, where, protocol)
    if held.get("stage"):
        wanted = [rule.when, *([rule.stays_while] if rule.stays_while else [])]
        met = met or (meets(rule.stays_while, past, where, protocol) if rule.stays_while else [])
        if met:
            held.update(item=met[0], before=past, others=0)
        elif not any(goes_on(one, past, held["before"], where, protocol) for one in wanted):
            held["others"] += 1
        if held["others"] >= rule.end_reports:
            held["stage"] = ""
    elif met and rule.from_day <= day and (to_day is None or day <= to_day):
        stage = rule.stages[0].id
        held.update(stage=stage, since=day, item=met[0], before=past, others=0)


def missed_on(
    rule: Any, protocol: Protocol, episode: Episode, last_day: int | None, day: int, other: set[str]
) -> Found | None:
    """What is said on a day of the reports that did not come since `last_day`.

    One is not expected of which any day, from the one it is due on to the last, is in a pause.
    other: the priorities of what else is found on that day.
    """
    surgical = protocol.profiles[episode.procedure.profile].surgical
    silent: list[tuple[int, Any]] = []
    for slot in protocol.schedule:
        if slot.due_day <= 0 or (slot.surgical_only and not surgical):
            continue
        if any(_is_paused(episode, one) for one in range(slot.due_day, slot.closes_day + 1)):
            continue
        if episode.followed_from and _date(episode, slot.due_day) < episode.followed_from:
            continue  # it was due before anybody here could ask for it
        phase = next(p for p in rule.phases if p.to_day is None or slot.due_day <= p.to_day)
        call = max(slot.closes_day + 1, slot.due_day + math.ceil(phase.call_after_hours / 24))
        came = last_day is not None and last_day >= slot.opens_day
        if day >= call and not came:
            silent.append((call, phase))
    if not silent:
        return None
    since = min(call for call, _ in silent)
    lost = next(s for s in rule.stages if s.id == rule.lost)
    if len(silent) >= rule.lost_after or other & {str(p) for p in rule.lost_with}:
        return (lost.id, str(lost.priority), "", "", "", since)
    return (rule.missed, str(silent[0][1].priority), "", "", "", since)


def _date(episode: Episode, day: int) -> dt.date:
    return episode.procedure.date + dt.timedelta(days=day)


def _is_paused(episode: Episode, day: int) -> bool:
    date = _date(episode, day)
    return any(pause.first <= date <= pause.last for pause in episode.pauses)


# ------------------------------------------------------------------------- a whole course


@dataclass(frozen=True)
class Moment:
    """What the rules say on a day, after so many reports of the course."""

    day: int
    reports: int
    verdict: Verdict


class Walk:
    """One course, walked through day by day and report by report.

    `moments` yields, for each day up to `until`, the verdict on that day before its first
    report, if it has any, and the one after each of them; or the one of the silent day.
    """

    def __init__(
        self, protocol: Protocol, episode: Episode, submissions: Iterable[Submission], until: int
    ) -> None:
        self.protocol, self.episode, self.until = protocol, episode, until
        self.reports = heard_of(protocol, episode, submissions, until)
        self.tracks = list(self._tracks())
        self.asking = [
            (rule, where)
            for rule in protocol.rules
            if rule.kind == "answers"
            for where in self._asked_at(rule)
        ]

    def _asked_at(self, rule: Any) -> Iterable[WHERE | None]:
        return places_of(self.protocol, self.reports, rule.per) if rule.per else (None,)

    def _tracks(self) -> Iterator[Track]:
        rule: Any
        for rule in self.protocol.rules:
            if rule.kind == "persistence":
                items = [self.protocol.symptoms[row].item for row in rule.symptoms]
            elif rule.kind in STEPS:
                items = [rule.item]
            else:
                continue
            for item in dict.fromkeys(items):
                for where in places_of(self.protocol, self.reports, item):
                    found = row_of(self.protocol, self.episode, item, where)
                    row = found[0] if found else ""
                    if rule.kind != "persistence" or row in rule.symptoms:
                        yield self._track(rule, item, where, row)

    def _track(self, rule: Any, item: str, where: WHERE, row: str) -> Track:
        before = level_before(self.protocol, self.episode, self.reports, item, where)
        window = window_of(self.protocol, self.episode, item, where)
        return Track(rule, self.protocol, self.episode, item, where, before, row, window)

    def moments(self) -> Iterator[Moment]:
        held: list[Held] = [{} for _ in self.tracks]
        said: list[Held] = [{} for _ in self.asking]
        scores = [self._heard_before(track) for track in self.tracks]
        told: frozenset[tuple[str, Found]] = frozenset()
        count = sum(report.day <= 0 for report in self.reports)
        for day in range(1, self.until + 1):
            today = [r for r in self.reports if r.day == day]
            spoken = [False for _ in self.tracks]
            look = self._look(held, scores, day)
            before = self._found(look, said)
            yield Moment(day, count, self._verdict(before, scores, told, count, day))
            for n_today, report in enumerate(today):
                count += 1
                told = before if n_today else frozenset()  # by an earlier report of this day
                for n, track in enumerate(self.tracks):
                    score = score_in(self.protocol, report, track.item, track.where)
                    if score:
                        scores[n].append(score)
                        spoken[n] = True
                        STEPS[track.rule.kind](track, held[n], scores[n], True, day)
                for (rule, where), memory in zip(self.asking, said, strict=True):
                    past = self.reports[:count]
                    memory["count"] = count
                    step_answers(rule, self.episode, self.protocol, memory, past, where)
                look = self._look(held, scores, day)
                before = self._found(look, said)
                yield Moment(day, count, self._verdict(before, scores, told, count, day))
            # A day on which nothing was said of a complaint is looked at when it is over.
            held = [h if s else seen for h, s, seen in zip(held, spoken, look, strict=True)]

    def _heard_before(self, track: Track) -> list[Score]:
        """Only a jump is measured from the last report, even where that was before."""
        before = [r for r in self.reports if r.day <= 0 and track.rule.kind == "jump"]
        scores = (score_in(self.protocol, r, track.item, track.where) for r in before)
        return [score for score in scores if score]

    def _look(
        self, held: Sequence[Held], scores: Sequence[Sequence[Score]], day: int
    ) -> list[Held]:
        """What would be said on a day if nothing more came on it; `held` is left as it is."""
        seen = [dict(memory) for memory in held]
        for track, memory, heard in zip(self.tracks, seen, scores, strict=True):
            STEPS[track.rule.kind](track, memory, heard, False, day)
        return seen

    def _found(self, held: Sequence[Held], said: Sequence[Held]) -> frozenset[tuple[str, Found]]:
        """All that the rules find that look at answers and scores, with the rule's id."""
        found = [
            (track.rule.id, finding)
            for track, memory in zip(self.tracks, held, strict=True)
            if (finding := track.found(memory))
        ]
        for (rule, where), memory in zip(self.asking, said, strict=True):
            if memory.get("stage") and self._is_known(rule, where, memory["count"]):
                priority = str(rule.stages[0].priority)
                place = where or HERE
                found.append(
                    (
                        rule.id,
                        (memory["stage"], priority, memory["item"], *place, memory["since"]),
                    )
                )
        return frozenset(one for one in found if not self._is_told_already(one, found))

    def _is_known(self, rule: Any, where: WHERE | None, count: int) -> bool:
        """Whether a place was asked of by then: a rule `per` an item is judged at its places."""
        known = places_of(self.protocol, self.reports[:count], rule.per) if rule.per else ()
        return not rule.per or where in known

    def _is_told_already(self, one: tuple[str, Found], found: Sequence[tuple[str, Found]]) -> bool:
        """Whether another rule that this one gives way to tells as early of the same worry."""
        rule_id, (_, _, _, *where, since) = one
        unless = next(rule.unless for rule in self.protocol.rules if rule.id == rule_id)
        return any(
            name in unless and [*place] == where and began <= since
            for name, (_, _, _, *place, began) in found
        )

    def _verdict(
        self,
        found: frozenset[tuple[str, Found]],
        scores: Sequence[Sequence[Score]],
        told: frozenset[tuple[str, Found]],
        count: int,
        day: int,
    ) -> Verdict:
        findings: dict[str, set[Found]] = {}
        notes: dict[str, set[str]] = {}
        for rule_id, finding in found:
            findings.setdefault(rule_id, set()).add(finding)
        for track, heard in zip(self.tracks, scores, strict=True):
            kind = track.rule.kind
            if heard and kind in NEEDS_LEVEL and _concerns(track):
                if track.before is None:
                    notes.setdefault(track.rule.id, set()).add("no_baseline")
                elif _is_too_low(track):
                    notes.setdefault(track.rule.id, set()).add("nothing_before")
        newest = self.reports[count - 1] if count else None
        for rule in self.protocol.rules:
            if rule.kind == "missed":
                last_day = newest.day if newest else None
                other = {finding[1] for _, finding in found}
                one = missed_on(rule, self.protocol, self.episode, last_day, day, other)
            elif rule.kind == "together":
                one = self._together(rule, found, told, newest)
            else:
                continue
            if one:
                findings.setdefault(rule.id, set()).add(one)
        return {
            rule_id: (frozenset(findings.get(rule_id, ())), frozenset(notes.get(rule_id, ())))
            for rule_id in findings.keys() | notes.keys()
        }

    def _together(
        self,
        rule: Any,
        found: frozenset[tuple[str, Found]],
        told: frozenset[tuple[str, Found]],
        newest: Heard | None,
    ) -> Found | None:
        """Several of one priority that the newest report began.

        It began on that day, that report tells of it, and no earlier one of the day had told.
        """
        if newest is None:
            return None
        known = {(rule_id, site, side) for rule_id, (_, _, _, site, side, _) in told}
        items = {
            item
            for rule_id, (_, priority, item, site, side, since) in found
            if priority == str(rule.priority)
            and (rule_id, site, side) not in known
            and since == newest.day
            and (
                score_in(self.protocol, newest, item, (site, side))
                or _given(item, newest, (site, side), self.protocol)
            )
        }
        stage = rule.stages[0]
        if len(items) < rule.at_least:
            return None
        return (stage.id, str(stage.priority), "", "", "", newest.day)
