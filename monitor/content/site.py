"""The settings of one site, kept in `monitor.toml`: one declared table, read whole or refused.

Run as a program (`python -m monitor.content.site`) it writes the table of `docs/settings.md` anew.
"""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from monitor.content.faults import Fault

FILE = "monitor.toml"
"""The name of the settings file in its folder."""

MARKS = ("<!-- table -->\n", "<!-- end of table -->\n")
"""What encloses the table of settings in the manual."""


@dataclass(frozen=True)
class Setting:
    """One line of the table. `smallest` and `largest` bound a whole number, both allowed.

    A text may be empty where it is `optional`.
    """

    name: str
    default: str | int
    text: str
    smallest: int = 0
    largest: int = 0
    optional: bool = False

    @property
    def kind(self) -> str:
        """What a value must be, in words."""
        if isinstance(self.default, int):
            return f"a whole number from {self.smallest} to {self.largest}"
        return "a text in quotes"

    def accepts(self, value: object) -> bool:
        if isinstance(self.default, int):
            return type(value) is int and self.smallest <= value <= self.largest
        if not isinstance(value, str) or not value.isprintable():
            return False
        return value.strip() != "" or (self.optional and value == "")


Value = TypeVar("Value", str, int)


def _setting(
    default: Value, text: str, smallest: int = 0, largest: int = 0, *, optional: bool = False
) -> Value:
    described = {"text": text, "smallest": smallest, "largest": largest, "optional": optional}
    made: Value = field(default=default, metadata=described)
    return made


@dataclass(frozen=True, kw_only=True)
class Site:
    """The settings of one site: the one table of them. `folder` is where `monitor.toml` is.

    The reader, the writer, the checks and the manual come from these lines.
    """

    folder: Path
    clinic: str = _setting("Rootwatch clinic", "The clinic's name, as patients and nurses see it.")
    zone: str = _setting(
        "UTC",
        "The clinic's time zone, by its IANA name (Europe/Berlin, America/New_York). It decides "
        "on which calendar date an answer was given, and with it the postoperative day.",
    )
    database: str = _setting(
        "rootwatch.db",
        "The database file. A path that does not start at the root is looked up beside this file. "
        "It must lie on a disk of this machine, not on a network share.",
    )
    protocol: str = _setting(
        "cervical_rhizotomy",
        "The protocol that new episodes follow, by the name of its folder.",
    )
    station: str = _setting("station", "This machine's name in the records, as a nurse station.")
    kiosk: str = _setting("kiosk", "This machine's name in the records, as a kiosk.")
    sweep_minutes: int = _setting(
        5,
        "How often the rules that time alone can set off are looked at while a station or "
        "`rootwatch watch` runs, in minutes.",
        smallest=1,
        largest=1440,
    )
    overdue_minutes: int = _setting(
        30,
        "How long the last complete look may be past before the station says in red that "
        "monitoring is overdue, in minutes. Longer than sweep_minutes.",
        smallest=2,
        largest=2880,
    )
    lock_minutes: int = _setting(
        5,
        "How long nobody may touch a station until it is locked, in minutes. Half a minute before "
        "that everything on it is covered.",
        smallest=2,
        largest=30,
    )
    kiosk_idle_seconds: int = _setting(
        120,
        "How long the kiosk waits without a touch before it asks whether somebody is still "
        "there, in seconds.",
        smallest=20,
        largest=900,
    )
    kiosk_language: str = _setting(
        "en",
        "The language in which the kiosk rests, by its code (en, es, fr, de, ar). A patient finds "
        "their own where it is known, and can change it at any time.",
    )
    kiosk_dots_per_inch: int = _setting(
        0,
        "How dense the kiosk's panel is, in dots per inch; 0 to believe what the panel says. "
        "Measured by staff: hold the top left corner, enter the PIN, Calibrate the screen.",
        smallest=0,
        largest=1000,
    )
    kiosk_switch_keys: str = _setting(
        "F7 F8",
        "The two keys that a switch sends, by their names: the first moves on over what can be "
        "touched, the second touches it. Empty for none.",
        optional=True,
    )

    @property
    def zone_info(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def database_file(self) -> Path:
        return self.folder / self.database

    @property
    def overdue_after(self) -> dt.timedelta:
        return dt.timedelta(minutes=self.overdue_minutes)


TABLE = tuple(
    Setting(line.name, cast("str | int", line.default), **line.metadata)
    for line in fields(Site)
    if line.metadata
)
"""Every setting there is, in the order in which it is written and explained."""


class SiteUnfit(Exception):
    """A settings file that cannot be used. `faults` holds everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def default_folder() -> Path:
    """Where this machine keeps the settings when the command line names no folder."""
    import platformdirs  # noqa: PLC0415 - 5 ms that only who names no folder has to wait

    return Path(platformdirs.user_data_path("rootwatch", appauthor=False))


def read_site(folder: Path) -> Site:
    """Read the settings of the site kept in `folder`; those not written have their default.

    Refuses with SiteUnfit, which lists every fault: a file that is missing or not TOML, an
    unknown key, a value of the wrong kind or out of its range, an unknown time zone.
    """
    file = folder / FILE
    values = _values(file)
    faults = tuple(_faults(file, values))
    if faults:
        raise SiteUnfit(faults)
    return Site(folder=folder, **values)


def write_site(site: Site) -> Path:
    """Write a site's settings to `monitor.toml` in its folder, each with its explanation.

    Makes the folder where it is missing and puts the new file in the place of an old one in
    one step, so that a failure leaves the old one whole. Returns the file. Refuses with
    SiteUnfit what `read_site` would refuse.
    """
    import tempfile  # noqa: PLC0415 - as below: settings are read at every start, seldom written

    file = site.folder / FILE
    values = {setting.name: getattr(site, setting.name) for setting in TABLE}
    faults = tuple(_faults(file, values))
    if faults:
        raise SiteUnfit(faults)
    site.folder.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=site.folder, prefix=FILE, suffix=".new")
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(_toml(values))
        stream.flush()
        os.fsync(stream.fileno())
    Path(draft).replace(file)
    return file


def manual() -> str:
    """Write out the table for the manual, as Markdown."""
    lines = [
        "| setting | what it is | unless it is set | what it does |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| `{setting.name}` | {setting.kind} | `{_literal(setting.default)}` | {setting.text} |"
        for setting in TABLE
    ]
    return "\n".join(lines) + "\n"


def with_manual(page: str) -> str:
    """Put the table as it is now between the two marks of a page; the rest stays."""
    before, rest = page.split(MARKS[0])
    return "".join((before, MARKS[0], manual(), MARKS[1], rest.split(MARKS[1])[1]))


def _values(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        remedy = "Is not there; make a site in this folder with `rootwatch init`."
    except UnicodeDecodeError:
        remedy = "Is not UTF-8 text; save it as UTF-8."
    except OSError as error:
        remedy = f"Cannot be read ({error.strerror}); check it."
    except tomllib.TOMLDecodeError as error:
        remedy = f"Is not valid TOML; put right: {error}."
    except RecursionError:
        remedy = "Is nested too deeply; make it flatter."
    raise SiteUnfit([Fault(str(file), "", remedy)])


def _faults(file: Path, values: dict[str, Any]) -> Iterator[Fault]:
    known = {setting.name: setting for setting in TABLE}
    for name, value in values.items():
        if name not in known:
            remedy = f"Is no setting; remove it or use one of {', '.join(known)}."
        elif not known[name].accepts(value):
            remedy = f"Is {value!r}, which does not fit; write {known[name].kind}."
        elif name == "zone" and not _is_zone(value):
            remedy = f"Is {value!r}, which is no time zone; write a name such as Europe/Berlin."
        else:
            continue
        yield Fault(str(file), name, remedy)
    yield from _too_soon_overdue(file, values)


def _is_zone(name: str) -> bool:
    """Whether there are rules for this zone; to list all there are would take 6 ms."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _too_soon_overdue(file: Path, values: dict[str, Any]) -> Iterator[Fault]:
    defaults = {setting.name: setting.default for setting in TABLE}
    sweep, overdue = (
        values.get(name, defaults[name]) for name in ("sweep_minutes", "overdue_minutes")
    )
    if type(sweep) is int and type(overdue) is int and overdue <= sweep:
        remedy = f"Is {overdue}, not longer than sweep_minutes; write at least {sweep + 1}."
        yield Fault(str(file), "overdue_minutes", remedy)


def _toml(values: dict[str, Any]) -> str:
    import textwrap  # noqa: PLC0415

    parts = ["# The settings of one Rootwatch site. Unknown keys are refused.\n"]
    for setting in TABLE:
        explained = f"{setting.text} It is {setting.kind}."
        comment = textwrap.fill(explained, 96, initial_indent="# ", subsequent_indent="# ")
        parts.append(f"{comment}\n{setting.name} = {_literal(values[setting.name])}\n")
    return "\n".join(parts)


def _literal(value: str | int) -> str:
    """A value as TOML writes it; texts hold no line breaks or control signs (see `accepts`)."""
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


if __name__ == "__main__":
    PAGE = Path(__file__).parents[2] / "docs" / "settings.md"
    PAGE.write_text(with_manual(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
