"""A visit: one form being filled in, as a frozen record and the steps it can take."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from monitor.domain.judging import holds
from monitor.domain.protocol import SIDES, Priority, Protocol, Scale, Step
from monitor.domain.submission import COMPARED, NOWHERE, Answer, Compared, Place

PageKind = Literal["pick", "number", "choice", "statements", "body_map", "compared", "review"]
Key = tuple[str, Place]
Answers = Mapping[Key, Answer]

ROWS_PER_PAGE = 3
"""As many as a panel of ten inches can show with keys that a numb finger hits."""
KEYS_PER_PAGE = 8


@dataclass(frozen=True)
class Question:
    """One thing to be answered on a page: an item at a place."""

    item: str
    place: Place = NOWHERE

    @property
    def key(self) -> Key:
        return (self.item, self.place)


@dataclass(frozen=True)
class Page:
    """One page of the visit. `key` names it as long as the visit lasts.

    `group` is the page's name in the protocol where the form puts questions together. A page of
    kind "pick" has a key for each question, which is asked later if it was touched.
    """

    kind: PageKind
    key: str
    questions: tuple[Question, ...] = ()
    group: str = ""


REVIEW = Page("review", "review")


@dataclass(frozen=True)
class Visit:
    """One patient before the kiosk, from the first question to the last.

    `id` is the id of the complete submission, made when the visit starts. `given` holds every
    answer ever given, also to questions that are no longer asked; a skipped question has an
    answer without value. `picked` are the items whose key was touched: "I have this, or I am not
    sure". `passed` are the pages left behind at least once. `changing`: the
    patient came from the review and goes back to it. `marked` is the region of the body map
    whose score is being asked. `language` is that of the words, which can change at any moment.
    """

    id: str
    protocol: Protocol
    form: str
    day: int
    profile: str
    at: str
    implant: bool = False
    given: Answers = field(default_factory=dict)
    picked: frozenset[str] = frozenset()
    passed: frozenset[str] = frozenset()
    changing: bool = False
    marked: Place | None = None
    language: str = "en"


@dataclass(frozen=True)
class Draft:
    """A visit that is not finished, as it is kept between two pages.

    `id` is that of the visit, and so of the submission it becomes. `answers` are all that were
    ever given, those no longer asked included, `picked` the items whose key was touched, `passed`
    the pages left behind and `at` the one the patient is on. `device` is the kiosk; `saved_at`
    when somebody was last seen at it.
    """

    id: str
    episode_id: str
    form: str
    day: int
    at: str
    answers: tuple[Answer, ...]
    passed: tuple[str, ...]
    started_at: dt.datetime
    saved_at: dt.datetime
    device: str = ""
    picked: tuple[str, ...] = ()


def start(
    visit_id: str,
    protocol: Protocol,
    form: str,
    day: int,
    profile: str,
    implant: bool = False,
    language: str = "en",
) -> Visit:
    """Begin a visit at the first question of a form; nothing is answered beforehand."""
    visit = Visit(visit_id, protocol, form, day, profile, at="", implant=implant, language=language)
    return replace(visit, at=pages(visit)[0].key)


def resume(visit: Visit, draft: Draft) -> Visit:
    """Take up a draft in a visit that was just started for the same form and day.

    Where the page it was on is no longer asked, the patient goes on at the first that was not
    left behind.
    """
    given = {(a.item, a.place): a for a in draft.answers}
    passed, picked = frozenset(draft.passed), frozenset(draft.picked)
    visit = replace(visit, id=draft.id, given=given, picked=picked, passed=passed)
    keys = [page.key for page in pages(visit)]
    open_keys = (key for key in keys if key not in visit.passed)
    return replace(visit, at=draft.at if draft.at in keys else next(open_keys, REVIEW.key))


def draft_of(
    visit: Visit, episode_id: str, started_at: dt.datetime, saved_at: dt.datetime
) -> Draft:
    """What is kept of a visit until it is finished."""
    return Draft(
        id=visit.id,
        episode_id=episode_id,
        form=visit.form,
        day=visit.day,
        at=visit.at,
        answers=tuple(visit.given.values()),
        passed=tuple(sorted(visit.passed)),
        started_at=started_at,
        saved_at=saved_at,
        picked=tuple(sorted(visit.picked)),
    )


def page_kind(scale: Scale, per: str) -> PageKind:
    """The kind of page that asks for one answer on a scale."""
    if per == "region":
        return "body_map"
    return "number" if scale.kind == "number" else "choice"


def pages(visit: Visit) -> tuple[Page, ...]:
    """The pages of the visit as its answers stand now, the review last.

    Follow-up questions appear once the answers before them ask for them, and what keys offer once
    they are touched, directly after the page with the keys.
    """
    found: list[Page] = []
    seen: dict[Key, Answer] = {}
    steps = visit.protocol.forms[visit.form].steps_on(visit.day, visit.profile, visit.implant)
    for pick, group, together in _runs(steps):
        asked = [step for step in together if step.when is None or holds(step.when, seen)]
        shown = _pick_pages(visit, asked) if pick else _pages_of(visit.protocol, group, asked)
        for page in shown:
            found.append(page)
            seen |= _answers_on(visit, page)
            found += _compared_pages(visit, page)
    return (*found, REVIEW)


def _runs(steps: Iterable[Step]) -> Iterator[tuple[str, str, list[Step]]]:
    """Steps that follow each other with the same pick together, and others by their page."""
    for pick, together in itertools.groupby(steps, key=lambda step: step.pick):
        if pick:
            yield pick, "", list(together)
        else:
            yield from (("", page, some) for page, some in _grouped(together))


def _grouped(steps: Iterable[Step]) -> Iterator[tuple[str, list[Step]]]:
    """Steps that follow each other with the same page together, others alone."""
    for page, together in itertools.groupby(steps, key=lambda step: step.page):
        if page:
            yield page, list(together)
        else:
            yield from (("", [step]) for step in together)


def _pick_pages(visit: Visit, steps: list[Step]) -> Iterator[Page]:
    """Pages of keys, evenly filled, each followed by those of what was touched on it."""
    count = -(-len(steps) // KEYS_PER_PAGE)
    for number in range(count):
        some = steps[number * len(steps) // count : (number + 1) * len(steps) // count]
        pick = some[0].pick
        page = Page("pick", f"pick/{pick}/{number}", tuple(Question(s.item) for s in some), pick)
        yield page
        for group, touched in _grouped(step for step in some if step.item in visit.picked):
            yield from _pages_of(visit.protocol, group, touched, f"{page.key}/")


def _pages_of(
    protocol: Protocol, group: str, steps: list[Step], prefix: str = ""
) -> Iterator[Page]:
    questions = [q for step in steps for q in _questions(protocol, step.item)]
    if not group:
        yield from (Page(_kind(protocol, q), _name(q), (q,)) for q in questions)
        return
    for count, start_at in enumerate(range(0, len(questions), ROWS_PER_PAGE)):
        rows = tuple(questions[start_at : start_at + ROWS_PER_PAGE])
        kind = "statements" if len(rows) > 1 else _kind(protocol, rows[0])
        yield Page(kind, f"{prefix}{group}/{count}", rows, group)


def _kind(protocol: Protocol, question: Question) -> PageKind:
    item = protocol.items[question.item]
    return page_kind(protocol.scales[item.scale], item.per)


def _questions(protocol: Protocol, item: str) -> list[Question]:
    if protocol.items[item].per == "side":
        return [Question(item, Place(side=side)) for side in SIDES]
    return [Question(item)]


def _name(question: Question) -> str:
    return "/".join(
        part for part in (question.item, question.place.site, question.place.side) if part
    )


def is_compared(visit: Visit, given: Answer) -> bool:
    """Whether an answer is followed by "compared with before the procedure".

    Before the procedure, on the days that make the baseline, there is nothing to compare with.
    """
    if visit.day <= visit.protocol.baseline.to_day:
        return False
    high = isinstance(given.value, int) and given.value >= visit.protocol.compare_from
    return high and visit.protocol.items[given.item].compare


def _compared_pages(visit: Visit, page: Page) -> Iterator[Page]:
    """The pages that ask how what was just answered compares with before the procedure."""
    protocol = visit.protocol
    asked = [
        Question(item, place)
        for (item, place), answer in _answers_on(visit, page).items()
        if is_compared(visit, answer) and not _speaks_for_map(protocol, item, place)
    ]
    for count, start_at in enumerate(range(0, len(asked), ROWS_PER_PAGE)):
        rows = tuple(asked[start_at : start_at + ROWS_PER_PAGE])
        yield Page("compared", f"{page.key}/compared/{count}", rows)


def _speaks_for_map(protocol: Protocol, item: str, place: Place) -> bool:
    return protocol.items[item].per == "region" and place == NOWHERE


def _answers_on(visit: Visit, page: Page) -> dict[Key, Answer]:
    """What a page has to say. One of keys speaks for those that were not touched."""
    if page.kind == "compared":
        return {}
    items = {q.item for q in page.questions}
    if page.kind == "body_map":
        return {key: answer for key, answer in visit.given.items() if key[0] in items}
    if page.kind == "pick":
        return {
            key: answer
            for key, answer in visit.given.items()
            if key[0] in items - visit.picked and _is_denial(visit, answer, or_skip=True)
        }
    return {q.key: found for q in page.questions if (found := said(visit, q)) is not None}


def said(visit: Visit, question: Question) -> Answer | None:
    """The answer to a question, None where it was not reached.

    Who touched the key of a warning sign and then said no more, for whatever reason, is presumed
    not to be sure: a sign does not vanish.
    """
    given = visit.given.get(question.key)
    if question.item in visit.picked and (given is None or given.value is None):
        presumed = visit.protocol.scale_of(question.item).presumed
        if presumed:
            return Answer(question.item, presumed, question.place)
    return given


def _is_denial(visit: Visit, answer: Answer, *, or_skip: bool = False) -> bool:
    if answer.value is None:
        return or_skip
    return answer.value == visit.protocol.scale_of(answer.item).denial


def current(visit: Visit) -> Page:
    """The page the patient is on."""
    return next(page for page in pages(visit) if page.key == visit.at)


def position(visit: Visit) -> tuple[int, int]:
    """The number of the current page, from 1, and how many there are; the review counts not."""
    keys = [page.key for page in pages(visit)]
    return min(keys.index(visit.at) + 1, len(keys) - 1), len(keys) - 1


def answer(visit: Visit, question: Question, value: int | str) -> Visit:
    """Note an answer on the current page, which stays."""
    before = visit.given.get(question.key)
    compared = before.compared if before is not None and isinstance(value, int) else None
    return _give(visit, Answer(question.item, value, question.place, compared))


def compare(visit: Visit, question: Question, compared: Compared) -> Visit:
    """Note how an answer given before compares with before the procedure."""
    return _give(visit, replace(visit.given[question.key], compared=compared))


def touch_item(visit: Visit, item: str) -> Visit:
    """Touch the key of an item on the current page: "I have this", or take that back.

    An answer that it had is kept, unless it said the opposite of the touch.
    """
    if item in visit.picked:
        return replace(visit, picked=visit.picked - {item})
    own = [a for a in visit.given.values() if a.item == item]
    if all(_is_denial(visit, a, or_skip=True) for a in own):
        visit = _without(visit, item)
    passed = frozenset(p for p in visit.passed if p != item and not p.startswith(f"{item}/"))
    return replace(visit, picked=visit.picked | {item}, passed=passed)


def deny_items(visit: Visit) -> Visit:
    """Deny everything that the current page of keys offers, also what was touched on it."""
    items = {q.item for q in current(visit).questions}
    return _deny_untouched(replace(visit, picked=visit.picked - items))


def is_denied(visit: Visit, page: Page) -> bool:
    """Whether everything that a page asks was denied, but for what was touched on it."""
    asked = page.questions
    if page.kind == "pick":
        left = untouched(visit, page)
        asked = tuple(q for item in left for q in _questions(visit.protocol, item))
    given = (visit.given.get(question.key) for question in asked)
    return all(answer is not None and _is_denial(visit, answer) for answer in given)


def untouched(visit: Visit, page: Page) -> tuple[str, ...]:
    """The items of a page of keys whose key was not touched."""
    return tuple(q.item for q in page.questions if q.item not in visit.picked)


def _is_touched(visit: Visit, page: Page) -> bool:
    return len(untouched(visit, page)) < len(page.questions)


def _deny_untouched(visit: Visit) -> Visit:
    for item in untouched(visit, current(visit)):
        visit = _settle(visit, item, visit.protocol.scale_of(item).denial)
    return visit


def _settle(visit: Visit, item: str, value: int | str | None) -> Visit:
    """Answer an item alike wherever it is asked; a body map as a whole."""
    visit = _without(visit, item)
    for question in _questions(visit.protocol, item):
        visit = _give(visit, Answer(item, value, question.place))
    return visit


def _without(visit: Visit, item: str) -> Visit:
    return replace(visit, given={key: a for key, a in visit.given.items() if key[0] != item})


def is_statement(scale: Scale) -> bool:
    """Whether a scale says yes or no to something, and not how much of it there is."""
    return bool(scale.presumed)


def deny_all(visit: Visit) -> Visit:
    """Answer each statement of the current page that has no answer yet with an explicit no."""
    for question in unanswered(visit):
        denial = visit.protocol.scale_of(question.item).denial
        visit = _give(visit, Answer(question.item, denial, question.place))
    return visit


def unanswered(visit: Visit) -> tuple[Question, ...]:
    """The questions of the current page that have no answer, or were skipped."""
    found = ((q, visit.given.get(q.key)) for q in current(visit).questions)
    return tuple(q for q, given in found if given is None or given.value is None)


def is_affirmed(visit: Visit) -> bool:
    """Whether a statement of the current page was answered with anything but a no."""
    given = (visit.given.get(q.key) for q in current(visit).questions)
    return any(a is not None and not _is_denial(visit, a, or_skip=True) for a in given)


def touch_region(visit: Visit, place: Place) -> Visit:
    """Mark a region of the body map, choose a marked one, or take the chosen one off again."""
    item = current(visit).questions[0].item
    if visit.marked == place:
        left = {key: a for key, a in visit.given.items() if key != (item, place)}
        return _with_whole(replace(visit, given=left, marked=None), item)
    if (item, place) not in visit.given:
        visit = _give(visit, Answer(item, None, place))
    return _with_whole(replace(visit, marked=place), item)


def score_region(visit: Visit, score: int) -> Visit:
    """Say how numb the chosen region is."""
    if visit.marked is None:
        return visit
    item = current(visit).questions[0].item
    return _with_whole(answer(visit, Question(item, visit.marked), score), item)


def deny_regions(visit: Visit) -> Visit:
    """Answer a body map without marks with "nowhere": a zero for the whole of it."""
    if regions(visit):
        return visit
    return _give(visit, Answer(current(visit).questions[0].item, 0))


def regions(visit: Visit) -> dict[Place, int | None]:
    """The marked regions of the current body map in order of marking; None: no score yet."""
    item = current(visit).questions[0].item
    return {
        place: a.value if isinstance(a.value, int) else None
        for (name, place), a in visit.given.items()
        if name == item and place != NOWHERE
    }


def _with_whole(visit: Visit, item: str) -> Visit:
    """Keep the answer for the whole map in step with its regions: the worst of them."""
    scores = list(regions(visit).values())
    given = {key: a for key, a in visit.given.items() if key != (item, NOWHERE)}
    known = [score for score in scores if score is not None]
    if known and len(known) == len(scores):
        given[(item, NOWHERE)] = Answer(item, max(known))
    return replace(visit, given=given)


def can_go_on(visit: Visit) -> bool:
    """Whether everything on the current page is answered."""
    page = current(visit)
    if page.kind == "compared":
        return all(visit.given[q.key].compared is not None for q in page.questions)
    if page.kind == "pick":
        return _is_touched(visit, page) or is_denied(visit, page)
    return not unanswered(visit)


def go_on(visit: Visit) -> Visit:
    """Turn to the next page; back to the review where the patient came from there.

    A page that is not wholly answered is not left. The keys that were not touched are denied.
    """
    if not can_go_on(visit):
        return visit
    return _leave(_deny_untouched(visit) if current(visit).kind == "pick" else visit)


def skip(visit: Visit) -> Visit:
    """Turn to the next page without the answers that this one has not got.

    What was answered on a page of several statements stays, as do touched keys and the regions of
    a body map that have a score; a single answer is taken back.
    """
    page = current(visit)
    if page.kind == "compared":
        return _leave(_skip_compared(visit, page))
    if page.kind == "pick":
        for item in untouched(visit, page):
            visit = _settle(visit, item, None)
        return _leave(visit)
    if page.kind == "body_map" and regions(visit):
        return _leave(_skip_marks(visit, page.questions[0].item))
    given = dict(visit.given)
    for question in page.questions:
        if page.kind != "statements" or question.key not in given:
            given[question.key] = Answer(question.item, None, question.place)
    return _leave(replace(visit, given=given))


def _skip_marks(visit: Visit, item: str) -> Visit:
    """Leave open what the map as a whole says where a marked region has no score."""
    if (item, NOWHERE) in visit.given:
        return visit
    return _give(visit, Answer(item, None))


def _skip_compared(visit: Visit, page: Page) -> Visit:
    for question in page.questions:
        visit = _give(visit, replace(visit.given[question.key], compared=None))
    return visit


def _leave(visit: Visit) -> Visit:
    passed = visit.passed | {visit.at}
    rest = list(itertools.dropwhile(lambda page: page.key != visit.at, pages(visit)))[1:]
    if visit.changing:
        rest = [page for page in rest if page.key not in passed or _is_open(visit, page)]
    at = rest[0].key
    changing = visit.changing and at != REVIEW.key
    return replace(visit, at=at, passed=passed, changing=changing, marked=None)


def _is_open(visit: Visit, page: Page) -> bool:
    """Whether a page has something that was neither answered nor skipped."""
    if page.kind == "pick":
        told = {item for item, _ in _answers_on(visit, page)}
        return not told.issuperset(untouched(visit, page))
    return any(question.key not in visit.given for question in page.questions)


def back(visit: Visit) -> Visit:
    """Turn back one page, or to the review where the patient came from there.

    Answers stay. The first page is not left.
    """
    if visit.changing:
        return replace(visit, at=REVIEW.key, changing=False, marked=None)
    before = [page.key for page in pages(visit)]
    index = before.index(visit.at)
    return replace(visit, at=before[max(index - 1, 0)], marked=None)


def change(visit: Visit, key: str) -> Visit:
    """Open a page again from the review, and after it the comparisons that belong to it."""
    passed = frozenset(p for p in visit.passed if not p.startswith(f"{key}/compared/"))
    return replace(visit, at=key, changing=True, passed=passed, marked=None)


def answers(visit: Visit) -> tuple[Answer, ...]:
    """What the visit has to say, in order of the pages; only of questions that are asked.

    A question that was never reached is not in it, one that was skipped is, without value.
    A region without a score is left out. A warning sign whose key was touched is in it, whether
    or not more was said about it.
    """
    found: dict[Key, Answer] = {}
    for page in pages(visit):
        for key, given in sorted(_answers_on(visit, page).items(), key=lambda kv: kv[0][1]):
            if given.value is None and key[1].site:
                continue
            found[key] = given if is_compared(visit, given) else replace(given, compared=None)
    return tuple(_whole_compared(visit.protocol, found))


def told(visit: Visit) -> tuple[Answer, ...]:
    """What the visit has said so far: all but the touched keys whose question comes next."""
    return tuple(a for a in answers(visit) if (a.item, a.place) in visit.given)


def _whole_compared(protocol: Protocol, found: Mapping[Key, Answer]) -> Iterator[Answer]:
    """Let a whole body map compare as its worst region does."""
    for (item, place), given in found.items():
        if not _speaks_for_map(protocol, item, place):
            yield given
            continue
        worst = [
            a.compared
            for (name, where), a in found.items()
            if name == item and where != NOWHERE and a.value == given.value and a.compared
        ]
        yield replace(given, compared=max(worst, key=COMPARED.index, default=None))


def give_up(visit: Visit) -> tuple[Answer, ...]:
    """The answers worth keeping of a visit that ends here; none if nothing was answered."""
    kept = answers(visit)
    return kept if any(a.value is not None for a in kept) else ()


def warning_signs(visit: Visit) -> frozenset[tuple[str, int | str]]:
    """The statements that a red rule reads and that were not denied, with their answers.

    "Not sure" is among them. Scores are not: what they mean is for the rules to say. Nor is a
    touched key whose question comes next: the patient is about to say more.
    """
    protocol = visit.protocol
    urgent = {
        item
        for rule in protocol.rules
        if any(stage.priority is Priority.RED for stage in rule.stages)
        for item in rule.items(protocol)
    }
    return frozenset(
        (a.item, a.value)
        for a in told(visit)
        if a.item in urgent
        and a.value is not None
        and is_statement(protocol.scale_of(a.item))
        and not _is_denial(visit, a)
    )


def _give(visit: Visit, given: Answer) -> Visit:
    return replace(visit, given={**visit.given, (given.item, given.place): given})
