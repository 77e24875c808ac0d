"""Presents the sheet on which a nurse enters what a patient said or wrote."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QCoreApplication, QObject, Signal

from monitor.domain.due import form_on
from monitor.domain.episode import Episode, postoperative_day
from monitor.domain.judging import holds
from monitor.domain.protocol import SIDES, Protocol, Step
from monitor.domain.submission import COMPARED, NOWHERE, Answer, Place, map_places
from monitor.services import submissions
from monitor.services.clinic import Clinic
from monitor.services.permissions import needs
from monitor.services.ports import Conflict, Refusal
from monitor.services.submissions import Completed, Receipt
from monitor.ui.shared.tasks import Tasks
from monitor.ui.shared.texts import Words, day_words, place_name, word
from monitor.ui.station import wording
from monitor.ui.station.reports import answer_key
from monitor.ui.station.views import Entered, Entries, SheetRow, SheetState, Told

translate = QCoreApplication.translate

SOMEWHERE = "somewhere"
"""The answer that opens the places of a body map; what is stored are their scores."""

NOON = dt.time(12)
"""When a report of an earlier day counts as answered: nobody wrote the hour down."""


@dataclass(frozen=True)
class Sheet:
    """The form of one patient on one day, and the protocol that it is from."""

    episode: Episode
    about: str
    protocol: Protocol
    words: Words
    date: dt.date
    today: dt.date

    @property
    def day(self) -> int:
        return postoperative_day(self.episode.procedure.date, self.date)

    @property
    def form(self) -> str:
        return form_on(self.protocol, self.episode.procedure.profile, self.day)

    @property
    def steps(self) -> tuple[Step, ...]:
        procedure = self.episode.procedure
        form = self.protocol.forms[self.form]
        return form.steps_on(self.day, procedure.profile, procedure.implant)

    def places(self, item: str) -> list[Place]:
        """Where an item has answers; the whole of a body map comes before its places."""
        per = self.protocol.items[item].per
        if per == "side":
            return [Place("", side) for side in SIDES]
        if not per:
            return [NOWHERE]
        return [NOWHERE, *map_places(self.protocol)]


@needs("enter")
def read_sheet(clinic: Clinic, episode_id: str, date: dt.date | None, language: str) -> Sheet:
    """The sheet of a patient for a date, today's by default."""
    with clinic.store.read() as work:
        episode = work.episodes.get(episode_id)
        patient = work.patients.get(episode.patient_id)
    protocol = clinic.protocols.current(episode.protocol_id)
    words = protocol.words[language]
    about = f"{wording.name_of(patient)}, {wording.procedure_of(episode.procedure, words)}"
    today = clinic.today()
    return Sheet(episode, about, protocol, words, date or today, today)


def state_of(sheet: Sheet) -> SheetState:
    """What the dialog shows of a sheet."""
    procedure, words = sheet.episode.procedure, sheet.words
    first = min(slot.opens_day for slot in sheet.protocol.slots_for(procedure.profile))
    form = translate("station", "{form}, {day}").format(
        form=word(f"form.{sheet.form}.name", words), day=day_words(sheet.day, words)
    )
    return SheetState(
        episode_id=sheet.episode.id,
        about=sheet.about,
        form=form,
        date=sheet.date,
        first_date=procedure.date + dt.timedelta(days=first),
        today=sheet.today,
        rows=tuple(_row(sheet, step, p) for step in sheet.steps for p in sheet.places(step.item)),
        comparisons=_keyed({code: word(f"compared.{code}", words) for code in COMPARED}),
    )


def _row(sheet: Sheet, step: Step, place: Place) -> SheetRow:
    protocol, words = sheet.protocol, sheet.words
    item, scale = protocol.items[step.item], protocol.scale_of(step.item)
    recall = word(f"recall.{protocol.forms[sheet.form].recall_hours}", words)
    where = place_name(place, words)
    name = word(f"item.{step.item}.name", words)
    row = SheetRow(
        key=answer_key(step.item, place),
        section=_section(step, words).format(recall=recall),
        name=f"{name}, {where}" if where else name,
        question=word(f"item.{step.item}.question", words).format(recall=recall),
        denial="" if scale.denial is None else str(scale.denial),
    )
    if item.per == "region" and place == NOWHERE:
        none, some = translate("station", "None"), translate("station", "Somewhere")
        return replace(row, options=_keyed({row.denial: none, SOMEWHERE: some}))
    if scale.kind == "choice":
        texts = {code: word(f"option.{item.scale}.{code}", words) for code in scale.options}
        return replace(row, options=_keyed(texts))
    return replace(
        row,
        lowest=scale.minimum,
        highest=scale.maximum,
        low=word(f"item.{step.item}.low", words),
        high=word(f"item.{step.item}.high", words),
        compares=_compares(sheet, step.item),
    )


def _section(step: Step, words: Words) -> str:
    if step.pick:
        return word(f"pick.{step.pick}.title", words)
    return word(f"page.{step.page}.title", words) if step.page else ""


def _keyed(texts: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    """Options, each with its key: a first letter where that tells them apart, else a number."""
    numbers = [str(number) for number in range(1, len(texts) + 1)]
    initials = ([name[:1].lower() for name in names] for names in (texts.values(), texts))
    letters = next((keys for keys in initials if len(set(keys)) == len(texts)), numbers)
    return tuple((code, key, texts[code]) for code, key in zip(texts, letters, strict=True))


def asked(sheet: Sheet, entries: Entries) -> frozenset[str]:
    """The keys of the rows that are asked, as far as the entries go."""
    found: set[str] = set()
    seen: dict[tuple[str, Place], Answer] = {}
    for step in sheet.steps:
        if step.when is not None and not holds(step.when, seen):
            continue
        whole = entries.values.get(answer_key(step.item, NOWHERE), "")
        for place in sheet.places(step.item):
            if not place.site or whole == SOMEWHERE:
                found.add(answer_key(step.item, place))
                if (given := _answer(sheet, entries, step.item, place)) is not None:
                    seen[step.item, place] = given
    return frozenset(found)


def answers(sheet: Sheet, entries: Entries) -> tuple[Answer, ...]:
    """What was entered, in the order of the form. A row without an entry was not asked."""
    on_sheet = asked(sheet, entries)
    found: list[Answer] = []
    for step in sheet.steps:
        places = [p for p in sheet.places(step.item) if answer_key(step.item, p) in on_sheet]
        given = [a for p in places if (a := _answer(sheet, entries, step.item, p)) is not None]
        regions = [a for a in given if a.place.site]
        if regions:
            worst = max(regions, key=lambda a: (a.value, COMPARED.index(a.compared or "better")))
            found.append(replace(worst, place=NOWHERE))
        found += given
    return tuple(found)


def _answer(sheet: Sheet, entries: Entries, item: str, place: Place) -> Answer | None:
    key = answer_key(item, place)
    value = entries.values.get(key, "")
    scale = sheet.protocol.scale_of(item)
    if scale.kind == "choice":
        return Answer(item, value, place) if scale.accepts(value) else None
    if not value.isdecimal() or not scale.accepts(int(value)):
        return None
    answer = Answer(item, int(value), place)
    if not _is_compared(sheet, answer):
        return answer  # what was entered with a higher score is not to be seen any more
    compared = next((code for code in COMPARED if code == entries.compared.get(key)), None)
    return replace(answer, compared=compared)


def _is_compared(sheet: Sheet, answer: Answer) -> bool:
    least = _compares(sheet, answer.item)
    return least is not None and isinstance(answer.value, int) and answer.value >= least


def _compares(sheet: Sheet, item: str) -> int | None:
    """From which score on it is asked how it was before; None where it never is."""
    protocol = sheet.protocol
    is_later = sheet.day > protocol.baseline.to_day
    return protocol.compare_from if protocol.items[item].compare and is_later else None


def store(
    clinic: Clinic, sheet: Sheet, report_id: str, entries: Entries, entered_by: Entered
) -> Receipt:
    """Record the report; one of an earlier day counts as answered at noon."""
    now = clinic.now()
    if sheet.date < clinic.local_date(now):
        now = dt.datetime.combine(sheet.date, NOON, clinic.zone).astimezone(dt.UTC)
    given = answers(sheet, entries)
    if not given:
        raise Refusal("nothing_entered")
    return submissions.record(
        clinic,
        Completed(
            id=report_id,
            episode_id=sheet.episode.id,
            form=sheet.form,
            answers=given,
            answered_at=now,
            entered_by=entered_by,
            device=clinic.station,
        ),
    )


class EnteringPresenter(QObject):
    """Talks to the services for the report that a nurse enters.

    Signals:
        opened: the sheet, and what was typed on it before (SheetState, Entries).
        asked: the keys of the rows that are asked (frozenset of str).
        stored: the report is stored; what to say of it (Told).
        refused: it is not, and why (str); what was typed stays.
    """

    opened = Signal(object, object)
    asked = Signal(object)
    stored = Signal(object)
    refused = Signal(str)

    def __init__(self, tasks: Tasks, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._language = language
        self._sheet: Sheet | None = None
        self._kept: dict[tuple[str, dt.date], Entries] = {}
        self._report_id = ""

    def open(self, episode_id: str, date: dt.date | None = None) -> None:
        """Read the sheet of a patient for a date, today's by default."""
        self._tasks.run(
            read_sheet,
            episode_id,
            date,
            self._language,
            then=self._take,
            failed=self._refuse,
            slot="sheet",
        )

    def edit(self, entries: Entries) -> None:
        """Keep what was typed, and say which rows are asked now."""
        if self._sheet is not None:
            self._kept[self._sheet.episode.id, self._sheet.date] = entries
            self.asked.emit(asked(self._sheet, entries))

    def store(self, entries: Entries, entered_by: Entered) -> None:
        """Record the report. Its id stays until it is stored, so that twice changes nothing."""
        if self._sheet is not None:
            self._tasks.run(
                store,
                self._sheet,
                self._report_id,
                entries,
                entered_by,
                then=self._finish,
                failed=self._refuse,
            )

    def _take(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._report_id = str(uuid.uuid4())
        entries = self._kept.get((sheet.episode.id, sheet.date), Entries({}, {}))
        self.opened.emit(state_of(sheet), entries)
        self.asked.emit(asked(sheet, entries))

    def _finish(self, receipt: Receipt) -> None:
        if self._sheet is not None:
            self._kept.pop((self._sheet.episode.id, self._sheet.date), None)
        said = self.tr("The report is stored.")
        if receipt.urgent:
            said = self.tr("The report is stored. Its answers ask for help now: see the alerts.")
        elif not receipt.evaluated:
            said = self.tr("The report is stored; its alerts are judged at the next check.")
        self.stored.emit(Told(said))

    def _refuse(self, error: Exception) -> None:
        if isinstance(error, Conflict):
            # Stored at the first try, though nobody was told; the same id with other answers.
            self._report_id = str(uuid.uuid4())
        self.refused.emit(self._reason(error))

    def _reason(self, error: Exception) -> str:
        if isinstance(error, Refusal):
            said = {
                "nothing_entered": self.tr("Nothing is entered yet."),
                "episode_closed": self.tr("This follow-up is closed; no report can be added."),
                "submission_differs": self.tr(
                    "An earlier try was stored already. Look at the patient’s reports before you "
                    "store these answers as well."
                ),
            }
            return said.get(error.code, str(error))
        return self.tr("It could not be stored now. What you typed stays; try again soon.")
