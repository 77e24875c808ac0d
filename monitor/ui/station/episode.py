"""Presents the dialog for one follow-up: what it is now, what a change would do, and does it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QObject, Signal

from monitor.domain.alert import Happening
from monitor.domain.course import Course
from monitor.domain.episode import RELIEF, Episode, OwnBaseline, OwnWindow
from monitor.domain.protocol import SIDES, Protocol, Side, Window
from monitor.domain.submission import NOWHERE, Place
from monitor.services import episodes, evaluation
from monitor.services.clinic import Clinic
from monitor.services.episodes import Foreseen
from monitor.services.permissions import needs
from monitor.services.ports import Conflict, Refusal
from monitor.ui.shared.tasks import Tasks
from monitor.ui.shared.texts import Words, alert_words, number, word
from monitor.ui.station import wording
from monitor.ui.station.reports import answer_key, full_name
from monitor.ui.station.views import (
    BaselineChoice,
    EpisodeChange,
    EpisodeDraft,
    EpisodeState,
    Foresight,
    WindowChoice,
)

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Read:
    """The dialog's state, and the episode as it was when it was read."""

    state: EpisodeState
    episode: Episode


@needs("edit")
def read_episode(clinic: Clinic, episode_id: str, language: str) -> Read:
    """What can be changed of an episode, and what it is now."""
    with clinic.store.read() as work:
        episode = work.episodes.get(episode_id)
        patient = work.patients.get(episode.patient_id)
        course = evaluation.course(clinic, work, episode, clinic.today())
    protocol = course.protocol
    words = protocol.words[language]
    procedure = episode.procedure
    state = EpisodeState(
        episode_id=episode_id,
        about=f"{wording.name_of(patient)}, {wording.procedure_of(procedure, words)}",
        now=EpisodeChange(
            "procedure", procedure.date, procedure.profile, procedure.levels, procedure.side
        ),
        profiles=tuple((p, word(f"profile.{p}.name", words)) for p in protocol.profiles),
        sides=(
            *((side, word(f"side.{side}", words)) for side in SIDES),
            ("", translate("station", "both sides")),
        ),
        windows=tuple(_windows(course, words)),
        baselines=tuple(_baselines(course, words)),
        last_day=max(slot.closes_day for slot in protocol.slots_for(procedure.profile)),
        highest=max(protocol.scale_of(item).maximum for item in _scored(protocol)),
    )
    return Read(state, episode)


def _windows(course: Course, words: Words) -> Iterator[WindowChoice]:
    profile = course.episode.procedure.profile
    own = {window.item: window for window in course.episode.own_windows}
    day = course.profile.benefit_from_day
    usual = translate("station", "Usual after this procedure: relief by day {day}.")
    shown = own.get(RELIEF)
    yield WindowChoice(
        RELIEF,
        translate("station", "Relief of pain"),
        shown.expected_to_day if shown else day,
        shown.persistent_from_day if shown else day,
        usual.format(day=day),
        _set_by(shown),
        is_one_day=True,
    )
    for item, window in _late(course.protocol, profile):
        usual = translate(
            "station",
            "Usual after this procedure: expected to day {to}, persistent from day {since}.",
        )
        shown = own.get(item)
        yield WindowChoice(
            item,
            full_name(item, NOWHERE, words),
            shown.expected_to_day if shown else window.expected_to_day,
            shown.persistent_from_day if shown else window.persistent_from_day,
            usual.format(to=window.expected_to_day, since=window.persistent_from_day),
            _set_by(shown),
        )


def _late(protocol: Protocol, profile: str) -> Iterator[tuple[str, Window]]:
    """The items that can be late after this procedure, each with its usual window."""
    for symptom in protocol.symptoms.values():
        window = symptom.windows[profile]
        if window is not None and symptom.where != "elsewhere":
            yield symptom.item, window


def _scored(protocol: Protocol) -> list[str]:
    """The items with scores that stand on the chart."""
    return [
        name
        for name, item in protocol.items.items()
        if item.chart and not item.retired and protocol.scale_of(name).kind == "number"
    ]


def _baselines(course: Course, words: Words) -> Iterator[BaselineChoice]:
    own = {(baseline.item, baseline.place): baseline for baseline in course.episode.own_baselines}
    reported = Course(
        course.protocol, replace(course.episode, own_baselines=()), course.today, course.reports
    )
    for item in _scored(course.protocol):
        for place in _places(course, item, own):
            score = reported.baseline(item, place)
            usual = translate("station", "Nobody was asked before the procedure.")
            if score is not None:
                usual = translate("station", "Reported before the procedure: {score}.")
                usual = usual.format(score=number(score))
            yield BaselineChoice(
                answer_key(item, place),
                full_name(item, place, words),
                course.baseline(item, place),
                usual,
                _set_by(own.get((item, place))),
            )


def _places(course: Course, item: str, own: Iterable[tuple[str, Place]]) -> list[Place]:
    """Where an item has scores of its own: both sides, or the regions that were ever named."""
    per = course.protocol.items[item].per
    if per == "side":
        return [Place("", side) for side in SIDES]
    if not per:
        return [NOWHERE]
    regions = course.protocol.regions
    named = {place for place in course.places(item) if place.site in regions}
    return sorted(named | {place for name, place in own if name == item})


def _set_by(own: OwnWindow | OwnBaseline | None) -> str:
    if own is None:
        return ""
    said = translate("station", "Set for this patient by {by}, {when}: {why}")
    when = wording.short_date(own.on) if own.on is not None else ""
    return said.format(by=own.by, when=when, why=own.reason)


def changed(episode: Episode, change: EpisodeChange) -> Episode:
    """The episode as it would be after a change."""
    if change.kind == "procedure":
        side: Side = "left" if change.side == "left" else "right" if change.side else ""
        procedure = replace(
            episode.procedure,
            date=change.date,
            profile=change.profile,
            levels=change.levels,
            side=side,
        )
        return replace(episode, procedure=procedure)
    if change.kind == "window":
        if change.clear:
            return episode.without_window(change.key)
        return episode.with_window(OwnWindow(change.key, change.expected, _until(change)))
    item, place = _place_of(change.key)
    if change.clear:
        return episode.without_baseline(item, place)
    return episode.with_baseline(OwnBaseline(item, change.score, place))


def _until(change: EpisodeChange) -> int:
    return change.expected if change.key == RELIEF else change.persistent


def _place_of(key: str) -> tuple[str, Place]:
    item, site, side = key.split("/")
    return item, Place(site, "left" if side == "left" else "right" if side else "")


def foresee(clinic: Clinic, seen: Episode, change: EpisodeChange, language: str) -> tuple[str, ...]:
    """What a change would do, in sentences; nothing is stored."""
    would_be = changed(seen, change)
    words = clinic.protocols.current(seen.protocol_id).words[language]
    foreseen = episodes.preview(clinic, would_be)
    lines = [_foreseen(one, words) for one in foreseen]
    if not lines:
        lines = [translate("station", "No alert would change.")]
    moved = (would_be.procedure.date - seen.procedure.date).days
    if moved:
        lines.append(_moved(moved))
    return tuple(lines)


def _foreseen(one: Foreseen, words: Words) -> str:
    said = {
        Happening.RAISE: translate("station", "Would be raised: {title} ({priority})"),
        Happening.WORSEN: translate("station", "Would get more urgent: {title} ({priority})"),
        Happening.END: translate(
            "station", "Its condition would end, it stays until a nurse closes it: {title}"
        ),
        Happening.RETRACT: translate("station", "Would end: {title}"),
        Happening.RETURN: translate("station", "Would hold again: {title} ({priority})"),
        Happening.WAKE: translate("station", "Would be back on the list: {title} ({priority})"),
    }[one.happening]
    alert = one.after
    return said.format(
        title=alert_words(alert.finding, words).title,
        priority=word(f"priority.{alert.priority}", words),
    )


def _moved(days: int) -> str:
    said = (
        translate("station", "Bands move later by {days}; reports stay on their dates.")
        if days > 0
        else translate("station", "Bands move earlier by {days}; reports stay on their dates.")
    )
    count = abs(days)
    one = translate("station", "1 day")
    many = translate("station", "{n} days").format(n=count)
    return said.format(days=one if count == 1 else many)


def store(clinic: Clinic, seen: Episode, change: EpisodeChange, reason: str) -> episodes.Done:
    """Make a change for good."""
    match change.kind:
        case "procedure":
            procedure = changed(seen, change).procedure
            return episodes.correct_procedure(clinic, seen, procedure, reason)
        case "window" if change.clear:
            return episodes.clear_window(clinic, seen, change.key, reason)
        case "window":
            until = _until(change)
            return episodes.set_window(clinic, seen, change.key, change.expected, until, reason)
        case "baseline":
            item, place = _place_of(change.key)
            if change.clear:
                return episodes.clear_baseline(clinic, seen, item, place, reason)
            return episodes.set_baseline(clinic, seen, item, place, change.score, reason)


class EpisodePresenter(QObject):
    """Talks to the services for the follow-up that is being changed.

    Signals:
        opened: what the dialog begins with (EpisodeState), and the draft kept of it or None.
        foreseen: what the change that was asked about would do (Foresight).
        stored: the change is made; whether the rules could judge it at once (bool).
        refused: it is not: the sentence, and whether it may be tried again as it is (bool).
    """

    opened = Signal(object, object)
    foreseen = Signal(object)
    stored = Signal(bool)
    refused = Signal(str, bool)

    def __init__(self, tasks: Tasks, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._language = language
        self._seen: Episode | None = None
        self._drafts: dict[str, EpisodeDraft] = {}

    def open(self, episode_id: str) -> None:
        """Read what the dialog begins with."""
        self._tasks.run(
            read_episode,
            episode_id,
            self._language,
            then=self._take,
            failed=self._refuse,
            slot="episode",
        )

    def keep(self, draft: EpisodeDraft) -> None:
        """Keep what was typed for the next time the dialog is opened for this patient."""
        if self._seen is not None:
            self._drafts[self._seen.id] = draft

    def foresee(self, change: EpisodeChange) -> None:
        """Ask what a change would do; only the newest question is answered."""
        if self._seen is None:
            return
        self._tasks.run(
            foresee,
            self._seen,
            change,
            self._language,
            then=lambda lines: self.foreseen.emit(Foresight(change, lines)),
            failed=lambda error: self._show_unforeseen(change, error),
            slot="foresight",
        )

    def store(self, change: EpisodeChange, reason: str) -> None:
        """Make a change."""
        if self._seen is not None:
            self._tasks.run(
                store, self._seen, change, reason, then=self._finish, failed=self._refuse
            )

    def _take(self, read: Read) -> None:
        self._seen = read.episode
        self.opened.emit(read.state, self._drafts.get(read.episode.id))

    def _finish(self, done: episodes.Done) -> None:
        self._drafts.pop(done.episode.id, None)
        self.stored.emit(done.evaluated)

    def _show_unforeseen(self, change: EpisodeChange, error: Exception) -> None:
        text, _ = self._reason(error)
        self.foreseen.emit(Foresight(change, refusal=text))

    def _refuse(self, error: Exception) -> None:
        text, again = self._reason(error)
        self.refused.emit(text, again)

    def _reason(self, error: Exception) -> tuple[str, bool]:
        """Why it was not done, and whether the same may be tried again."""
        if isinstance(error, Conflict):
            return self._who_was_first(error), False
        if isinstance(error, Refusal):
            return refusal_words(error), error.code != "episode_closed"
        return self.tr("It could not be stored now. Nothing was changed. Try again soon."), True

    def _who_was_first(self, error: Conflict) -> str:
        who, at = error.details.get("by", ""), error.details.get("at", "")
        if not who:
            return self.tr(
                "This follow-up was changed in the meantime. Nothing of yours was stored; close "
                "and open this again."
            )
        said = self.tr(
            "{who} was first, at {at}. Nothing of yours was stored; close and open this again."
        )
        return said.format(who=who, at=at)


def refusal_words(error: Refusal) -> str:
    """Why a change of a follow-up cannot be, and what can be."""
    said = {
        "no_reason": translate("station", "Say why."),
        "nothing_changed": translate("station", "Nothing is changed yet."),
        "episode_closed": translate("station", "This follow-up is closed."),
        "unknown_item": translate("station", "The protocol has no window for this."),
        "no_window": translate("station", "Nothing of this is ever late after this procedure."),
        "days_out_of_order": translate(
            "station", "The day from which it is persistent comes after the last day expected."
        ),
        "beyond_follow_up": translate(
            "station", "Follow-up ends on day {last_day}: nobody would report later."
        ),
        "unknown_place": translate("station", "There is no score of its own there."),
        "score_out_of_range": translate("station", "A score is from {minimum} to {maximum}."),
        "unknown_profile": translate("station", "The protocol does not know this procedure."),
        "unknown_level": translate("station", "“{level}” is no level that the protocol knows."),
        "unknown_side": translate("station", "The side is left, right or both."),
        "procedure_before_birth": translate("station", "That is before the patient was born."),
        "procedure_too_far_ahead": translate(
            "station", "The procedure may be at most {days} days ahead."
        ),
    }.get(error.code, translate("station", "This is not possible. Nothing was changed."))
    return said.format_map(error.details)
