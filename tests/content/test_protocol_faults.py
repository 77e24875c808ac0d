"""Every kind of fault in a protocol's files: named with its file, its key and its remedy."""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.content.faults import Fault, ProtocolFaults
from monitor.content.protocols import read_protocol

SMALL = Path(__file__).parent / "small"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "small"))


def edit(folder: Path, file: str, old: str, new: str) -> None:
    """Replace the first `old` in a file; it must be there."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def faults_of(folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(ProtocolFaults) as refusal:
        read_protocol(folder)
    return refusal.value.faults


def places_of(folder: Path) -> list[tuple[str, str]]:
    return [(fault.file, fault.key) for fault in faults_of(folder)]


def to_alarm(settings: str) -> tuple[str, str]:
    """What is replaced by what to give these settings to the canary's rule."""
    return "snooze = false\nwhen", f"{settings}snooze = false\nwhen"


# name of the fault: (what is replaced, by what, the key that is named)
IN_PROTOCOL = {
    # the type of each value
    "unknown key at the top": ("version", "flavour = 1\nversion", "flavour"),
    "unknown key in an entry": ('chart = "pain"', "charts = 1", "item.pain.charts"),
    "key missing": ("within_days = 45", "", "presence.within_days"),
    "section missing": ("compare_from = 2", "", "compare_from"),
    "text for a number": ("at_least = 3", 'at_least = "3"', "presence.at_least"),
    "fraction for a whole number": ("due_day = 7", "due_day = 7.5", "slot.D7.due_day"),
    "number for true or false": ("surgical = true", "surgical = 1", "profile.MAIN.surgical"),
    "number for a text": ('version = "1.0"', "version = 1.0", "version"),
    "endless number": ("rise = 2.0", "rise = inf", "presence.rise"),
    "text for a list": ('roots = ["C3"]', 'roots = "C3"', "region.neck.roots"),
    "value for a table": ("bands = {", "bands = 1 # {", "scale.score.bands"),
    "band of three days": ("[1, 10]", "[1, 2, 10]", "scale.score.bands.some"),
    "no such choice": ('grade = "B"', 'grade = "D"', "profile.MAIN.grade"),
    "no such priority": (
        '90, priority = "amber"',
        '90, priority = "blue"',
        "symptom.numb_here.windows.MAIN.priority",
    ),
    "other word for permanent": ('"permanent"', '"forever"', "symptom.numb_there.windows.MAIN"),
    "list without ids": ('id = "D7"', "", "slot[1].id"),
    # ids
    "id that does not match the folder": ('id = "small"', 'id = "other"', "id"),
    # head
    "approved without approval": ('"draft"', '"approved"', "approval"),
    "approval without a name": (
        "[scale.score]",
        '[approval]\nby = " "\non = 2026-01-31\n[scale.score]',
        "approval.by",
    ),
    "approval without a date": (
        "[scale.score]",
        '[approval]\nby = "Dr A"\non = "May"\n[scale.score]',
        "approval.on",
    ),
    "comparison from zero": ("compare_from = 2", "compare_from = 0", "compare_from"),
    "outcome that nobody chooses": (
        '["treated", "other"]',
        '["treated", "other", "follow_up_ended"]',
        "outcomes",
    ),
    "code twice": ('["treated", "other"]', '["treated", "other", "other"]', "outcomes"),
    "finding twice": ('["worse"]', '["worse", "worse"]', "contacts.findings"),
    "advice twice": ('["wait"]', '["wait", "wait"]', "contacts.advice"),
    # scales and items
    "band outside the scale": ("[1, 10]", "[1, 11]", "scale.score.bands.some"),
    "band that runs down": ("[1, 10]", "[10, 1]", "scale.score.bands.some"),
    "choice with bands": (
        '["yes", "no"]',
        '["yes", "no"]\nbands = { none = [0, 0] }',
        "scale.yes_no.bands",
    ),
    "number with options": ("maximum = 10", 'maximum = 10\noptions = ["a"]', "scale.score.options"),
    "denial outside the scale": ("denial = 0", "denial = 11", "scale.score.denial"),
    "denial that is no option": ('denial = "no"', 'denial = "none"', "scale.yes_no.denial"),
    "presumed that is no option": (
        'presumed = "yes"',
        'presumed = "perhaps"',
        "scale.yes_no.presumed",
    ),
    "presumed to be denied": ('presumed = "yes"', 'presumed = "no"', "scale.yes_no.presumed"),
    "scale that is not there": ('scale = "yes_no"\n\n', 'scale = "yesno"\n\n', "item.fever.scale"),
    "choice that is compared": (
        'scale = "yes_no"\n\n',
        'scale = "yes_no"\ncompare = true\n\n',
        "item.fever.compare",
    ),
    "choice that is charted": (
        'scale = "yes_no"\n\n',
        'scale = "yes_no"\nchart = "strip"\n\n',
        "item.fever.chart",
    ),
    "choice on the body map": (
        'scale = "yes_no"\n\n',
        'scale = "yes_no"\nper = "region"\n\n',
        "item.fever.per",
    ),
    "item that no form asks": ("retired = true", "", "item.cough"),
    # profiles, symptoms, windows
    "region that is not there": (
        'planned_regions = ["neck"]',
        'planned_regions = ["nek"]',
        "profile.MAIN.planned_regions",
    ),
    "benefit before day 0": (
        "benefit_from_day = 42",
        "benefit_from_day = -1",
        "profile.MAIN.benefit_from_day",
    ),
    "symptom that no rule watches": (
        'windows.MAIN = "permanent"',
        'windows.MAIN = { expected_to_day = 1, persistent_from_day = 2, priority = "amber" }',
        "symptom.numb_there",
    ),
    "item of a symptom that is not there": (
        'item = "numbness"\nwhere = "elsewhere"',
        'item = "numb"\nwhere = "elsewhere"',
        "symptom.numb_there.item",
    ),
    "two rows for one symptom": (
        'where = "elsewhere"',
        'where = "planned"',
        "symptom.numb_there.item",
    ),
    "profile without a window": (
        'windows.MAIN = "permanent"',
        "windows = {}",
        "symptom.numb_there.windows.MAIN",
    ),
    "window of an unknown profile": (
        'windows.MAIN = "permanent"',
        'windows.MAIN = "permanent"\nwindows.MINE = "permanent"',
        "symptom.numb_there.windows.MINE",
    ),
    "window before day 0": (
        "expected_to_day = 42",
        "expected_to_day = -2",
        "symptom.numb_here.windows.MAIN.expected_to_day",
    ),
    "window that never opens": (
        "persistent_from_day = 90",
        "persistent_from_day = 42",
        "symptom.numb_here.windows.MAIN.persistent_from_day",
    ),
    # presence, baseline, priorities, schedule
    "word of comparison that is none": (
        '["worse", "new"]',
        '["worse", "newer"]',
        "presence.compared",
    ),
    "settled after no report": (
        "settle_reports = 2",
        "settle_reports = 0",
        "presence.settle_reports",
    ),
    "back below settled": ("back_rise = 2.0", "back_rise = 1.0", "presence.back_rise"),
    "baseline that ends before it begins": ("to_day = 0", "to_day = -31", "baseline.to_day"),
    "asked again at once": ("from_days = 3", "from_days = 0", "ask_again.from_days"),
    "asked again in no days": ("to_days = 7", "to_days = 2", "ask_again.to_days"),
    "asked again less than never": ("at_most = 2", "at_most = -1", "ask_again.at_most"),
    "haste in one answer": (
        "identical_items = 4",
        "identical_items = 1",
        "quality.identical_items",
    ),
    "haste in no time": ("within_seconds = 15", "within_seconds = 0", "quality.within_seconds"),
    "pause of no days": ("at_most_days = 28", "at_most_days = 0", "pause.at_most_days"),
    "lost at once": ("long_lost_days = 90", "long_lost_days = 0", "silence.long_lost_days"),
    # the canary
    "canary without its item": (
        'item = "fever"\nraises',
        'item = "fevre"\nraises',
        "canary.item",
    ),
    "canary that says what cannot be said": ('raises = "yes"', 'raises = "y"', "canary.raises"),
    "canary that ends with what cannot be said": ('ends = "no"', 'ends = "n"', "canary.ends"),
    "canary that raises nothing": ('raises = "yes"', 'raises = "no"', "canary.raises"),
    "canary that does not end": ('ends = "no"', 'ends = "yes"', "canary.ends"),
    "canary without its rule": ('rule = "alarm"', 'rule = "alram"', "canary.rule"),
    "canary of another kind of rule": ('rule = "alarm"', 'rule = "missed"', "canary.rule"),
    "no time at all": (
        "acknowledge_hours = 2\n",
        "acknowledge_hours = 0\n",
        "priority.orange.acknowledge_hours",
    ),
    "closed before acted upon": (
        "close_hours = 24",
        "close_hours = 3",
        "priority.orange.close_hours",
    ),
    "slot due after it closes": ("due_day = 7", "due_day = 10", "slot.D7.due_day"),
    "form that is not there": ('form = "week"', 'form = "weak"', "slot.D7.form"),
    # grounds
    "number without a source": ('sources = ["S1"]', "sources = []", "profile.MAIN.sources"),
    "source that is not there": ('sources = ["S1"]', 'sources = ["S3"]', "profile.MAIN.sources"),
    "scale without a range": ("maximum = 5", "maximum = 0", "scale.count.maximum"),
    "two entries of one id": (
        'form = "week"',
        'form = "week"\n\n[[slot]]\nid = "D7"',
        "slot.D7",
    ),
    "a priority of its own": (
        "[priority.red]",
        "[priority.blue]\n\n[priority.red]",
        "priority.blue",
    ),
}
IN_FORMS = {
    # the type of each value
    "unknown key in a condition": (
        "at_least = 1",
        "atleast = 1",
        "form.week.steps[2].when.atleast",
    ),
    # forms
    "step of an unknown item": (
        '{ item = "pain" }',
        '{ item = "pain" }, { item = "pian" }',
        "form.week.steps[2].item",
    ),
    "step of a retired item": (
        '{ item = "pain" }',
        '{ item = "pain" }, { item = "cough" }',
        "form.week.steps[2].item",
    ),
    "step asked twice": (
        '{ item = "pain" }',
        '{ item = "pain" }, { item = "pain" }',
        "form.week.steps[2].item",
    ),
    "step of an unknown profile": (
        '{ item = "pain" }',
        '{ item = "pain", profiles = ["MAN"] }',
        "form.week.steps[1].profiles",
    ),
    "step that ends before it begins": ("to_day = 30", "to_day = 0", "form.week.steps[3].to_day"),
    "condition on a later question": (
        'item = "pain", at_least',
        'item = "numbness", at_least',
        "form.week.steps[2].when",
    ),
    # conditions
    "condition on nothing": (
        'when = { item = "pain", at_least = 1 }',
        "when = {}",
        "form.week.steps[2].when",
    ),
    "condition on what is not compared": (
        "at_least = 1",
        'compared = ["new"]',
        "form.week.steps[2].when.compared",
    ),
    "condition on the place of a score without": (
        "at_least = 1",
        'sites = ["neck"]',
        "form.week.steps[2].when.sites",
    ),
    "condition on no report": (
        "at_least = 1",
        "at_least = 1, reports = 0",
        "form.week.steps[2].when.reports",
    ),
}
IN_RULES = {
    # the type of each value
    "no such kind of rule": ('kind = "missed"', 'kind = "mist"', "rule.missed.kind"),
    "unknown key in a rule": (
        "fresh_days = 3",
        "fresh_days = 3\ncolour = 1",
        "rule.persists.colour",
    ),
    "unknown key in a stage": (
        'priority = "red"',
        'priority = "red"\ncolour = 1',
        "rule.fever.stages[1].colour",
    ),
    "ended by no report": (
        'kind = "answers"',
        'kind = "answers"\nend_reports = 0',
        "rule.fever.end_reports",
    ),
    # conditions
    "all of a group in several reports": (
        "when = { all_of",
        "when = { reports = 2, all_of",
        "rule.fever.when.reports",
    ),
    "condition on an unknown item": (
        '{ item = "fever", one_of',
        '{ item = "fevre", one_of',
        "rule.fever.when.all_of[1].item",
    ),
    "condition on an unknown option": (
        'one_of = ["yes"]',
        'one_of = ["perhaps"]',
        "rule.fever.when.all_of[1]",
    ),
    "condition on an unknown region": (
        'sites = ["face"]',
        'sites = ["fase"]',
        "rule.fever.when.all_of[2].sites",
    ),
    "condition on a score out of range": (
        "at_least = 3",
        "at_least = 11",
        "rule.fever.when.all_of[2].at_least",
    ),
    "condition on the score of a choice": (
        'one_of = ["yes"]',
        "rise = 2",
        "rule.fever.when.all_of[1].rise",
    ),
    # rules
    "symptom that is not there": ('["numb_here"]', '["numb"]', "rule.persists.symptoms"),
    "stage that is not there": ('late = "Y1"', 'late = "Y9"', "rule.persists.late"),
    "stage without priority": ('priority = "red"', "", "rule.fever.stages[1].priority"),
    "last phase that ends": (
        "remind_after_hours = 48",
        "to_day = 30\nremind_after_hours = 48",
        "rule.missed.phases",
    ),
    "phase that never comes": ("to_day = 7\n", "", "rule.missed.phases"),
    "profile of a rule that is not there": (
        'kind = "answers"',
        'kind = "answers"\nprofiles = ["MAN"]',
        "rule.fever.profiles",
    ),
    "place of a rule that is not there": (
        'kind = "answers"',
        'kind = "answers"\nper = "numb"',
        "rule.fever.per",
    ),
    # the canary and the watch over the stored alerts
    "canary whose rule does not latch": (*to_alarm("latch = false\n"), "rule.alarm.latch"),
    "canary whose rule can be put aside": (
        "snooze = false\nwhen",
        "when",
        "rule.alarm.snooze",
    ),
    "canary whose rule begins late": (*to_alarm("from_day = 2\n"), "rule.alarm.from_day"),
    "canary whose rule ends": (*to_alarm("to_day = 30\n"), "rule.alarm.to_day"),
    "canary whose rule is of a profile": (
        *to_alarm('profiles = ["MAIN"]\n'),
        "rule.alarm.profiles",
    ),
    "canary whose rule is of a place": (*to_alarm('per = "numbness"\n'), "rule.alarm.per"),
    "difference that is gone at once": (
        'kind = "monitoring"',
        'kind = "monitoring"\nlatch = false',
        "rule.differs.latch",
    ),
    "difference that can be put aside": (
        'kind = "monitoring"\nsnooze = false',
        'kind = "monitoring"',
        "rule.differs.snooze",
    ),
    # grounds
    "number without a reason": ('why = "As thought."', 'why = " "', "rule.fever.stages[1].why"),
}
IN_SOURCES = {
    # grounds
    "source without a citation": ('"A study"', '""', "source.S1.citation"),
}
IN_WORDS = {
    # words
    "question without words": ('question = "Do you cough?"', "", "item.cough.question"),
    "end of a scale without words": ('high = "Worst pain"', "", "item.pain.high"),
    "option without words": ('yes = "Yes"', "", "option.yes_no.yes"),
    "recall without words": ('168 = "in the last 7 days"', "", "recall.168"),
    "finding without words": ('worse = "Worse"\n\n[advice]', "[advice]", "finding.worse"),
    "advice that nobody gives": ("[advice]", "[advice]\nrun = 'x'", "advice.run"),
    "page without words": ('signs.title = "Signs"', "", "page.signs.title"),
    "empty words": ('"Do you cough?"', '" "', "item.cough.question"),
    "number for words": ('"Do you cough?"', "3", "item.cough.question"),
    "words that nobody uses": ("[item.cough]", "[item.cough]\nhigh = 'x'", "item.cough.high"),
    "brace without a partner": ("{recall}", "{recall", "item.pain.question"),
    "brace that nothing fills": ("{recall}", "{period}", "item.pain.question"),
}
IN_ALERTS = {
    # words
    "stage without words": ('clears = "A nurse closes it."', "", "alert.fever.R1.clears"),
    "alert that no rule raises": (
        "[alert.fever.R1]",
        "[alert.fever]\nR9 = 'x'\n[alert.fever.R1]",
        "alert.fever.R9",
    ),
    "words in both files": (
        "[alert.fever.R1]",
        "[side]\nleft = 'x'\n[alert.fever.R1]",
        "side.left",
    ),
}

FILES = {
    "protocol.toml": IN_PROTOCOL,
    "forms.toml": IN_FORMS,
    "rules.toml": IN_RULES,
    "sources.toml": IN_SOURCES,
    "words.en.toml": IN_WORDS,
    "alerts.en.toml": IN_ALERTS,
}
FAULTS = [
    pytest.param(file, *fault, id=f"{file}: {name}")
    for file, faults in FILES.items()
    for name, fault in faults.items()
]


def test_that_the_protocol_the_tests_break_is_whole(folder: Path) -> None:
    assert read_protocol(folder).id == "small"


@pytest.mark.parametrize(("file", "old", "new", "key"), FAULTS)
def test_that_a_fault_is_named_with_its_file_key_and_remedy(
    folder: Path, file: str, old: str, new: str, key: str
) -> None:
    edit(folder, file, old, new)
    (fault,) = faults_of(folder)
    assert (fault.file, fault.key) == (file, key)
    assert fault.remedy.endswith((".", "?"))


def test_that_a_missing_priority_is_named(folder: Path) -> None:
    text = (folder / "protocol.toml").read_text(encoding="utf-8")
    first, orange, rest = re.split(r"(?=\[priority\.orange\])|(?=\[priority\.amber\])", text)
    (folder / "protocol.toml").write_text(first + rest, encoding="utf-8")
    assert "acknowledge_hours = 2" in orange
    assert places_of(folder) == [("protocol.toml", "priority.orange")]


def test_that_a_protocol_that_could_not_tell_of_a_difference_is_refused(folder: Path) -> None:
    text = (folder / "rules.toml").read_text(encoding="utf-8")
    without, _ = text.split('[[rule]]\nid = "differs"')
    (folder / "rules.toml").write_text(without, encoding="utf-8")
    assert ("rules.toml", "rule") in places_of(folder)


def test_that_a_canary_whose_answer_is_not_enough_is_refused(folder: Path) -> None:
    edit(folder, "rules.toml", "reports = 1", "reports = 2")
    assert places_of(folder) == [("protocol.toml", "canary.raises")]


def test_that_one_rule_tells_of_a_difference_and_not_two(folder: Path) -> None:
    text = (folder / "rules.toml").read_text(encoding="utf-8")
    _, differs = text.split('[[rule]]\nid = "differs"')
    more = text + '\n[[rule]]\nid = "differs_too"' + differs
    (folder / "rules.toml").write_text(more, encoding="utf-8")
    assert ("rules.toml", "rule.differs_too.kind") in places_of(folder)


def test_that_a_source_that_nobody_cites_is_named(folder: Path) -> None:
    edit(folder, "rules.toml", 'sources = ["S2"]', 'sources = ["S1"]')
    assert places_of(folder) == [("sources.toml", "source.S2")]


def test_that_a_recall_of_no_hours_is_named_with_its_words(folder: Path) -> None:
    edit(folder, "forms.toml", "recall_hours = 168", "recall_hours = 0")
    assert places_of(folder) == [
        ("forms.toml", "form.week.recall_hours"),
        ("words.en.toml", "recall.0"),
        ("words.en.toml", "recall.168"),
    ]


def test_that_an_id_that_no_text_could_have_is_named(folder: Path) -> None:
    edit(folder, "forms.toml", 'page = "signs"', 'page = "sig ns"')
    edit(folder, "forms.toml", 'pick = "signs"', 'pick = "sig ns"')
    edit(folder, "protocol.toml", "[region.face]", '[region.face]\n\n[region."a.b"]')
    places = places_of(folder)
    assert ("forms.toml", "form.week.steps[3].page") in places
    assert ("forms.toml", "form.week.steps[3].pick") in places
    assert ("protocol.toml", "region.a.b") in places


def test_that_what_is_presumed_needs_what_denies_it(folder: Path) -> None:
    edit(folder, "protocol.toml", 'denial = "no"\n', "")
    assert ("protocol.toml", "scale.yes_no.denial") in places_of(folder)


def test_that_what_keys_of_one_name_offer_stands_together(folder: Path) -> None:
    edit(folder, "forms.toml", 'item = "pain" }', 'item = "pain", pick = "signs" }')
    assert ("forms.toml", "form.week.steps") in places_of(folder)


def test_that_a_condition_looks_at_nothing_that_is_offered_at_the_same_time(folder: Path) -> None:
    edit(folder, "forms.toml", 'item = "pain" }', 'item = "pain", pick = "pains" }')
    edit(folder, "forms.toml", 'item = "numbness",', 'item = "numbness", pick = "pains",')
    assert ("forms.toml", "form.week.steps[2].when") in places_of(folder)


def test_that_a_key_for_what_nothing_denies_is_refused(folder: Path) -> None:
    edit(folder, "protocol.toml", "denial = 0\n", "")
    edit(folder, "forms.toml", 'item = "pain" }', 'item = "pain", pick = "pains" }')
    assert ("forms.toml", "form.week.steps[1].pick") in places_of(folder)


def test_that_the_words_of_keys_are_needed_and_may_name_the_time(folder: Path) -> None:
    edit(folder, "words.en.toml", 'pick = "A fever"\n', "")
    edit(folder, "words.en.toml", 'signs.none = "None"\n', 'signs.hint = "Touch {recall}."\n')
    assert places_of(folder) == [
        ("words.en.toml", "item.fever.pick"),
        ("words.en.toml", "pick.signs.hint"),
        ("words.en.toml", "pick.signs.none"),
    ]


def test_that_an_entry_with_a_fault_of_its_own_is_not_missed_elsewhere(folder: Path) -> None:
    edit(folder, "forms.toml", "recall_hours = 168", "recall_hours = 1.5")
    edit(folder, "protocol.toml", 'kind = "number"', 'kind = "colour"')
    edit(folder, "rules.toml", 'kind = "missed"', 'kind = "mist"')
    assert places_of(folder) == [
        ("forms.toml", "form.week.recall_hours"),
        ("protocol.toml", "scale.score.kind"),
        ("rules.toml", "rule.missed.kind"),
    ]


def test_that_every_fault_is_listed_at_once(folder: Path) -> None:
    edit(folder, "protocol.toml", "due_day = 7", "due_day = 70")
    edit(folder, "forms.toml", 'item = "fever"', 'item = "fevre"')
    edit(folder, "rules.toml", "fresh_days = 3", "")
    edit(folder, "sources.toml", '"A study"', '""')
    edit(folder, "words.en.toml", 'name = "Fever"', "")
    edit(folder, "alerts.en.toml", 'title = "Lost"', "")
    with pytest.raises(ProtocolFaults) as refusal:
        read_protocol(folder)
    assert str(refusal.value) == (
        'The protocol "small" has 7 faults:\n'
        "  alerts.en.toml: alert.missed.A7.title: The text is missing; add it.\n"
        '  forms.toml: form.week.steps[3].item: There is no item "fevre"; did you mean "fever"?\n'
        "  protocol.toml: item.fever: No form asks it;"
        " add it to one or set retired = true.\n"
        "  protocol.toml: slot.D7.due_day: Must lie between opens_day and closes_day.\n"
        "  rules.toml: rule.persists.fresh_days: Is missing; add it.\n"
        "  sources.toml: source.S1.citation: Is empty; say where to find the source.\n"
        "  words.en.toml: item.fever.name: The text is missing; add it."
    )


def test_that_a_file_that_is_not_toml_is_named_with_the_line(folder: Path) -> None:
    edit(folder, "forms.toml", "recall_hours = 168", "recall_hours =")
    (fault,) = faults_of(folder)
    assert (fault.file, fault.key) == ("forms.toml", "")
    assert "line 2" in fault.remedy


def test_that_a_file_that_is_not_text_is_named(folder: Path) -> None:
    (folder / "rules.toml").write_bytes(b"\xff\xfe")
    assert places_of(folder) == [("rules.toml", "")]


def test_that_a_language_that_cannot_be_read_has_one_fault(folder: Path) -> None:
    edit(folder, "alerts.en.toml", "[alert.fever.R1]", "[alert.fever.R1")
    assert places_of(folder) == [("alerts.en.toml", "")]


@pytest.mark.parametrize("file", FILES)
def test_that_a_missing_file_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()
    assert places_of(folder) == [(file, "")]


def test_that_a_language_needs_both_its_files(folder: Path) -> None:
    shutil.copy(folder / "words.en.toml", folder / "words.de.toml")
    assert places_of(folder) == [("alerts.de.toml", ""), ("protocol.toml", "translation.de")]


def test_that_a_file_that_is_none_of_a_protocol_is_named(folder: Path) -> None:
    (folder / "windows.toml").write_text("", encoding="utf-8")
    assert places_of(folder) == [("windows.toml", "")]


def test_that_a_folder_that_is_not_there_lists_the_files_it_needs(tmp_path: Path) -> None:
    assert {file for file, _ in places_of(tmp_path / "none")} == set(FILES)


LINE = re.compile(r"^( *(?:\{ )?[\w.]+ = )(.*)$")
VALUES = ["1", "-1", "0.5", "true", '"x"', '""', "[]", "{}", "nan", "[1, [2]]", "2026-01-31"]


@given(
    file=st.sampled_from(sorted(FILES)),
    changes=st.lists(st.tuples(st.integers(0, 400), st.sampled_from(["", *VALUES])), min_size=1),
)
@settings(max_examples=60)
def test_that_whatever_is_broken_the_refusal_is_a_list_of_faults(
    file: str, changes: list[tuple[int, str]]
) -> None:
    """Lines are deleted, or what stands behind their "=" becomes something else."""
    with TemporaryDirectory() as kept:
        folder = Path(shutil.copytree(SMALL, Path(kept) / "small"))
        lines = (folder / file).read_text(encoding="utf-8").splitlines()
        for number, value in changes:
            at = number % len(lines)
            lines[at] = LINE.sub(rf"\g<1>{value}", lines[at]) if value else ""
        (folder / file).write_text("\n".join(lines), encoding="utf-8")
        with suppress(ProtocolFaults):
            assert read_protocol(folder).id == "small"
