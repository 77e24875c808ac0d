"""The protocols that are shipped, and the folder they are read from."""

from __future__ import annotations

import shutil
from itertools import groupby
from pathlib import Path

import pytest

from monitor.content.protocols import ProtocolFolder, read_protocol
from monitor.domain.judging import holds
from monitor.domain.protocol import Protocol
from monitor.domain.submission import NOWHERE, Answer
from monitor.services.ports import Refusal

ROOT = Path(__file__).parents[2] / "resources" / "protocols"
SMALL = Path(__file__).parent / "small"
SHIPPED = ProtocolFolder(ROOT).ids()
RED_FLAGS_TO_THE_END = {
    *("arms_or_leg_weak", "legs_stiff_walking", "clumsy_hands", "walking_unsteady"),
    *("bladder_bowel", "numb_between_legs"),
    *("face_speech_vision", "sudden_headache", "fainting_drowsy", "confused"),
    *("fever", "light_hurts", "help_now", "head_drops"),
}


@pytest.fixture(params=SHIPPED)
def shipped(request: pytest.FixtureRequest) -> Protocol:
    return ProtocolFolder(ROOT).current(request.param)


@pytest.fixture(scope="module")
def default() -> Protocol:
    return read_protocol(ROOT / "cervical_rhizotomy")


def pages(protocol: Protocol, form: str, day: int, profile: str) -> list[tuple[str, ...]]:
    """The items that are shown together, with every follow-up asked; without those of keys."""
    steps = [step for step in protocol.forms[form].steps_on(day, profile) if not step.pick]
    numbered = ((step.page or f"alone {n}", step.item) for n, step in enumerate(steps))
    return [
        tuple(item for _, item in group)
        for _, group in groupby(numbered, key=lambda entry: entry[0])
    ]


def test_that_the_default_protocol_is_shipped() -> None:
    assert "cervical_rhizotomy" in SHIPPED


def test_that_a_shipped_protocol_is_a_draft_until_a_clinic_approves_it(shipped: Protocol) -> None:
    assert (shipped.status, shipped.approval) == ("draft", None)


def test_that_no_page_asks_more_than_four_things_or_mixes_answers(shipped: Protocol) -> None:
    for slot in shipped.schedule:
        for profile in shipped.profiles:
            for page in pages(shipped, slot.form, slot.due_day, profile):
                rows = sum(2 if shipped.items[item].per == "side" else 1 for item in page)
                assert rows <= 4
                assert len({shipped.items[item].scale for item in page}) == 1


def test_that_what_keys_lead_to_mixes_no_answers(shipped: Protocol) -> None:
    for form in shipped.forms.values():
        scales: dict[str, set[str]] = {}
        for step in form.steps:
            if step.pick and step.page:
                scales.setdefault(step.page, set()).add(shipped.items[step.item].scale)
        assert all(len(found) == 1 for found in scales.values())


def test_that_a_page_of_keys_has_eight_at_most(shipped: Protocol) -> None:
    for slot in shipped.schedule:
        for profile in shipped.profiles:
            steps = shipped.forms[slot.form].steps_on(slot.due_day, profile)
            for _, together in groupby((s for s in steps if s.pick), key=lambda s: s.pick):
                assert len(list(together)) <= 8


def test_that_the_words_of_a_key_are_short(shipped: Protocol) -> None:
    words = shipped.words["en"]
    assert max(len(text) for key, text in words.items() if key.endswith(".pick")) <= 45


def test_that_pages_of_one_name_stand_together(shipped: Protocol) -> None:
    for slot in shipped.schedule:
        for profile in shipped.profiles:
            steps = shipped.forms[slot.form].steps_on(slot.due_day, profile)
            runs = [name for name, _ in groupby(step.page for step in steps) if name]
            assert len(runs) == len(set(runs))


def test_that_every_rule_reads_items_that_are_asked(shipped: Protocol) -> None:
    asked = {step.item for form in shipped.forms.values() for step in form.steps}
    for rule in shipped.rules:
        assert rule.items(shipped) <= asked


def test_that_the_default_has_all_kinds_of_procedure_and_rows(default: Protocol) -> None:
    assert set(default.profiles) == {
        *("MBRFN", "TON", "PRF_DRG", "RF_DRG", "DORSAL_OPEN", "DORSAL_SPAST", "TORT", "GENERIC")
    }
    assert set(default.symptoms) == {
        *("soreness", "stiffness", "headache", "burning", "numbness_planned"),
        *("numbness_elsewhere", "weakness", "neck_weakness", "unsteadiness", "swallowing"),
    }


def test_that_numbness_is_permanent_only_where_the_operation_means_it(default: Protocol) -> None:
    permanent = {
        (row, profile)
        for row, symptom in default.symptoms.items()
        for profile, window in symptom.windows.items()
        if window is None
    }
    assert permanent == {("numbness_planned", "DORSAL_OPEN"), ("numbness_planned", "TORT")}


def test_that_day_cases_have_three_reports_less_than_operations(default: Protocol) -> None:
    assert len(default.slots_for("TORT")) == 27
    day_case = {slot.id for slot in default.slots_for("MBRFN")}
    assert {slot.id for slot in default.schedule} - day_case == {"D2", "D5", "D10"}


@pytest.mark.parametrize("form", ["acute", "week", "month"])
def test_that_warning_signs_are_asked_first(default: Protocol, form: str) -> None:
    items = [step.item for step in default.forms[form].steps]
    assert max(items.index(item) for item in RED_FLAGS_TO_THE_END) < items.index("pain")


def test_that_private_questions_stand_alone_with_their_reason(default: Protocol) -> None:
    for form in ("acute", "week", "month"):
        private = {s.item for s in default.forms[form].steps if s.page == "private" and not s.pick}
        assert private == {"bladder_bowel", "numb_between_legs"}
    assert "page.private.hint" in default.words["en"]


def test_that_only_cord_stroke_infection_and_head_drop_are_asked_to_the_end(
    default: Protocol,
) -> None:
    early = default.forms["week"].steps_on(42, "MBRFN")
    late = default.forms["month"].steps_on(122, "MBRFN")
    flags = [step.item for step in late if step.page in ("signs", "private")]
    assert set(flags) == RED_FLAGS_TO_THE_END
    assert {"breathing", "neck_swelling", "swallow_saliva"} <= {step.item for step in early}


@pytest.mark.parametrize(("weakness", "asked_in"), [(0, {"month"}), (2, {"week", "month"})])
def test_that_self_tests_belong_to_every_month_and_weekly_to_weakness(
    default: Protocol, weakness: int, asked_in: set[str]
) -> None:
    said = {("weakness", NOWHERE): Answer("weakness", weakness)}
    for form, day in (("week", 35), ("month", 122)):
        steps = default.forms[form].steps_on(day, "MBRFN")
        tests = [
            s for s in steps if s.item == "selftest_grip" and (not s.when or holds(s.when, said))
        ]
        assert bool(tests) is (form in asked_in)


@pytest.mark.parametrize(("day", "asked"), [(30, True), (31, False)])
def test_that_the_wound_is_asked_about_to_day_30(default: Protocol, day: int, asked: bool) -> None:
    items = {step.item for step in default.forms["week"].steps_on(day, "MBRFN")}
    assert ("wound_redness" in items) is asked


@pytest.mark.parametrize(
    ("form", "day", "implant", "asked"),
    [
        ("week", 35, True, True),
        ("week", 35, False, False),
        ("month", 60, True, True),
        ("month", 60, False, False),
        ("month", 90, True, True),
        ("month", 91, True, False),
    ],
)
def test_that_after_an_implant_the_wound_is_asked_about_to_day_90(
    default: Protocol, form: str, day: int, implant: bool, asked: bool
) -> None:
    items = {step.item for step in default.forms[form].steps_on(day, "DORSAL_OPEN", implant)}
    assert ("wound_redness" in items) is asked


@pytest.mark.parametrize(("profile", "asked"), [("TORT", True), ("MBRFN", False)])
def test_that_spasms_are_asked_only_after_operations_for_them(
    default: Protocol, profile: str, asked: bool
) -> None:
    items = {step.item for step in default.forms["month"].steps_on(122, profile)}
    assert ("spasticity" in items) is asked


@pytest.mark.parametrize(
    ("day", "tested"), [(1, True), (2, False), (3, True), (5, False), (7, True)]
)
def test_that_self_tests_belong_to_days_1_3_and_7(
    default: Protocol, day: int, tested: bool
) -> None:
    items = {step.item for step in default.forms["acute"].steps_on(day, "TORT")}
    assert ("selftest_grip" in items) is tested


def test_that_questions_use_everyday_words(default: Protocol) -> None:
    questions = " ".join(
        text for key, text in default.words["en"].items() if key.startswith(("item.", "page."))
    ).lower()
    for word in ("saddle", "myelopathy", "dysphagia", "paraesthesia", "neuritis", "dermatome"):
        assert word not in questions


def test_that_a_protocol_is_read_once() -> None:
    folder = ProtocolFolder(SMALL.parent)
    assert folder.ids() == ("small",)
    assert folder.current("small") is folder.current("small")


@pytest.mark.parametrize("name", ["none", "", "../content/small"])
def test_that_a_protocol_that_is_not_there_is_refused(name: str) -> None:
    with pytest.raises(Refusal) as refusal:
        ProtocolFolder(SMALL.parent).current(name)
    assert refusal.value.code == "unknown_protocol"


def test_that_the_hash_tells_any_change_of_a_protocol(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SMALL, tmp_path / "small"))
    before = read_protocol(folder).content_hash
    with (folder / "words.en.toml").open("a", encoding="utf-8") as words:
        words.write("# one more line\n")
    assert len(before) == 64
    assert read_protocol(folder).content_hash != before


def test_that_the_hash_does_not_tell_one_machine_from_another(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(SMALL, tmp_path / "small"))
    for path in folder.iterdir():
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_protocol(folder).content_hash == read_protocol(SMALL).content_hash


def test_that_words_are_kept_by_language_and_dotted_key() -> None:
    words = read_protocol(SMALL).words
    assert words["en"]["item.pain.question"] == "How bad was your pain {recall}?"
    assert words["en"]["alert.fever.R1.title"] == "Fever"


def test_that_what_toml_cannot_say_is_none_in_the_protocol() -> None:
    protocol = read_protocol(SMALL)
    assert protocol.symptoms["numb_there"].windows["MAIN"] is None
    assert [times.acknowledge_hours for times in protocol.priorities.values()] == [0.25, 2, 8, None]
