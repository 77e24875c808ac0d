"""The audit trail answers who did what, and tells nobody more than they may see."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import monitor
from monitor.services import (
    auditing,
    charting,
    contacts,
    enrolment,
    printing,
    summary,
    users,
)
from monitor.services.auditing import GROUPS, PAGE, Found, Search
from monitor.services.clinic import Clinic
from monitor.services.permissions import Role
from monitor.services.ports import Contact, Refusal
from tests.builders import date, instant, patient
from tests.services.clinics import Practice

DAYS = (date(0), date(9))


@pytest.fixture
def practice() -> Practice:
    """Two patients; Ann has opened the charts of both, Ben that of the first."""
    made = Practice()
    made.enrols(1, patient(1, number="4711", family_name="Adams", given_name="Ada"))
    made.enrols(2, patient(2, number="4712", family_name="Brown", given_name="Bob"))
    for hour, name, episode in ((8, "Ann", 1), (9, "Ben", 1), (10, "Ann", 2)):
        made.clock.set(instant(5, hour))
        charting.chart(acting(made, name, "nurse"), f"episode-{episode}")
    return made


def acting(practice: Practice, name: str, role: Role) -> Clinic:
    return replace(practice.clinic, actor=name, acting=role)


def search(practice: Practice, role: Role = "auditor", number: int = 0, **fields: object) -> Found:
    wanted = Search(*DAYS, **fields)  # type: ignore[arg-type]
    return auditing.search(acting(practice, "Zoe", role), wanted, number)


def told(found: Found) -> list[tuple[str, str, str]]:
    return [(line.actor, line.action, line.about) for line in found.lines]


def test_that_the_newest_comes_first_with_who_and_about_whom(practice: Practice) -> None:
    assert told(search(practice)) == [
        ("Ann", "chart_opened", "4712 Brown, Bob"),
        ("Ben", "chart_opened", "4711 Adams, Ada"),
        ("Ann", "chart_opened", "4711 Adams, Ada"),
    ]


@pytest.mark.parametrize("words", ["4711", "Adams", "ada ad"])
def test_that_who_viewed_a_patient_is_found_by_number_and_by_name(
    practice: Practice, words: str
) -> None:
    found = search(practice, patient=words, group="views")
    assert [line.actor for line in found.lines] == ["Ben", "Ann"]


def test_that_one_persons_deeds_are_found(practice: Practice) -> None:
    assert {line.actor for line in search(practice, actor="Ben").lines} == {"Ben"}


def test_that_what_was_printed_is_found(practice: Practice) -> None:
    printing.note_printed(acting(practice, "Ann", "nurse"), "episode-1", "summary", "printer")
    (line,) = search(practice, group="prints").lines
    assert (line.action, line.about, line.reason) == (
        "summary_printed",
        "4711 Adams, Ada",
        "printer",
    )


def test_that_days_are_those_of_the_clinic(practice: Practice) -> None:
    practice.clock.set(instant(6, hour=22))  # midnight and later in Berlin
    charting.chart(acting(practice, "Late", "nurse"), "episode-1")
    of_day = Search(date(7), date(7))
    found = auditing.search(acting(practice, "Zoe", "auditor"), of_day)
    assert [line.actor for line in found.lines] == []
    practice.clock.set(instant(6, hour=23))
    charting.chart(acting(practice, "Later", "nurse"), "episode-1")
    found = auditing.search(acting(practice, "Zoe", "auditor"), of_day)
    assert [line.actor for line in found.lines if line.actor != "Zoe"] == ["Later"]


def test_that_an_admin_reads_numbers_and_no_names(practice: Practice) -> None:
    assert {line.about for line in search(practice, "admin").lines} == {"4711", "4712"}
    assert search(practice, "admin", patient="4711").lines
    with pytest.raises(Refusal, match="unknown_patient"):
        search(practice, "admin", patient="Adams")


def test_that_an_admin_reads_no_reason_that_may_name_a_patient(practice: Practice) -> None:
    nurse = acting(practice, "Ann", "nurse")
    seen = patient(1, number="4711", family_name="Adams", given_name="Ada")
    enrolment.edit(nurse, seen, replace(seen, family_name="Archer"), "Adams has married")
    contacts.log(nurse, Contact("", "episode-1", date(5), "note", "Ada is deaf", by=""))
    users.lock(nurse, "nobody", "idle")
    told = {line.action: line.reason for line in search(practice, "admin").lines}
    assert told == {
        "chart_opened": "",
        "patient_edited": "",
        "contact_logged": "",
        "locked": "idle",
    }
    (edited,) = (x for x in search(practice).lines if x.action == "patient_edited")
    assert edited.reason == "Adams has married [family_name: Adams -> Archer]"


def test_that_papers_that_were_made_are_views(practice: Practice) -> None:
    nurse = acting(practice, "Ann", "nurse")
    practice.clock.advance(hours=1)
    summary.summary(nurse, "episode-1")
    summary.hand_over(nurse)
    seen = {line.action for line in search(practice, group="views").lines}
    assert seen == {"chart_opened", "summary_opened", "hand_over_opened"}
    assert auditing.who_looked(nurse, "episode-1")[0].action == "summary_opened"


def test_that_words_that_mean_nobody_are_refused(practice: Practice) -> None:
    with pytest.raises(Refusal, match="unknown_patient"):
        search(practice, patient="Nobody")


def test_that_pages_follow_each_other_without_a_gap_and_without_a_double(
    practice: Practice,
) -> None:
    with practice.store.begin() as work:
        for number in range(PAGE):
            work.audit.add(practice.clinic.signed("code_issued", "episode-1", str(number)))
        work.commit()
    first, second = search(practice), search(practice, number=1)
    assert (len(first.lines), first.has_more, second.has_more) == (PAGE, True, False)
    reasons = [line.reason for line in (*first.lines, *second.lines)]
    assert len(set(reasons) & set(map(str, range(PAGE)))) == PAGE


def test_that_a_search_is_written_itself_once(practice: Practice) -> None:
    search(practice, patient="4711", group="views")
    search(practice, patient="4711", group="views", number=1)
    searched = [line for line in practice.audit("patient-1") if line.action == "audit_searched"]
    assert [(line.actor, line.reason) for line in searched] == [("Zoe", "views")]


def test_that_a_nurse_sees_who_looked_at_the_patient_whose_page_it_is(practice: Practice) -> None:
    looks = auditing.who_looked(acting(practice, "Ann", "nurse"), "episode-1")
    assert [(line.actor, line.action) for line in looks] == [
        ("Ben", "chart_opened"),
        ("Ann", "chart_opened"),
    ]


def test_that_refused_sign_ins_are_found_without_what_was_typed(practice: Practice) -> None:
    with pytest.raises(Refusal):
        users.sign_in(practice.clinic, "somebody", "a wrong password")
    (line,) = search(practice, group="sign_ins").lines
    assert (line.action, line.about, line.reason) == ("sign_in_refused", "", "")


def test_that_every_action_that_is_looked_for_is_one_that_is_written() -> None:
    sources = (Path(monitor.__file__).parent / "services").glob("*.py")
    written = "".join(s.read_text(encoding="utf-8") for s in sources if s.stem != "auditing")
    known = set(re.findall(r'"([a-z_]+)"', written))
    printed = set(auditing.PRINTS)
    wanted = {action for group in GROUPS.values() for action in group} - printed
    assert wanted - known == {"audit_searched"}
