"""What must hold between the parts of a protocol, beyond the type of each number."""

from __future__ import annotations

import dataclasses
import datetime as dt
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, pairwise
from typing import Any

from monitor.content.faults import Fault
from monitor.content.shapes import FIELD_OF, Draft, at
from monitor.domain.alert import FOLLOW_UP_ENDED
from monitor.domain.condition import Condition
from monitor.domain.judging import holds
from monitor.domain.protocol import (
    CanaryPlan,
    Form,
    Grounds,
    Item,
    Priority,
    Protocol,
    Scale,
    Step,
    Window,
)
from monitor.domain.rules.answers import Answers
from monitor.domain.rules.missed import Missed
from monitor.domain.rules.monitoring import Monitoring
from monitor.domain.rules.persistence import Persistence
from monitor.domain.rules.rule import Rule
from monitor.domain.submission import COMPARED, NOWHERE, Answer

ID = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def faults_between(draft: Draft) -> Iterator[Fault]:
    """Everything in which the parts of a protocol do not agree with each other."""
    for check in (
        _ids,
        _head,
        _translations,
        _scales,
        _items,
        _profiles,
        _symptoms,
        _plans,
        _ask_again,
        _canary,
        _watching,
        _quality,
        _absences,
        _slots,
        _priorities,
        _forms,
        _asked,
        _rules,
        _grounds,
        _conditions,
    ):
        yield from check(draft)


def records_in(protocol: Protocol) -> Iterator[tuple[str, Any]]:
    """Every record of a protocol with its key path, outermost first."""
    for field in dataclasses.fields(protocol):
        section = _SECTION_OF.get(field.name, field.name)
        yield from _walk(section, getattr(protocol, field.name))


_SECTION_OF = {field: section for section, field in FIELD_OF.items()}


def _walk(key: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for name, entry in value.items():
            yield from _walk(f"{key}.{name}", entry)
    elif isinstance(value, tuple):
        for number, entry in enumerate(value, start=1):
            listed = key in ("slot", "rule")
            yield from _walk(f"{key}.{entry.id}" if listed else f"{key}[{number}]", entry)
    elif dataclasses.is_dataclass(value):
        yield key, value
        for field in dataclasses.fields(value):
            yield from _walk(f"{key}.{field.name}", getattr(value, field.name))


def _known(draft: Draft, section: str, key: str, names: Iterable[str]) -> Iterator[Fault]:
    """A fault for every name that is no id of the section."""
    ids = draft.ids.get(section, frozenset())
    for name in names:
        if name not in ids:
            near = difflib.get_close_matches(name, ids, 1)
            hint = f'; did you mean "{near[0]}"?' if near else "; name one that exists or add it."
            yield at(key, f'There is no {section} "{name}"{hint}')


def _ids(draft: Draft) -> Iterator[Fault]:
    for section, ids in draft.ids.items():
        for name in ids:
            if not ID.fullmatch(name):
                yield at(f"{section}.{name}", "Use only letters, digits and _ in an id.")


def _head(draft: Draft) -> Iterator[Fault]:
    status, approval = draft.single("status"), draft.single("approval")
    if status == "approved" and approval is None:
        yield at("approval", "Say who approved it and when, or set status to draft.")
    if approval is not None:
        yield from _signed("approval.", approval.by, approval.on)
    compare_from, outcomes = draft.single("compare_from"), draft.single("outcomes")
    if compare_from is not None and compare_from < 1:
        yield at("compare_from", "Compare from a score of 1 or more.")
    if outcomes is not None:
        yield from _once("outcomes", outcomes)
        if FOLLOW_UP_ENDED in outcomes:
            yield at("outcomes", f'Remove "{FOLLOW_UP_ENDED}": nobody chooses it.')
    if (codes := draft.single("contacts")) is not None:
        yield from _once("contacts.findings", codes.findings)
        yield from _once("contacts.advice", codes.advice)


def _translations(draft: Draft) -> Iterator[Fault]:
    for language, translation in draft.protocol.translations.items():
        by, on = translation.approved_by, translation.approved_on
        if translation.status == "approved":
            yield from _signed(f"translation.{language}.approved_", by, on)
        elif by or on:
            remedy = "Is approved by somebody; set status to approved, or remove who and when."
            yield at(f"translation.{language}.status", remedy)


def _signed(prefix: str, by: str, on: str) -> Iterator[Fault]:
    """A fault unless it says who approved something, and when."""
    if not by.strip():
        yield at(f"{prefix}by", "Name the person who approved it.")
    try:
        dt.date.fromisoformat(on)
    except ValueError:
        yield at(f"{prefix}on", "Write the date as YYYY-MM-DD.")


def _once(key: str, names: Iterable[str]) -> Iterator[Fault]:
    """A fault if a list of codes is empty, or holds one twice or one that is no code."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            yield at(key, f'"{name}" stands there twice; remove one.')
        if not ID.fullmatch(name):
            yield at(key, f'"{name}": use only letters, digits and _ in a code.')
        seen.add(name)
    if not seen:
        yield at(key, "Is empty; name at least one.")


def _scales(draft: Draft) -> Iterator[Fault]:
    for name, scale in draft.protocol.scales.items():
        key = f"scale.{name}"
        yield from _denial(key, scale)
        if scale.kind == "choice":
            yield from _once(f"{key}.options", scale.options)
            if scale.bands:
                yield at(f"{key}.bands", "Only a number scale has bands; remove them.")
            continue
        if scale.options:
            yield at(f"{key}.options", "Only a choice scale has options; remove them.")
        if scale.minimum >= scale.maximum:
            yield at(f"{key}.maximum", "Must be greater than the minimum.")
        for band, (first, last) in scale.bands.items():
            if not scale.minimum <= first <= last <= scale.maximum:
                yield at(f"{key}.bands.{band}", "Must run upwards inside the scale.")


def _denial(key: str, scale: Scale) -> Iterator[Fault]:
    if scale.denial is not None and not scale.accepts(scale.denial):
        yield at(f"{key}.denial", "Is no answer on this scale; write one that is.")
    if not scale.presumed:
        return
    if scale.denial is None:
        yield at(f"{key}.denial", "Is missing; what is presumed needs an answer that denies it.")
    if scale.presumed == scale.denial or not scale.accepts(scale.presumed):
        yield at(f"{key}.presumed", "Must be an option of this scale that does not deny.")


def _items(draft: Draft) -> Iterator[Fault]:
    for name, item in draft.protocol.items.items():
        key = f"item.{name}"
        yield from _known(draft, "scale", f"{key}.scale", (item.scale,))
        scale = draft.protocol.scales.get(item.scale)
        if scale is None or scale.kind == "number":
            continue
        if item.compare:
            yield at(f"{key}.compare", "Only a score can be compared; set it to false.")
        if item.chart:
            yield at(f"{key}.chart", "Only a score can be charted; remove it.")
        if item.per == "region":
            yield at(f"{key}.per", "Only a score can be asked on the body map.")


def _profiles(draft: Draft) -> Iterator[Fault]:
    for name, profile in draft.protocol.profiles.items():
        key = f"profile.{name}"
        yield from _known(draft, "region", f"{key}.planned_regions", profile.planned_regions)
        for field in ("benefit_from_day", "recurrence_from_day"):
            if getattr(profile, field) < 0:
                yield at(f"{key}.{field}", "Must be day 0 or later.")


def _symptoms(draft: Draft) -> Iterator[Fault]:
    profiles = draft.ids.get("profile", frozenset())
    rows: dict[tuple[str, str], str] = {}
    rules = (rule for rule in draft.protocol.rules if isinstance(rule, Persistence))
    watched = {name for rule in rules for name in rule.symptoms or ()}
    # A rule with a fault of its own, or with a slip in a name, may be the one that watches it.
    sure = not draft.broken.get("rule") and watched <= draft.protocol.symptoms.keys()
    for name, symptom in draft.protocol.symptoms.items():
        key = f"symptom.{name}"
        yield from _known(draft, "item", f"{key}.item", (symptom.item,))
        item = draft.protocol.items.get(symptom.item)
        if symptom.where and item is not None and item.per != "region":
            yield at(f"{key}.where", "Only an item of the body map is planned or elsewhere.")
        other = rows.setdefault((symptom.item, symptom.where), name)
        if other != name:
            yield at(f"{key}.item", f'Has a row already, "{other}"; keep one of the two.')
        for missing in sorted(profiles - symptom.windows.keys()):
            yield at(f"{key}.windows.{missing}", 'Is missing; add a window, or "permanent".')
        yield from _windows(draft, f"{key}.windows", symptom.windows)
        if sure and name not in watched and any(symptom.windows.values()):
            yield at(key, "No rule watches it; name it in the symptoms of a persistence rule.")


def _windows(draft: Draft, key: str, windows: Mapping[str, Window | None]) -> Iterator[Fault]:
    for profile, window in windows.items():
        yield from _known(draft, "profile", f"{key}.{profile}", (profile,))
        if window is None:
            continue
        if window.expected_to_day < 0:
            yield at(f"{key}.{profile}.expected_to_day", "Must be day 0 or later.")
        if window.persistent_from_day <= window.expected_to_day:
            yield at(
                f"{key}.{profile}.persistent_from_day",
                "The window never opens; choose a day after expected_to_day.",
            )


def _plans(draft: Draft) -> Iterator[Fault]:
    presence, baseline = draft.single("presence"), draft.single("baseline")
    if baseline is not None and baseline.from_day > baseline.to_day:
        yield at("baseline.to_day", "Must not be before from_day.")
    if presence is None:
        return
    for word in presence.compared:
        if word not in COMPARED:
            yield at("presence.compared", f'"{word}" is none of {", ".join(COMPARED)}.')
    for field in ("settle_reports", "within_days"):
        if getattr(presence, field) < 1:
            yield at(f"presence.{field}", "Must be 1 or more.")
    if presence.back_rise <= presence.settle_rise:
        yield at("presence.back_rise", "Must be greater than settle_rise.")


def _ask_again(draft: Draft) -> Iterator[Fault]:
    ask = draft.single("ask_again")
    if ask is None:
        return
    if ask.from_days < 1:
        yield at("ask_again.from_days", "Must be 1 or more.")
    if ask.to_days < ask.from_days:
        yield at("ask_again.to_days", "Must not be less than from_days.")
    if ask.at_most < 0:
        yield at("ask_again.at_most", "Must be 0 (never ask again) or more.")


def _canary(draft: Draft) -> Iterator[Fault]:
    """The canary's answers must raise and end an alert, on whichever day, all by themselves."""
    plan = draft.single("canary")
    if plan is None:
        return
    yield from _known(draft, "item", "canary.item", (plan.item,))
    yield from _known(draft, "rule", "canary.rule", (plan.rule,))
    item = draft.protocol.items.get(plan.item)
    scale = draft.protocol.scales.get(item.scale) if item is not None else None
    if item is None or scale is None:
        return
    wrong = [name for name in ("raises", "ends") if not scale.accepts(getattr(plan, name))]
    for name in wrong:
        yield at(f"canary.{name}", f'"{plan.item}" has no such option; its scale is {item.scale}.')
    rule = draft.protocol.find_rule(plan.rule)
    if rule is not None and not wrong:
        yield from _canary_rule(draft, plan, rule)


def _canary_rule(draft: Draft, plan: CanaryPlan, rule: Rule) -> Iterator[Fault]:
    if not isinstance(rule, Answers):
        yield at("canary.rule", f'Must be of kind "answers"; "{rule.id}" is "{rule.kind}".')
        return
    key = f"rule.{rule.id}"
    if not rule.latch:
        yield at(f"{key}.latch", "Must be true: the canary sees its alert end, and closes it.")
    urgencies = {stage.priority for stage in rule.stages}
    aside = (times.snooze_days for p, times in draft.protocol.priorities.items() if p in urgencies)
    if rule.snooze and any(aside):
        yield at(f"{key}.snooze", "Must be false: the canary shows what may never be put aside.")
    if rule.from_day > 1:
        yield at(f"{key}.from_day", "Must be 1 or less: the canary reports on every day.")
    for field in ("to_day", "profiles", "per"):
        if getattr(rule, field):
            yield at(f"{key}.{field}", "Remove it: the canary reports always, and of no place.")

    def holds_with(condition: Condition | None, answer: str) -> bool:
        given = {(plan.item, NOWHERE): Answer(plan.item, answer)}
        return condition is not None and holds(condition, given)

    if not holds_with(rule.when, plan.raises):
        yield at("canary.raises", f'This answer alone does not raise "{rule.id}".')
    if holds_with(rule.when, plan.ends) or holds_with(rule.stays_while, plan.ends):
        yield at("canary.ends", f'This answer does not end "{rule.id}".')


def _watching(draft: Draft) -> Iterator[Fault]:
    """One rule must tell that stored alerts were not what they had to be."""
    watching = [rule for rule in draft.protocol.rules if isinstance(rule, Monitoring)]
    if not watching and not draft.broken.get("rule"):
        yield at("rule", 'None is of kind "monitoring"; add one.')
    for rule in watching[1:]:
        yield at(f"rule.{rule.id}.kind", f'"{watching[0].id}" is of this kind already; keep one.')
    for rule in watching:
        if not rule.latch:
            yield at(f"rule.{rule.id}.latch", "Must be true: its condition is gone at once.")
        if rule.snooze:
            yield at(f"rule.{rule.id}.snooze", "Must be false: somebody has to look at it.")


def _quality(draft: Draft) -> Iterator[Fault]:
    quality = draft.single("quality")
    if quality is None:
        return
    if quality.identical_items < 2:
        yield at("quality.identical_items", "Must be 2 or more: one score is always the same.")
    if quality.within_seconds < 1:
        yield at("quality.within_seconds", "Must be 1 or more.")


def _absences(draft: Draft) -> Iterator[Fault]:
    """Both are days on which nobody hears of a patient."""
    for section, field in (("pause", "at_most_days"), ("silence", "long_lost_days")):
        plan = draft.single(section)
        if plan is not None and getattr(plan, field) < 1:
            yield at(f"{section}.{field}", "Must be 1 or more.")


def _slots(draft: Draft) -> Iterator[Fault]:
    for slot in draft.protocol.schedule:
        key = f"slot.{slot.id}"
        yield from _known(draft, "form", f"{key}.form", (slot.form,))
        if not slot.opens_day <= slot.due_day <= slot.closes_day:
            yield at(f"{key}.due_day", "Must lie between opens_day and closes_day.")


def _priorities(draft: Draft) -> Iterator[Fault]:
    for name in sorted(set(Priority) - draft.ids.get("priority", frozenset())):
        yield at(f"priority.{name}", "Is missing; every priority needs its times.")
    for priority, times in draft.protocol.priorities.items():
        asked = {
            field: hours
            for field in ("acknowledge_hours", "respond_hours", "close_hours")
            if (hours := getattr(times, field)) is not None
        }
        for field, hours in asked.items():
            if hours <= 0:
                yield at(f"priority.{priority}.{field}", "Must be more than 0 hours.")
        for (_, sooner), (field, later) in pairwise(asked.items()):
            if later < sooner:
                yield at(f"priority.{priority}.{field}", "Must not be sooner than the step before.")


def _forms(draft: Draft) -> Iterator[Fault]:
    for name, form in draft.protocol.forms.items():
        key = f"form.{name}"
        if form.recall_hours <= 0:
            yield at(f"{key}.recall_hours", "Must be more than 0 hours.")
        if not form.steps:
            yield at(f"{key}.steps", "Is empty; ask at least one item.")
        for number, step in enumerate(form.steps):
            yield from _step(draft, f"{key}.steps[{number + 1}]", step, form.steps[:number])
        runs = [pick for pick, _ in groupby(step.pick for step in form.steps) if pick]
        for pick in sorted({pick for pick in runs if runs.count(pick) > 1}):
            yield at(f"{key}.steps", f'The steps of the pick "{pick}" must follow each other.')


def _step(draft: Draft, key: str, step: Step, before: tuple[Step, ...]) -> Iterator[Fault]:
    yield from _known(draft, "item", f"{key}.item", (step.item,))
    yield from _known(draft, "profile", f"{key}.profiles", step.profiles)
    item = draft.protocol.items.get(step.item)
    if item is not None and item.retired:
        yield at(f"{key}.item", f'"{step.item}" is retired; do not ask it.')
    for field in ("page", "pick"):
        if (name := getattr(step, field)) and not ID.fullmatch(name):
            yield at(f"{key}.{field}", "Use only letters, digits and _ in the name of a page.")
    scale = draft.protocol.scales.get(item.scale) if item is not None else None
    if step.pick and item is not None and scale is not None and scale.denial is None:
        yield at(f"{key}.pick", f'The scale "{item.scale}" has no denial; add it or ask alone.')
    if step.from_day is not None and step.to_day is not None and step.from_day > step.to_day:
        yield at(f"{key}.to_day", "Must not be before from_day.")
    if any(other.item == step.item and _overlap(other, step) for other in before):
        yield at(f"{key}.item", f'"{step.item}" is asked already on these days; ask it once.')
    if step.when is not None:
        asked = {other.item for other in before if not step.pick or other.pick != step.pick}
        for later in sorted(step.when.items() - asked):
            if later in draft.ids.get("item", frozenset()):
                yield at(f"{key}.when", f'Looks at "{later}", which is not asked before it.')


def _overlap(one: Step, other: Step) -> bool:
    def first(step: Step) -> float:
        return float("-inf") if step.from_day is None else step.from_day

    def last(step: Step) -> float:
        ends = (step.to_day, step.to_day_implant or step.to_day)
        return max(float("inf") if day is None else day for day in ends)

    alike = not one.profiles or not other.profiles or set(one.profiles) & set(other.profiles)
    return bool(alike) and first(one) <= last(other) and first(other) <= last(one)


def _asked(draft: Draft) -> Iterator[Fault]:
    if draft.broken.get("form"):
        return  # what a form with a fault asks is not known
    forms: Iterable[Form] = draft.protocol.forms.values()
    asked = {step.item for form in forms for step in form.steps}
    for name, item in draft.protocol.items.items():
        if name not in asked and not item.retired:
            yield at(f"item.{name}", "No form asks it; add it to one or set retired = true.")


def _rules(draft: Draft) -> Iterator[Fault]:
    for rule in draft.protocol.rules:
        key = f"rule.{rule.id}"
        if rule.stages:
            yield from _once(f"{key}.stages", (stage.id for stage in rule.stages))
        else:
            yield at(f"{key}.stages", "Is empty; a rule needs at least one stage.")
        yield from _references(draft, key, rule)
        if isinstance(rule, Answers) and rule.end_reports < 1:
            yield at(f"{key}.end_reports", "Must be 1 or more.")
        if isinstance(rule, Missed):
            yield from _phases(key, rule)
        elif not isinstance(rule, Persistence):
            for number, stage in enumerate(rule.stages, start=1):
                if stage.priority is None:
                    yield at(f"{key}.stages[{number}].priority", "Is missing; add it.")


def _references(draft: Draft, key: str, rule: Rule) -> Iterator[Fault]:
    """What a rule names: entries of the protocol, and in its other texts its own stages."""
    stages = {stage.id for stage in rule.stages}
    for field in dataclasses.fields(rule):
        value = getattr(rule, field.name)
        if value == field.default or field.name in ("id", "reported_as"):
            continue
        if field.name in _NAMED_BY_RULES:
            names = (value,) if isinstance(value, str) else value
            yield from _known(draft, _NAMED_BY_RULES[field.name], f"{key}.{field.name}", names)
        elif isinstance(value, str) and not isinstance(value, Priority) and value not in stages:
            yield at(f"{key}.{field.name}", f'The rule has no stage "{value}"; add it or rename.')


_NAMED_BY_RULES = {
    "item": "item",
    "per": "item",
    "symptoms": "symptom",
    "profiles": "profile",
    "unless": "rule",
}


def _phases(key: str, rule: Missed) -> Iterator[Fault]:
    """Every due day must fall into a phase: they run upwards and the last has no end."""
    ends = [phase.to_day for phase in rule.phases]
    if not ends or ends[-1] is not None:
        yield at(f"{key}.phases", "The last phase must have no to_day.")
    elif None in ends[:-1]:
        yield at(f"{key}.phases", "Only the last phase may have no to_day.")
    elif any(one >= other for one, other in pairwise(e for e in ends if e is not None)):
        yield at(f"{key}.phases", "The to_day of each phase must be after the one before.")


def _grounds(draft: Draft) -> Iterator[Fault]:
    """Every number needs a source, and every source must be the source of something."""
    cited: set[str] = set()
    for key, record in records_in(draft.protocol):
        if isinstance(record, Grounds):
            cited.update(record.sources)
            if not record.sources:
                yield at(f"{key}.sources", "Is empty; name the source of these numbers.")
            if not record.why.strip():
                yield at(f"{key}.why", "Is empty; say why the numbers are what they are.")
            yield from _known(draft, "source", f"{key}.sources", record.sources)
    if not any(draft.broken.values()):  # else a broken entry may be the one that cites it
        for name in sorted(draft.ids.get("source", frozenset()) - cited):
            yield at(f"source.{name}", "Nothing cites it; cite it or remove it.")
    for name, source in draft.protocol.sources.items():
        if not source.citation.strip():
            yield at(f"source.{name}.citation", "Is empty; say where to find the source.")


def _conditions(draft: Draft) -> Iterator[Fault]:
    for key, record in records_in(draft.protocol):
        if isinstance(record, Condition):
            yield from _condition(draft, key, record)


def _condition(draft: Draft, key: str, condition: Condition) -> Iterator[Fault]:
    parts = (bool(condition.item), bool(condition.all_of), bool(condition.any_of))
    if sum(parts) != 1:
        yield at(key, "Give exactly one of item, all_of and any_of.")
    yield from _known(draft, "region", f"{key}.sites", condition.sites)
    for word in condition.compared:
        if word not in COMPARED:
            yield at(f"{key}.compared", f'"{word}" is none of {", ".join(COMPARED)}.')
    if condition.reports < 1:
        yield at(f"{key}.reports", "Must be 1 or more.")
    if condition.reports > 1 and condition.all_of:
        yield at(f"{key}.reports", "Only an item or any_of can be asked for in several reports.")
    if not condition.item:
        return
    yield from _known(draft, "item", f"{key}.item", (condition.item,))
    item = draft.protocol.items.get(condition.item)
    scale = draft.protocol.scales.get(item.scale) if item is not None else None
    if item is not None and scale is not None:
        yield from _test(key, condition, item, scale)


def _test(key: str, test: Condition, item: Item, scale: Scale) -> Iterator[Fault]:
    """Whether an item can ever give the answer that a condition waits for."""
    number = scale.kind == "number"
    codes = (*test.one_of, *((test.newly,) if test.newly else ()))
    for code in codes:
        if code not in scale.options:
            yield at(key, f'"{test.item}" has no option "{code}"; its scale is {item.scale}.')
    if test.at_least is not None and not (number and scale.accepts(test.at_least)):
        yield at(f"{key}.at_least", f'"{test.item}" cannot have this score.')
    if test.rise is not None and not number:
        yield at(f"{key}.rise", f'"{test.item}" has no score that could rise.')
    if test.compared and not item.compare:
        yield at(f"{key}.compared", f'"{test.item}" is not compared with before.')
    if test.sites and item.per != "region":
        yield at(f"{key}.sites", f'"{test.item}" is not asked on the body map.')
