"""Made-up histories of one patient: plausible, and as nasty as a seed can make them.

A plain seeded generator, so that a failure names its seed. It does not try to be a clinic: it
crowds reports around the days on which windows pass and scores around the limits of the rules,
skips questions, splits and repeats visits, sends late, out of order and twice, sets clocks
wrong, and takes reports back.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from monitor.domain.episode import Episode, OwnBaseline, OwnWindow, Pause, Procedure
from monitor.domain.protocol import Protocol, Side
from monitor.domain.submission import NOWHERE, Answer, Compared, Place, Submission

ZONE = ZoneInfo("Europe/Berlin")
SPRING, AUTUMN = dt.date(2026, 3, 29), dt.date(2026, 10, 25)
"""The days of 2026 on which clocks are changed in that zone."""

LEVELS = ("C2", "C3", "C4", "C5", "C6", "C7", "C8", "T1")
FLAGS = (
    "breathing",
    "neck_swelling",
    "swallow_saliva",
    "arms_or_leg_weak",
    "bladder_bowel",
    "arm_getting_weaker",
    "face_speech_vision",
    "confused",
    "fever",
    "light_hurts",
    "wound_pus_open",
    "wound_redness",
    "clear_fluid",
    "help_now",
    "head_drops",
    "clumsy_hands",
    "walking_unsteady",
    "activity_beyond_advice",
)
SIDES = (Place(side="left"), Place(side="right"))
GAPS = (1, 2, 3, 3, 4, 6, 7, 7, 8, 14, 28, 44, 45, 45, 46)
"""Days between reports, around those that the rules bother about."""


@dataclass(frozen=True)
class History:
    """One episode, and its submissions in the order in which they arrived."""

    seed: int
    episode: Episode
    submissions: tuple[Submission, ...]
    until: int

    @property
    def stored(self) -> tuple[Submission, ...]:
        """What a store holds of it in the end: each submission once."""
        return tuple({s.id: s for s in self.submissions}.values())

    def without(self, index: int) -> History:
        """The same with one submission less; parts and corrections stand for themselves."""
        kept = self.submissions[:index] + self.submissions[index + 1 :]
        return replace(self, submissions=kept)


@dataclass
class _Trouble:
    """One complaint at one place: the level it wobbles around, and what is said of it."""

    item: str
    place: Place
    before: int
    level: float = 0.0
    said: Compared | None = None


class _Maker:
    def __init__(self, seed: int, protocol: Protocol) -> None:
        self.seed = seed
        self.protocol = protocol
        self.random = random.Random(seed)
        self.profile = self.random.choice(sorted(protocol.profiles))
        self.is_narrow = self.random.random() < 0.4
        self.procedure = self._procedure()
        self.until = self.random.choice((20, 45, 60, 100, 140, 140, 200))
        if self.random.random() < 0.08:
            self.until = self.random.choice((420, 800))
        self.troubles = list(self._troubles())
        self.turn = pick_one(self.random, self._edges()) if self.is_narrow else None
        self.choices = [] if self.is_narrow else self._choices()

    def _procedure(self) -> Procedure:
        pick = self.random
        near = pick.choice((SPRING, AUTUMN, dt.date(2026, 7, 1)))
        return Procedure(
            date=near - dt.timedelta(days=pick.randrange(60)),
            profile=self.profile,
            levels=tuple(pick.sample(LEVELS, pick.randint(1, 3))),
            side=pick.choice(("left", "right", "right", "")),
            implant=pick.random() < 0.3,
        )

    def _troubles(self) -> Iterator[_Trouble]:
        pick = self.random
        scored = [
            name
            for name, item in sorted(self.protocol.items.items())
            if self.protocol.scales[item.scale].kind == "number" and not item.retired
        ]
        others = [item for item in scored if item != "pain"]
        chosen = pick.sample(others, pick.randint(2, 6))
        if self.is_narrow:  # one complaint or two, and nothing that hides what they do
            chosen = pick.choice((["pain"], ["pain", chosen[0]], chosen[:1], chosen[:2]))
        elif pick.random() < 0.85:
            chosen.append("pain")
        for item in chosen:
            for place in self._places(item):
                levels = (4, 6, 8, 10, 10) if item == "pain" else (0, 0, 1, 3, 4, 5, 7, 9)
                yield _Trouble(item, place, pick.choice(levels))

    def _places(self, item: str) -> Iterable[Place]:
        pick = self.random
        if self.protocol.items[item].per == "side":
            return pick.sample(SIDES, pick.randint(1, 2))
        if self.protocol.items[item].per == "region":
            sides: tuple[Side, ...] = ("left", "right", "")
            sites = [*sorted(self.protocol.regions)] + ["scar"] * (pick.random() < 0.1)
            marked = {Place(pick.choice(sites), pick.choice(sides)) for _ in range(3)}
            return sorted(marked)
        return (NOWHERE,)

    def _choices(self) -> list[tuple[str, Place]]:
        """The questions with options that are asked of this patient."""
        pick = self.random
        tests = [
            (name, place)
            for name, item in sorted(self.protocol.items.items())
            if self.protocol.scales[item.scale].kind == "choice" and name not in FLAGS
            for place in (SIDES if item.per else (NOWHERE,))
        ]
        flags = [(name, NOWHERE) for name in FLAGS]
        return pick.sample(flags, pick.randint(0, 5)) + pick.sample(tests, pick.randint(0, 5))

    def _days(self) -> list[int]:
        """The days of the reports: the schedule with holes, and the days that matter."""
        pick = self.random
        days = (
            self._sparse()
            if pick.random() < (0.6 if self.is_narrow else 0.2)
            else self._scheduled()
        )
        days += [pick.randint(1, self.until) for _ in range(pick.choice((0, 0, 1, 4)))]
        if self.turn is not None:
            days += [self.turn, self.turn + pick.choice(GAPS)]
        days = [day for day in days if 0 < day <= self.until + 3]
        if len(days) > 2 and pick.random() < 0.2:  # a long silence
            start = pick.choice(days)
            days = [day for day in days if not start < day < start + pick.choice((15, 46, 90))]
        if pick.random() < (0.9 if self.is_narrow else 0.75):
            days += pick.sample((-40, -31, -30, -14, -3, -1, 0), pick.choice((1, 1, 2, 3)))
        return sorted(days)

    def _scheduled(self) -> list[int]:
        pick = self.random
        days = [
            pick.choice((slot.due_day, pick.randint(slot.opens_day, slot.closes_day)))
            for slot in self.protocol.slots_for(self.profile)
            if slot.due_day > 0 and pick.random() < 0.75
        ]
        edges = self._edges()
        return days + pick.sample(edges, min(len(edges), pick.randint(0, 12)))

    def _sparse(self) -> list[int]:
        """Few reports, just as far apart as the rules bother about, from a day that matters."""
        pick = self.random
        first = (1, 1, 2, 3) if self.turn is None else (self.turn, *range(1, 5))
        days = [pick.choice((*first, *self._edges()))]
        for gap in pick.choices(GAPS, k=pick.randint(2, 8)):
            days.append(days[-1] + gap)
        return days

    def _edges(self) -> list[int]:
        profile = self.protocol.profiles[self.profile]
        edges = [4, 5, 6, 7, 10, 11, 14, 15, 28, 29, 30, 31, 90, 91]
        edges += [profile.benefit_from_day + n for n in (-8, -7, 0, 38, 44, 45, 46)]
        edges += [profile.recurrence_from_day + n for n in (-7, -1, 0, 7)]
        for row in self.protocol.symptoms.values():
            window = row.windows.get(self.profile)
            if window and row.item in {trouble.item for trouble in self.troubles}:
                ends = (window.expected_to_day, window.persistent_from_day)
                edges += [end + n for end in ends for n in (-4, -3, -2, 0, 1, 7, 8)]
        return edges

    def _wander(self, trouble: _Trouble, day: int) -> None:
        """Move a complaint on to another level near a limit, now and then."""
        pick = self.random
        base = float(trouble.before)
        if day <= 0:
            trouble.level = base
            return
        if self.turn is not None:  # calm, and from one day on not
            calm, not_calm = (0, base / 2, base * 0.6), (base, base * 0.65, base + 3, 7, 8)
            trouble.level = pick.choice(calm if day < self.turn else not_calm)
            trouble.said = pick.choice((None, "new", "worse"))
            return
        if pick.random() < (0.5 if self.is_narrow else 0.3):
            near = (0, 0, 1, 3, 4, 5, 7, 8, base, base + 1, base + 2, base + 3, base + 4)
            shares = (0.38, 0.42, 0.45, 0.5, 0.55, 0.65, 0.75, 1.0)
            trouble.level = pick.choice((*near, *(base * share for share in shares)))
            trouble.said = pick.choice((None, None, "worse", "new", "new", "same", "better"))

    def _score(self, trouble: _Trouble, day: int) -> Answer | None:
        pick = self.random
        self._wander(trouble, day)
        if pick.random() > (0.97 if self.is_narrow else 0.9):
            return None
        if pick.random() < 0.07:
            return Answer(trouble.item, None, trouble.place)
        is_steady = pick.random() < 0.6 or (self.is_narrow and day <= 0)
        wobble = 0 if is_steady else pick.choice((1, -1, 2, -2))
        score = min(10, max(0, int(trouble.level + wobble + pick.choice((0, 0.5)))))
        said = trouble.said
        if pick.random() < 0.1:
            said = pick.choice((None, "worse", "new", "same", "better"))
        compares = self.protocol.items[trouble.item].compare
        return Answer(trouble.item, score, trouble.place, said if compares and day > 0 else None)

    def _answers(self, day: int) -> tuple[Answer, ...]:
        pick = self.random
        given = [a for trouble in self.troubles if (a := self._score(trouble, day))]
        for item in sorted({t.item for t in self.troubles}):
            if self.protocol.items[item].per == "region" and pick.random() < 0.85:
                given = self._with_map(item, given)
        for item, place in self.choices:
            options = self.protocol.scale_of(item).options
            if pick.random() < 0.8:
                option = options[0] if pick.random() < 0.3 else pick.choice(options)
                given.append(Answer(item, None if pick.random() < 0.1 else option, place))
        pick.shuffle(given)
        return tuple(given) or (Answer("pain", None),)

    def _with_map(self, item: str, given: list[Answer]) -> list[Answer]:
        """The whole body map beside its regions, as the kiosk sends it, or skipped."""
        pick = self.random
        if pick.random() < 0.08:
            return [a for a in given if a.item != item] + [Answer(item, None)]
        marked = [a for a in given if a.item == item and isinstance(a.value, int) and a.value > 0]
        given = [a for a in given if a.item != item or a in marked]
        worst = max((a.value for a in marked if isinstance(a.value, int)), default=0)
        return [*given, Answer(item, worst, NOWHERE, marked[0].compared if marked else None)]

    def make(self) -> History:
        pick = self.random
        sent: list[Submission] = []
        days = self._days()
        for day in days:
            for _ in range(pick.choice((1, 1, 1, 1, 1, 2, 3)) if pick.random() < 0.3 else 1):
                sent += self._visit(day, f"{len(sent)}")
        sent += self._corrections(sent)
        sent += pick.sample(sent, min(len(sent), pick.choice((0, 0, 1, 2))))  # sent twice
        sent.sort(key=lambda s: s.received_at)
        if pick.random() < 0.3:
            pick.shuffle(sent)
        return History(self.seed, self._episode(), tuple(sent), self.until)

    def _visit(self, day: int, name: str) -> Iterator[Submission]:
        """One form, perhaps with parts of it that were sent before its end."""
        pick = self.random
        answers = self._answers(day)
        date = self.procedure.date + dt.timedelta(days=day)
        minute = pick.choice((9 * 60, pick.randrange(1440), 0, 1439, 150, 150))
        local = dt.datetime.combine(date, dt.time(minute // 60, minute % 60), ZONE)
        at = local.replace(fold=pick.randrange(2)).astimezone(dt.UTC)
        received = at
        if pick.random() < 0.15:  # kept at the kiosk until the line was back
            received += pick.choice((dt.timedelta(hours=5), dt.timedelta(days=pick.randint(1, 20))))
        elif pick.random() < 0.04:  # a clock that was ahead
            received -= dt.timedelta(days=pick.randint(1, 9))
        whole = self._sent(f"report-{name}", answers, at, received)
        parts: list[Submission] = []
        if pick.random() < 0.15:
            sent_early = pick.sample(
                range(1, len(answers) + 1), min(len(answers), pick.choice((1, 2)))
            )
            for n, done in enumerate(sorted(sent_early)):
                said = [self._otherwise(a) for a in answers[:done]]
                sooner = at - dt.timedelta(minutes=20 - 7 * n)
                part = self._sent(f"part-{n}-{name}", tuple(said), sooner, received)
                parts.append(replace(part, part_of=whole.id))
        yield from parts
        if not parts or pick.random() < 0.7:
            yield whole

    def _otherwise(self, answer: Answer) -> Answer:
        """What was answered first, before the patient went back and chose again."""
        pick = self.random
        scale = self.protocol.scale_of(answer.item)
        if scale.kind == "choice" and pick.random() < 0.3:
            return replace(answer, value=pick.choice(scale.options))
        return answer

    def _sent(
        self, name: str, answers: tuple[Answer, ...], at: dt.datetime, received: dt.datetime
    ) -> Submission:
        return Submission(
            id=name,
            episode_id="episode-1",
            form="acute",
            answers=answers,
            answered_at=at,
            local_date=min(at, received).astimezone(ZONE).date(),
            received_at=received,
            protocol_version=self.protocol.version,
            protocol_hash=self.protocol.content_hash,
            entered_by="import",  # a site of its own is accepted from an import only
        )

    def _corrections(self, sent: list[Submission]) -> Iterator[Submission]:
        """A report that takes the place of another, or takes it back; some of both again."""
        pick = self.random
        wholes = [s for s in sent if not s.part_of]
        if not wholes or pick.random() < 0.75:
            return
        for n, wrong in enumerate(pick.sample(wholes, min(len(wholes), pick.randint(1, 3)))):
            later = wrong.received_at + dt.timedelta(hours=pick.choice((1, 30, 200)))
            answers = pick.choice(
                ((), self._answers(5), tuple(map(self._otherwise, wrong.answers)))
            )
            right = replace(
                wrong,
                id=f"correction-{n}",
                answers=answers,
                received_at=later,
                corrects=wrong.id,
                reason="Written down wrongly.",
            )
            yield right
            if pick.random() < 0.2:
                yield replace(
                    right,
                    id=f"correction-{n}-again",
                    answers=self._answers(9),
                    received_at=later + dt.timedelta(hours=2),
                    corrects=right.id,
                )

    def _episode(self) -> Episode:
        pick = self.random
        windows: list[OwnWindow] = []
        if pick.random() < 0.2:
            item = pick.choice([t.item for t in self.troubles])
            expected = pick.randint(1, 70)
            windows.append(OwnWindow(item, expected, expected + pick.randint(1, 40)))
        if pick.random() < 0.15:
            day = pick.randint(10, 100)
            windows.append(OwnWindow("relief", day, day))
        baselines: list[OwnBaseline] = []
        if pick.random() < 0.15:
            trouble = pick.choice(self.troubles)
            score = pick.choice((0.0, 2.5, float(trouble.before), 7.0))
            baselines.append(OwnBaseline(trouble.item, score, trouble.place))
        return Episode(
            id="episode-1",
            patient_id="patient-1",
            procedure=self.procedure,
            protocol_id=self.protocol.id,
            own_windows=tuple(windows),
            own_baselines=tuple(baselines),
            followed_from=self._followed_from(),
            pauses=tuple(self._pauses()),
        )

    def _followed_from(self) -> dt.date | None:
        """Most are registered in time, some days or months after the procedure."""
        day = self.random.choice((None, None, None, 1, 3, 8, 30, 90))
        return None if day is None else self.procedure.date + dt.timedelta(days=day)

    def _pauses(self) -> Iterator[Pause]:
        """Days or weeks on which nothing is expected; they may touch, overlap, or come early."""
        pick = self.random
        for _ in range(pick.choice((0, 0, 0, 1, 2, 3))):
            first = self.procedure.date + dt.timedelta(days=pick.randint(-9, self.until))
            days = pick.choice((0, 1, 6, 6, 13, 27))
            yield Pause(first, first + dt.timedelta(days=days), "holiday")


def pick_one(pick: random.Random, days: list[int]) -> int | None:
    """One of the days, or none: every other time."""
    return pick.choice((None, pick.choice(days)))


def history_of(seed: int, protocol: Protocol) -> History:
    """The history of a seed; the same seed and protocol give the same history."""
    return _Maker(seed, protocol).make()
