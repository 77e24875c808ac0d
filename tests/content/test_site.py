from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.content.site import FILE, TABLE, Site, SiteUnfit, read_site, with_manual, write_site

DOCS = Path(__file__).parents[2] / "docs"


def site_of(folder: Path, text: str) -> Site:
    (folder / FILE).write_text(text, encoding="utf-8")
    return read_site(folder)


def faults_of(folder: Path, text: str) -> list[tuple[str, str]]:
    with pytest.raises(SiteUnfit) as refusal:
        site_of(folder, text)
    return [(fault.key, fault.remedy) for fault in refusal.value.faults]


def test_that_a_setting_not_written_has_its_default(tmp_path: Path) -> None:
    assert site_of(tmp_path, "") == Site(folder=tmp_path)


def test_that_what_is_written_is_read_again(tmp_path: Path) -> None:
    site = Site(
        folder=tmp_path / "new" / "folder",
        clinic='Dr "Ada" \\ Söhne',
        zone="Europe/Berlin",
        sweep_minutes=10,
        overdue_minutes=45,
    )
    assert write_site(site) == site.folder / FILE
    assert read_site(site.folder) == site


@given(clinic=st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1))
def test_that_any_printable_name_survives(
    clinic: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    site = Site(folder=tmp_path_factory.mktemp("site"), clinic=clinic)
    write_site(site)
    assert read_site(site.folder).clinic == clinic


def test_that_a_written_file_explains_every_setting(tmp_path: Path) -> None:
    text = write_site(Site(folder=tmp_path)).read_text(encoding="utf-8")
    explained = " ".join(line.removeprefix("# ") for line in text.splitlines())
    for setting in TABLE:
        assert setting.text in explained


def test_that_writing_leaves_only_the_settings_file(tmp_path: Path) -> None:
    write_site(Site(folder=tmp_path))
    write_site(Site(folder=tmp_path, clinic="Another"))
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_that_every_fault_is_listed_with_its_remedy(tmp_path: Path) -> None:
    faults = faults_of(
        tmp_path,
        'clinic = ""\nzone = "Berlin"\nsweep_minutes = "5"\nkiosk_idle_seconds = 5\ncolour = "red"',
    )
    assert [key for key, _ in faults] == [
        "clinic",
        "zone",
        "sweep_minutes",
        "kiosk_idle_seconds",
        "colour",
    ]
    assert all(";" in remedy for _, remedy in faults)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        pytest.param("sweep_minutes = 0", "sweep_minutes", id="below its range"),
        pytest.param("sweep_minutes = true", "sweep_minutes", id="a truth value for a number"),
        pytest.param("sweep_minutes = 5.0", "sweep_minutes", id="a fraction for a number"),
        pytest.param("clinic = 5", "clinic", id="a number for a text"),
        pytest.param('clinic = "two\\nlines"', "clinic", id="a line break in a name"),
        pytest.param('zone = "../etc/passwd"', "zone", id="a path for a zone"),
        pytest.param('zone = "Europe"', "zone", id="a part of the world for a zone"),
        pytest.param("overdue_minutes = 5", "overdue_minutes", id="overdue before the next look"),
        pytest.param("[clinic]\nname = 'x'", "clinic", id="a table for a text"),
    ],
)
def test_that_one_wrong_line_is_one_fault_at_its_key(tmp_path: Path, line: str, key: str) -> None:
    assert [name for name, _ in faults_of(tmp_path, line)] == [key]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"clinic = ", "not valid TOML", id="not TOML"),
        pytest.param(b'clinic = "\xe4"', "not UTF-8", id="not UTF-8"),
        pytest.param(None, "rootwatch init", id="missing"),
    ],
)
def test_that_a_file_that_cannot_be_read_is_one_fault(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    if content is not None:
        (tmp_path / FILE).write_bytes(content)
    with pytest.raises(SiteUnfit, match=said):
        read_site(tmp_path)


def test_that_settings_the_reader_would_refuse_are_not_written(tmp_path: Path) -> None:
    with pytest.raises(SiteUnfit, match="zone"):
        write_site(Site(folder=tmp_path, zone="Atlantis"))
    assert not list(tmp_path.iterdir())


def test_that_a_database_named_without_a_root_lies_beside_the_settings(tmp_path: Path) -> None:
    assert Site(folder=tmp_path).database_file == tmp_path / "rootwatch.db"
    elsewhere = tmp_path / "elsewhere.db"
    assert Site(folder=tmp_path / "site", database=str(elsewhere)).database_file == elsewhere


def test_that_overdue_is_a_span_of_time(tmp_path: Path) -> None:
    site = Site(folder=tmp_path, overdue_minutes=90)
    assert site.overdue_after == dt.timedelta(hours=1, minutes=30)


def test_that_the_zone_makes_dates(tmp_path: Path) -> None:
    instant = dt.datetime(2026, 3, 1, 23, 30, tzinfo=dt.UTC)
    zone = Site(folder=tmp_path, zone="Europe/Berlin").zone_info
    assert instant.astimezone(zone).date() == dt.date(2026, 3, 2)


def test_that_the_manual_holds_the_table_of_settings_as_it_is() -> None:
    page = (DOCS / "settings.md").read_text(encoding="utf-8")
    assert page == with_manual(page), "write docs/settings.md again with `make schema`"
