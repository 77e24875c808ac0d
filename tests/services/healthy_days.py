"""A clinic in which everything that may happen happens, in any order, and nothing is at fault."""

from __future__ import annotations

import datetime as dt
import random
from contextlib import suppress
from dataclasses import replace
from typing import get_args

from monitor.domain.episode import Ending, OwnBaseline, OwnWindow
from monitor.domain.protocol import Protocol, Side
from monitor.domain.rules.answers import Answers
from monitor.domain.submission import COMPARED, Answer, Compared
from monitor.services import alerts, endings, evaluation, submissions, sweep
from monitor.services.ports import Refusal
from tests.builders import answer, date, episode, procedure
from tests.protocols import default_protocol
from tests.services.clinics import Practice, broken_protocol, form

SCORED = ("pain", "soreness", "burning", "stiffness", "headache", "weakness", "arm_pain")
SIGNS = ("breathing", "clear_fluid", "help_now", "fever")


def stricter_protocol() -> Protocol:
    """The default protocol of another version, without its signs and with another presence."""
    known = default_protocol()
    return replace(
        known,
        version="next",
        content_hash="e" * 64,
        rules=tuple(r for r in known.rules if not isinstance(r, Answers) or r.id == "airway"),
        presence=replace(known.presence, at_least=2, rise=1.0),
    )


class HealthyDays:
    """One patient's days, drawn at random; the same seed gives the same days."""

    def __init__(self, seed: int) -> None:
        self.practice = Practice()
        self.practice.enrols()
        self._chance = random.Random(seed)
        self._episodes = ["episode-1"]
        self._sent: list[str] = []

    def step(self) -> None:
        """Let one thing happen; what the clinic refuses has not happened."""
        happens = self._chance.choices(
            (
                self._wait,
                self._report,
                self._nurse,
                self._correct,
                self._chart,
                self._absence,
                self._rules,
            ),
            weights=(6, 8, 10, 1, 1, 2, 1),
        )[0]
        with suppress(Refusal):
            happens()

    def sweep(self) -> tuple[str, ...]:
        """The episodes in which a sweep now finds a difference."""
        return sweep.run(self.practice.clinic).differing

    def _wait(self) -> None:
        """Minutes, hours or days; sometimes the clock was wrong and is put back or on."""
        kind = self._chance.random()
        if kind < 0.1:
            self.practice.clock.advance(minutes=-self._chance.choice((3, 70, 1500, 5000)))
        elif kind < 0.5:
            self.practice.clock.advance(minutes=self._chance.randint(1, 600))
        else:
            self.practice.clock.advance(days=self._chance.choice((1, 1, 2, 3, 7, 14, 30)))

    def _report(self) -> None:
        answered_at = self.practice.clinic.now()
        if self._chance.random() < 0.2:
            answered_at -= dt.timedelta(days=self._chance.randint(0, 12), hours=3)
        sent = form(
            0,
            *self._answers(),
            id=f"form-{len(self._sent)}",
            episode_id=self._chance.choice(self._episodes),
            answered_at=answered_at,
        )
        if self._chance.random() < 0.15:
            sent = replace(sent, part_of=f"form-{len(self._sent) + 1}")
        self._sent.append(sent.id)
        submissions.record(self.practice.clinic, sent)

    def _answers(self) -> tuple[Answer, ...]:
        chance, given = self._chance, []
        for item in chance.sample(SCORED, chance.randint(1, 4)):
            side: Side = "left" if item in ("weakness", "arm_pain") else ""
            given.append(answer(item, chance.randint(0, 10), side=side, compared=self._compared()))
        if chance.random() < 0.4:
            given.append(answer("numbness", 5))
            given.append(answer("numbness", chance.randint(1, 9), "leg", "left", self._compared()))
        signs = chance.sample(SIGNS, chance.randint(0, 2))
        return (*given, *(answer(sign, chance.choice(("yes", "no", "unsure"))) for sign in signs))

    def _compared(self) -> Compared:
        return self._chance.choice(COMPARED)

    def _nurse(self) -> None:
        clinic, chance = self.practice.clinic, self._chance
        known = self.practice.alerts(chance.choice(self._episodes))
        if not known:
            return
        one = chance.choice(known)
        later = clinic.today() + dt.timedelta(days=chance.choice((1, 2, 5, 10)))
        match chance.choice(("acknowledge", "snooze", "resolve", "reopen", "undo", "rate")):
            case "acknowledge":
                review_on = chance.choice((None, later))
                alerts.acknowledge(clinic, one.id, one.version, "seen", review_on=review_on)
            case "snooze":
                alerts.snooze(clinic, one.id, one.version, later, "known")
            case "resolve":
                alerts.resolve(clinic, one.id, one.version, "treated", "called")
            case "reopen":
                alerts.reopen(clinic, one.id, one.version, "not yet")
            case "undo":
                alerts.take_back(clinic, one.id, one.version)
            case "rate":
                alerts.rate(clinic, one.id, one.version, chance.choice(("useful", "not_useful")))

    def _correct(self) -> None:
        if self._sent:
            number = len(self._sent)
            answers = self._answers() if self._chance.random() < 0.7 else ()
            wrong = self._chance.choice(self._sent)
            submissions.correct(self.practice.clinic, wrong, f"form-{number}", answers, "slip")
            self._sent.append(f"form-{number}")

    def _chart(self) -> None:
        """What a clinician changes of an episode, or a further procedure of the patient."""
        chance, practice = self._chance, self.practice
        with practice.store.read() as work:
            own = work.episodes.get(chance.choice(self._episodes))
        match chance.choice(("window", "baseline", "date", "procedure")):
            case "window":
                first = chance.randint(5, 40)
                window = OwnWindow("soreness", first, first + 10, "slow healer", "Dr A", date(1))
                changed = replace(own, own_windows=(window,))
            case "baseline":
                baseline = OwnBaseline("pain", chance.randint(2, 9), reason="remembered", by="A")
                changed = replace(own, own_baselines=(baseline,))
            case "date":
                moved = own.procedure.date + dt.timedelta(days=chance.randint(-2, 2))
                changed = replace(own, procedure=replace(own.procedure, date=moved))
            case _:
                count = len(self._episodes) + 1
                day = practice.clinic.today() + dt.timedelta(days=chance.randint(-9, 9))
                treated = procedure(profile="MBRFN", date=day)
                changed = episode(count, patient_id="patient-1", procedure=treated)
                with practice.store.begin() as work:
                    work.episodes.add(changed)
                    work.commit()
                self._episodes.append(changed.id)
        practice.saves(changed)
        evaluation.judge(practice.clinic, changed.id, "episode_changed")

    def _absence(self) -> None:
        """A pause, the end of one, the end of a follow-up, or that this was wrong."""
        chance, clinic = self._chance, self.practice.clinic
        with self.practice.store.read() as work:
            own = work.episodes.get(chance.choice(self._episodes))
        first = clinic.today() + dt.timedelta(days=chance.randint(-9, 9))
        match chance.choice(("pause", "back", "end", "reopen", "reopen", "reopen")):
            case "pause":
                last = first + dt.timedelta(days=chance.randint(0, 20))
                endings.pause(clinic, own, first, last, "holiday")
            case "back":
                endings.end_pause(clinic, own)
            case "end":
                why = chance.choice(get_args(Ending))
                endings.end(clinic, own, why, clinic.today(), "as told")
            case "reopen":
                endings.reopen(clinic, own.id, "it was wrong")

    def _rules(self) -> None:
        """Another version of the protocol; for a while one that cannot be used at all."""
        protocol = self._chance.choice((default_protocol, stricter_protocol, broken_protocol))()
        self.practice.follows(protocol)
