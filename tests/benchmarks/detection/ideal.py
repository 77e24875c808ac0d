"""An observer that knows the simulator: the limit of what the reports of pain can tell.

It keeps a bank of pain courses drawn from the family's own prior, each with what was true on
each day of it, and weighs them by how well they explain a patient's reports. The likelihood of
a report is the simulator's: wobble of the day (Ornstein-Uhlenbeck), flares, noise, rounding,
favourite digits and slips, summed over a grid; a report depends on the one before it through
wobble and flare.

Three things are approximate, so the true limit is a little better yet: the bank is finite
(`COURSES`), nothing is read from *when* a report comes, and nobody is taken to repeat their last
answer.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

KINDS = ("pain_recurrence", "no_relief", "pain_above_baseline")
CERTAINTIES = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.87, 0.93, 0.97)
"""How sure the observer must be that an alert is right and not false, one sweep over all."""
COURSES = 120_000
"""Courses in the bank of one family."""

_STEP, _LOWEST, _LEVELS = 0.15, -1.0, 96
"""The grid on which the level of pain is kept, in points."""
_WOBBLES = np.linspace(-2.6, 2.6, 13)
"""The grid of the day's wobble, in standard deviations."""
_NEGLIGIBLE = 1e-6
"""Courses with less than this share of the best one's weight are not looked at again."""
_WORTH = 0.01
"""The least chance of being right for which an alert is raised at all."""
_BLOCK = 2000

Numbers = NDArray[np.float64]
Raised = dict[tuple[str, float], list[int]]
"""Days on which the observer alerts, by kind and by how sure it must be."""


class Bank:
    """Sampled courses of one family: the level of pain each day, and what was true of it then."""

    def __init__(
        self, simulate: ModuleType, family: Any, seed: int, courses: int = COURSES
    ) -> None:
        self.first_day = -int(simulate.PRE_DAYS)
        self.days = np.arange(self.first_day, simulate.HORIZON + 1)
        self.level = np.empty((self.days.size, courses), np.uint8)
        self.truth = np.zeros((self.days.size, courses), np.uint8)
        rng = np.random.default_rng(seed)
        for start in range(0, courses, _BLOCK):
            part = slice(start, min(start + _BLOCK, courses))
            self._fill(simulate, family, rng, part)

    def _fill(
        self, simulate: ModuleType, family: Any, rng: np.random.Generator, part: slice
    ) -> None:
        days, size = self.days, part.stop - part.start
        theta = simulate.sample_pain(family, rng, size)
        latent, early = simulate.pain_course(theta, days)
        shown = latent + early + _swing(family, rng, days, size)
        shown += np.where(days < 0, family.pre_bias, 0.0)
        self.level[:, part] = np.clip(np.rint((shown - _LOWEST) / _STEP), 0, _LEVELS - 1).T
        truth = np.zeros((size, days.size), np.uint8)
        zero = -self.first_day
        for i, base in enumerate(theta["B"]):
            for kind, label, _, since, to in simulate.pain_truth(
                base, latent[i, zero:], early[i, zero:]
            ):
                bit = KINDS.index(kind) + (0 if label == "event" else len(KINDS))
                truth[i, max(since, 0) + zero : to + zero + 1] |= 1 << bit
        self.truth[:, part] = truth.T


def _swing(family: Any, rng: np.random.Generator, days: NDArray[Any], size: int) -> Numbers:
    """What the day of the week and the season add, as the simulator draws it."""
    weekday = rng.integers(7, size=size)[:, None]
    phase = rng.uniform(0, 2 * math.pi, size)[:, None]
    week = np.cos(2 * math.pi * (days[None, :] + weekday) / 7)
    season = np.cos(2 * math.pi * days[None, :] / 365.25 + phase)
    return np.asarray(family.dow_amp * week + family.season_amp * season)


class Likelihood:
    """How likely a score is at each level of pain, for each kind of patient (how noisy)."""

    def __init__(self, simulate: ModuleType, family: Any) -> None:
        self.kinds_of_patient = np.asarray(family.var_probs, np.float32)
        self._family = family
        flares = (0.0, *family.flare_amps)
        on, off = family.flare_per_month / 30.4, 1.0 / family.flare_days
        self._chain = np.eye(len(flares)) * (1 - off)
        self._chain[:, 0] += off
        self._chain[0] = [1 - on, *(on / (len(flares) - 1) for _ in flares[1:])]
        self._flares = np.asarray(flares)
        at_rest = np.exp(-(_WOBBLES**2) / 2)
        long_since = np.linalg.matrix_power(self._chain, 1000)[0]
        self._at_rest = np.outer(at_rest / at_rest.sum(), long_since).ravel()
        self._written = [self._write(simulate, factor) for factor in family.var_classes]
        self.following = lru_cache(maxsize=None)(self._following)

    def _write(self, simulate: ModuleType, factor: float) -> Numbers:
        """P(score | level, state of the day): scores x levels x states."""
        family = self._family
        level = _LOWEST + _STEP * np.arange(_LEVELS)
        wobble = family.ou_sd * factor * _WOBBLES
        state = (wobble[:, None] + self._flares[None, :]).ravel()
        value = level[:, None] + state[None, :]
        edges = np.arange(10)[:, None, None] + 0.5
        below = _normal((edges - value) / (family.noise * factor))
        bounds = np.concatenate([np.zeros((1, *value.shape)), below, np.ones((1, *value.shape))])
        honest = np.diff(bounds, axis=0)
        written = (1 - family.digit_pref) * honest
        for score, favourite in enumerate(simulate.PREF):
            written[favourite] += family.digit_pref * honest[score]
        return np.asarray((1 - family.p_typo) * written + family.p_typo / len(written))

    def first(self, score: int) -> NDArray[np.float32]:
        """P(score) at each level: levels x kinds of patient."""
        return np.stack([w[score] @ self._at_rest for w in self._written], axis=1).astype("f4")

    def _following(self, gap: int, before: int, score: int) -> NDArray[np.float32]:
        """P(score | the score `before` it, `gap` days ago): (level then, level now) x kinds."""
        keep = math.exp(-gap / self._family.ou_tau)
        spread = math.sqrt(1 - keep**2)
        wobble = np.exp(-(((_WOBBLES[None, :] - keep * _WOBBLES[:, None]) / spread) ** 2) / 2)
        wobble /= wobble.sum(axis=1, keepdims=True)
        step = np.kron(wobble, np.linalg.matrix_power(self._chain, gap))
        tables = []
        for written in self._written:
            state = written[before] * self._at_rest
            state /= state.sum(axis=1, keepdims=True)
            tables.append((state @ step) @ written[score].T)
        return np.stack(tables, axis=2).reshape(_LEVELS * _LEVELS, -1).astype("f4")


def _normal(x: Numbers) -> Numbers:
    """The normal distribution function, to 1e-7 (Abramowitz and Stegun 26.2.17)."""
    t = 1 / (1 + 0.2316419 * np.abs(x))
    poly = t * (
        0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429)))
    )
    tail = np.exp(-(x**2) / 2) / math.sqrt(2 * math.pi) * poly
    return np.where(x > 0, 1 - tail, tail)


class Observer:
    """Watches one patient after the other with what is known of their family."""

    def __init__(self, simulate: ModuleType, family: Any, seed: int) -> None:
        self.bank = Bank(simulate, family, seed)
        self.likelihood = Likelihood(simulate, family)

    def watch(self, scores: Sequence[tuple[int, int]], relief_day: int) -> Raised:
        """The days on which it alerts, from (day, score) of pain in order of time.

        It looks at each report after the procedure, and on the day on which relief is due.
        """
        mind = _Mind(self.bank, self.likelihood)
        last = 0
        for day, score in scores:
            if 0 < last < relief_day < day:
                mind.look(relief_day)
            mind.hear(day, score)
            if day > 0:
                mind.look(day)
            last = day
        return mind.raised


class _Mind:
    """What is believed of one patient: the courses still possible, and their weights."""

    def __init__(self, bank: Bank, likelihood: Likelihood) -> None:
        self.bank, self.likelihood = bank, likelihood
        self.possible = np.arange(bank.level.shape[1])
        self.weight = np.tile(likelihood.kinds_of_patient, (self.possible.size, 1))
        self.caught = np.zeros((len(KINDS), self.possible.size), np.uint16)
        self.level: NDArray[np.int32] | None = None
        self.last = (0, 0)
        self.raised: Raised = {}

    def hear(self, day: int, score: int) -> None:
        level = self.bank.level[day - self.bank.first_day, self.possible].astype(np.int32)
        if self.level is None:
            self.weight *= self.likelihood.first(score)[level]
        else:
            table = self.likelihood.following(day - self.last[0], self.last[1], score)
            self.weight *= table[self.level * _LEVELS + level]
        self.weight /= self.weight.max()
        self.level, self.last = level, (day, score)
        keep = self.weight.max(axis=1) > _NEGLIGIBLE
        if keep.mean() < 0.8:
            self.possible, self.weight = self.possible[keep], self.weight[keep]
            self.level, self.caught = level[keep], self.caught[:, keep]

    def look(self, day: int) -> None:
        """Alert wherever the chance to be right is large beside the chance to be false.

        Only courses on which no earlier alert was right count as a chance to be right: that
        what is known already is not told again.
        """
        truth = self.bank.truth[day - self.bank.first_day, self.possible]
        chance = self.weight.sum(axis=1)
        chance /= chance.sum()
        for which, kind in enumerate(KINDS):
            right = np.flatnonzero(truth >> which & 1)
            if not right.size:
                continue
            wrong = (truth >> which & 1 == 0) & (truth >> (which + len(KINDS)) & 1 == 0)
            false = float(chance[wrong].sum())
            by_caught = np.bincount(self.caught[which, right], chance[right], len(_NEWS[0]))
            news = _NEWS @ by_caught
            fires = (news >= _SURE * (news + false)) & (news > _WORTH)
            if fires.any():
                self.caught[which, right] |= np.uint16(fires @ _BITS)
                for sure in np.asarray(CERTAINTIES)[fires]:
                    self.raised.setdefault((kind, float(sure)), []).append(day)


_SURE = np.asarray(CERTAINTIES)
_BITS = 1 << np.arange(len(CERTAINTIES))
_NEWS = (np.arange(1 << len(CERTAINTIES))[None, :] & _BITS[:, None] == 0).astype(float)
"""Which patterns of alerts that were right are news at each certainty: certainties x patterns."""
