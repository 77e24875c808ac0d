"""Turns a visit into the states of screens: the protocol's words and the program's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from monitor.domain import visit as flow
from monitor.domain.protocol import Scale
from monitor.domain.submission import COMPARED, NOWHERE, Answer, Place, map_places
from monitor.domain.visit import Page, Question, Visit
from monitor.ui.kiosk.screens.body_map import BodyMapState
from monitor.ui.kiosk.screens.choice import ChoiceState
from monitor.ui.kiosk.screens.frame import Frame
from monitor.ui.kiosk.screens.number import NumberState
from monitor.ui.kiosk.screens.pick import PickState
from monitor.ui.kiosk.screens.review import ReviewLine, ReviewState
from monitor.ui.kiosk.screens.statements import StatementsState
from monitor.ui.shared.texts import Words, word

translate = QCoreApplication.translate

PageState = PickState | NumberState | ChoiceState | StatementsState | BodyMapState | ReviewState


def words_of(visit: Visit) -> Words:
    """The protocol's words in the language of the visit, in English where it has none."""
    words = visit.protocol.words
    return words.get(visit.language, words["en"])


def month_name(month: int) -> str:
    return QLocale().standaloneMonthName(month)


def day_name(date: dt.date) -> str:
    """A date as people say it: "Tuesday 4 March"."""
    #: How a date is said, in the letters of QDate.toString: day of the week, day, month.
    pattern = translate("Kiosk", "dddd d MMMM")
    return QLocale().toString(QDate(date.year, date.month, date.day), pattern)


def page_state(visit: Visit) -> PageState:
    """What the patient's current page shows."""
    page = flow.current(visit)
    return BUILDERS[page.kind](visit, page)


def _frame(visit: Visit, question: str, hint: str) -> Frame:
    number, count = flow.position(visit)
    first = flow.pages(visit)[0].key == visit.at
    return Frame(
        number=number,
        count=count,
        question=question,
        hint=hint,
        can_go_on=flow.can_go_on(visit),
        can_go_back=visit.changing or not first,
    )


def _question_words(visit: Visit, question: Question) -> str:
    words = words_of(visit)
    asked = word(f"item.{question.item}.question", words).format(recall=_recall(visit))
    return f"{_side_words(question.place, words)}\n{asked}" if question.place.side else asked


def _recall(visit: Visit) -> str:
    """The time that the scores of the form speak of."""
    return word(f"recall.{visit.protocol.forms[visit.form].recall_hours}", words_of(visit))


def _side_words(place: Place, words: Words) -> str:
    return translate("Kiosk", "{side} side").format(
        side=first_up(word(f"side.{place.side}", words))
    )


def first_up(text: str) -> str:
    return text[:1].upper() + text[1:]


def place_words(place: Place, words: Words) -> str:
    """A place as a patient would say it: "Left forearm and thumb"."""
    return first_up(_within(place, words))


def _within(place: Place, words: Words) -> str:
    """A place within a sentence: "left forearm and thumb"."""
    side = word(f"side.{place.side}", words) if place.side else ""
    site = word(f"region.{place.site}", words) if place.site else ""
    if not side or not site:
        return side or site
    return translate("Kiosk", "{side} {site}").format(side=side, site=site)


def _hint(visit: Visit, page: Page, usual: str) -> str:
    """The page's own hint, or the item's, or the usual one for this kind of page."""
    words = words_of(visit)
    own = words.get(f"page.{page.group}.hint") if page.group else None
    return own or words.get(f"item.{page.questions[0].item}.hint") or usual


def _pick(visit: Visit, page: Page) -> PickState:
    words, pick = words_of(visit), f"pick.{page.group}"
    usual = translate("Kiosk", "If you are not sure, touch it. Untouched means no.")
    title = word(f"{pick}.title", words).format(recall=_recall(visit))
    chosen = frozenset(q.item for q in page.questions if q.item in visit.picked)
    return PickState(
        frame=_frame(visit, title, words.get(f"{pick}.hint", usual)),
        keys={q.item: word(f"item.{q.item}.pick", words) for q in page.questions},
        chosen=chosen,
        denial=word(f"{pick}.none", words),
        denied=not chosen and flow.is_denied(visit, page),
    )


def _number(visit: Visit, page: Page) -> NumberState:
    question = page.questions[0]
    words, given = words_of(visit), visit.given.get(question.key)
    chosen = given.value if given is not None and isinstance(given.value, int) else None
    hint = _hint(visit, page, translate("Kiosk", "Touch one number"))
    if chosen is not None:
        hint = translate("Kiosk", "You chose {score}").format(score=chosen)
    return NumberState(
        frame=_frame(visit, _question_words(visit, question), hint),
        scores=_scores(visit.protocol.scale_of(question.item)),
        low=word(f"item.{question.item}.low", words),
        high=word(f"item.{question.item}.high", words),
        chosen=chosen,
        from_right=_from_right(visit),
    )


def _from_right(visit: Visit) -> bool:
    """Whether the translation that is read lays out its scores from the right."""
    translation = visit.protocol.translations.get(visit.language)
    return translation is not None and translation.scores == "right_to_left"


def _scores(scale: Scale) -> tuple[int, ...]:
    return tuple(range(scale.minimum, scale.maximum + 1))


def _options(visit: Visit, item: str) -> dict[str, str]:
    words, scale = words_of(visit), visit.protocol.items[item].scale
    options = visit.protocol.scales[scale].options
    return {code: word(f"option.{scale}.{code}", words) for code in options}


def _code(given: Answer | None) -> str | None:
    return given.value if given is not None and isinstance(given.value, str) else None


def _choice(visit: Visit, page: Page) -> ChoiceState:
    question = page.questions[0]
    hint = _hint(visit, page, translate("Kiosk", "Touch one answer"))
    return ChoiceState(
        frame=_frame(visit, _question_words(visit, question), hint),
        options=_options(visit, question.item),
        chosen=_code(visit.given.get(question.key)),
    )


def _statements(visit: Visit, page: Page) -> StatementsState:
    words = words_of(visit)
    hint = _hint(visit, page, translate("Kiosk", "Touch one answer in each line"))
    item = page.questions[0].item
    deniable = flow.is_statement(visit.protocol.scale_of(item)) and item not in visit.picked
    return StatementsState(
        frame=_frame(visit, word(f"page.{page.group}.title", words), hint),
        statements=tuple(_statement(visit, q) for q in page.questions),
        options=_options(visit, item),
        chosen=tuple(_code(visit.given.get(q.key)) for q in page.questions),
        denial=_denial(visit) if deniable else "",
        can_deny=not flow.is_affirmed(visit) or bool(flow.unanswered(visit)),
    )


def _denial(visit: Visit) -> str:
    """What the key says that denies what has no answer yet."""
    if flow.is_affirmed(visit):
        return translate("Kiosk", "None of the others")
    return translate("Kiosk", "None of these")


def _statement(visit: Visit, question: Question) -> str:
    words = words_of(visit)
    asked = word(f"item.{question.item}.question", words)
    if not question.place.side:
        return asked
    side = _side_words(question.place, words)
    return translate("Kiosk", "{side}: {statement}").format(side=side, statement=asked)


def _body_map(visit: Visit, page: Page) -> BodyMapState:
    question = page.questions[0]
    words, marks = words_of(visit), flow.regions(visit)
    whole = visit.given.get((question.item, NOWHERE))
    name = word(f"item.{question.item}.name", words)
    frame = _frame(visit, _question_words(visit, question), _hint(visit, page, ""))
    return BodyMapState(
        frame=frame,
        names={place: place_words(place, words) for place in map_places(visit.protocol)},
        marks=marks,
        chosen=visit.marked,
        scores=_scores(visit.protocol.scale_of(question.item)),
        low=word(f"item.{question.item}.low", words),
        high=word(f"item.{question.item}.high", words),
        ask=translate("Kiosk", "How strong, at its worst?"),
        denial=first_up(translate("Kiosk", "I have no {complaint}").format(complaint=name.lower())),
        denied=not marks and whole is not None and whole.value == 0,
        lines=tuple(_mark_words(place, score, words) for place, score in marks.items()),
        from_right=_from_right(visit),
    )


def _mark_words(place: Place, score: int | None, words: Words) -> str:
    name = place_words(place, words)
    if score is None:
        return translate("Kiosk", "{place}: how much?").format(place=name)
    return translate("Kiosk", "{place}: {score}").format(place=name, score=score)


def _compared(visit: Visit, page: Page) -> ChoiceState | StatementsState:
    words = words_of(visit)
    question = page.questions[0]
    name = word(f"item.{question.item}.name", words)
    asked = word("compared.question", words).format(item=name)
    options: dict[str, str] = {code: word(f"compared.{code}", words) for code in COMPARED}
    chosen = tuple(visit.given[q.key].compared for q in page.questions)
    if question.place.site:
        return StatementsState(
            frame=_frame(visit, asked, translate("Kiosk", "Touch one answer in each line")),
            statements=tuple(place_words(q.place, words) for q in page.questions),
            options=options,
            chosen=chosen,
        )
    if question.place.side:
        asked = f"{_side_words(question.place, words)}\n{asked}"
    return ChoiceState(
        _frame(visit, asked, translate("Kiosk", "Touch one answer")), options, chosen[0]
    )


def _review(visit: Visit, _page: Page) -> ReviewState:
    frame = _frame(visit, translate("Kiosk", "Is this right?"), "")
    lines = [line for each in flow.pages(visit) for line in _lines(visit, each)]
    missing = sum(not line.answered for line in lines)
    return ReviewState(frame, tuple(lines), _missing_words(missing))


def _missing_words(count: int) -> str:
    if count == 1:
        return translate("Kiosk", "1 question is not answered")
    words = translate("Kiosk", "{count} questions are not answered")
    return words.format(count=count) if count else ""


def _lines(visit: Visit, page: Page) -> list[ReviewLine]:
    words = words_of(visit)
    if page.kind in ("review", "compared"):
        return []  # what was compared stands with the score
    if page.kind == "body_map":
        return _map_lines(visit, page)
    if page.kind == "pick":
        return _pick_lines(visit, page)
    if page.kind == "statements" and flow.is_denied(visit, page):
        title = word(f"page.{page.group}.title", words)
        return [ReviewLine(page.key, title, translate("Kiosk", "None of these"))]
    return [_line(visit, page, question) for question in page.questions]


def _pick_lines(visit: Visit, page: Page) -> list[ReviewLine]:
    """One line for all keys that were not touched; those that were have lines of their own."""
    words, left = words_of(visit), flow.untouched(visit, page)
    if not left:
        return []
    name = word(f"pick.{page.group}.name", words)
    if not flow.is_denied(visit, page):
        return [ReviewLine(page.key, name, translate("Kiosk", "Not answered"), answered=False)]
    none = word(f"pick.{page.group}.none", words)
    if len(left) < len(page.questions):
        none = translate("Kiosk", "None of the others")
    value = translate("Kiosk", "{none} ({count})").format(none=none, count=len(left))
    return [ReviewLine(page.key, name, value)]


def _line(visit: Visit, page: Page, question: Question) -> ReviewLine:
    words = words_of(visit)
    name = word(f"item.{question.item}.name", words)
    if question.place.side:
        side = word(f"side.{question.place.side}", words)
        name = translate("Kiosk", "{name}, {side}").format(name=name, side=side)
    return _review_line(visit, page, name, flow.said(visit, question))


def _review_line(visit: Visit, page: Page, name: str, given: Answer | None) -> ReviewLine:
    if given is None or given.value is None:
        return ReviewLine(page.key, name, translate("Kiosk", "Not answered"), answered=False)
    if isinstance(given.value, str):
        return ReviewLine(page.key, name, _options(visit, given.item)[given.value])
    highest = visit.protocol.scale_of(given.item).maximum
    value = translate("Kiosk", "{score} of {highest}").format(score=given.value, highest=highest)
    if given.compared is not None and flow.is_compared(visit, given):
        compared = word(f"compared.{given.compared}", words_of(visit))
        together = translate("Kiosk", "{score}. {compared}")
        value = together.format(score=value, compared=compared)
    return ReviewLine(page.key, name, value)


def _map_lines(visit: Visit, page: Page) -> list[ReviewLine]:
    words, item = words_of(visit), page.questions[0].item
    name = word(f"item.{item}.name", words)
    marked = [a for a in visit.given.values() if a.item == item and a.place != NOWHERE]
    whole = visit.given.get((item, NOWHERE))
    if not marked:
        denied = whole is not None and whole.value == 0
        return [
            ReviewLine(page.key, name, translate("Kiosk", "none"))
            if denied
            else ReviewLine(page.key, name, translate("Kiosk", "Not answered"), answered=False)
        ]
    where = translate("Kiosk", "{name}, {place}")
    return [
        _review_line(
            visit,
            page,
            where.format(name=name, place=_within(a.place, words)),
            a,
        )
        for a in marked
    ]


BUILDERS: Mapping[flow.PageKind, Callable[[Visit, Page], PageState]] = {
    "pick": _pick,
    "number": _number,
    "choice": _choice,
    "statements": _statements,
    "body_map": _body_map,
    "compared": _compared,
    "review": _review,
}
"""What makes the state of each kind of page."""
