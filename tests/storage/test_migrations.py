"""What was written by an earlier program is there, whole, for the next one."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from monitor.domain.episode import Episode, Patient
from monitor.services.ports import Judged
from monitor.storage import rows, schema, tables
from monitor.storage.connection import connect
from monitor.storage.store import SqliteStore
from tests.builders import date, instant, patient

AT = "2026-03-03T09:00:00.000000+00:00"
LATER = "2026-03-04T09:00:00.000000+00:00"
FINDING = (
    '{"evidence":[],"facts":{"limit":5.5},"item":"pain","place":["",""],"priority":"amber",'
    '"rule":"pain_recurs","since_day":20,"stage":"A1"}'
)
OWN_WINDOWS = (
    '[{"by":"","expected_to_day":3,"item":"pain","on":null,"persistent_from_day":9,"reason":""}]'
)

FIRST: dict[str, list[tuple[Any, ...]]] = {
    "patient": [
        ("p-2", "A-17", "Núñez-Ørsted", "Zoë", "1970-05-17", "+44 (0)171 555", "en"),
        ("p-1", "1002", "O’Hara%_", "ß", "1932-02-29", "", "de"),
        ("canary", "0000", "Canary", "", "2000-01-01", "", "en"),
    ],
    "episode": [
        ("e-2", "p-2", "cervical_rhizotomy", "open", "2026-03-02", "RF_DRG", '["C6"]', "right",
         "Dr Sample", 1, "[]", "[]"),
        ("e-1", "p-1", "cervical_rhizotomy", "closed", "2026-03-01", "RF_DRG", "[]", "", "", 0,
         OWN_WINDOWS, "[]"),
    ],
    "submission": [
        ("e-2", "s-1", "acute", AT, "2026-03-03", AT, "1.0", "0" * 64, "patient", "kiosk", "", "",
         "", None),
    ],
    "answer": [
        ("e-2", "s-1", "pain", "neck", "left", 0, 5, None, "same"),
        ("e-2", "s-1", "sleep", "", "", 1, None, "well", None),
        ("e-2", "s-1", "itch", "", "", 2, None, None, None),
    ],
    "evaluation": [("s-1", "waiting", 2, "boom")],
    "alert": [
        ("a-1", "e-2", "pain_recurs", "", "", FINDING, "raised", AT, 20, "1.0", "0" * 64, AT, "",
         None, None, None, 2, None, 0, None, "", "", "", 1),
    ],
    "alert_event": [
        (7, "a-1", AT, "rules", "raise", "raised", 20, "A1", "amber", "", "report", None, "", ""),
    ],
    # added in another order than that of their ids
    "contact": [
        ("c-2", "e-2", "2026-03-05", "call", "“better”", "nurse"),
        ("c-1", "e-2", "2026-03-05", "call", "first?", "nurse"),
    ],
    "audit": [(3, AT, "nurse", "desk", "opened", "e-2", ""), (9, LATER, "kim", "", "x", "y", "z")],
    "sweep": [(1, AT, LATER, 2, 0, "[]", "[]")],
    "judgement": [
        ("e-2", AT, 1, "0" * 64, "f" * 64, "1", '{"a":"b"}', None, "2026-03-09", None, 1),
    ],
    "heartbeat": [("station", "desk", AT)],
    "canary": [(4, AT, 0.25, "")],
    "draft": [("d-1", "e-2", "acute", 1, "pain", "[]", "[]", "[]", AT, LATER, "kiosk")],
    "desk_code": [("2026-03-03", "a" * 64, "e-2", AT, None)],
    "attempt": [(5, AT, "kiosk", "pin", "b" * 64, 0), (6, LATER, "kiosk", "code", "b" * 64, 1)],
    "call": [("k-1", AT, "kiosk", "help", "", None, "")],
    "secret": [("pin", "hash")],
}  # fmt: skip
"""Rows of every table of version 0001, in the order of its columns."""


def ask(path: Path, question: str) -> list[tuple[Any, ...]]:
    with closing(connect(path)) as connection:
        return [tuple(row) for row in connection.execute(question)]


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A database of version 0001 that has rows in each of its tables."""
    folder, path = tmp_path / "first", tmp_path / "rootwatch.db"
    later = [f"{version}_*" for version in schema.versions() if version != "0001"]
    shutil.copytree(schema.MIGRATIONS, folder, ignore=shutil.ignore_patterns(*later, "__pycache__"))
    schema.create(path, folder)
    with closing(connect(path)) as connection:
        connection.execute("BEGIN")
        for table, its_rows in FIRST.items():
            marks = ", ".join("?" * len(its_rows[0]))
            connection.executemany(f'INSERT INTO "{table}" VALUES ({marks})', its_rows)
        connection.execute("COMMIT")
    return path


class TestFromTheFirstVersion:
    def test_that_the_rows_are_of_every_table_there_was(self, first: Path) -> None:
        tables_then = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN"
        found = ask(first, f"{tables_then} ('alembic_version', 'sqlite_sequence')")
        assert {str(name) for (name,) in found} == set(FIRST)

    def test_that_nothing_is_lost_or_changed(self, first: Path) -> None:
        names = {
            table: ", ".join(
                f'"{name}"' for _, name, *_ in ask(first, f"PRAGMA table_info({table})")
            )
            for table in FIRST
        }
        schema.bring_up_to_date(first)
        assert schema.version_of(first) == schema.versions()[-1]
        for table, its_rows in FIRST.items():
            found = ask(first, f'SELECT {names[table]} FROM "{table}"')
            assert sorted(found, key=repr) == sorted(its_rows, key=repr), table
        assert ask(first, "PRAGMA integrity_check") == [("ok",)]
        assert ask(first, "PRAGMA foreign_key_check") == []

    def test_that_it_becomes_the_same_as_a_new_database(self, first: Path) -> None:
        schema.bring_up_to_date(first)
        store = SqliteStore(first)
        with store._engine.connect() as connection:
            assert schema.written_out(connection) == schema.of_a_new_database()
        store.close()

    def test_that_what_is_new_is_empty(self, first: Path) -> None:
        store = SqliteStore(first)
        with store.read() as work:
            zoe = work.patients.by_number("A-17")
            assert isinstance(zoe, Patient)
            assert (zoe.sex, zoe.remark) == ("", "")
            episode = work.episodes.get("e-1")
            assert isinstance(episode, Episode)
            assert (episode.pauses, episode.ended_as, episode.ended_on) == ((), "", None)
            judged = work.judgements.get("e-2")
            assert isinstance(judged, Judged)
            assert judged.silence is None
            assert work.users.all() == ()
            assert work.batches.all() == ()
            assert work.looks.of_user("nurse") == {}
            assert work.contacts.promised() == {}
        store.close()

    def test_that_contacts_keep_the_order_in_which_they_were_added(self, first: Path) -> None:
        store = SqliteStore(first)
        with store.read() as work:
            assert [one.id for one in work.contacts.of_episode("e-2")] == ["c-2", "c-1"]
        store.close()

    def test_that_those_who_were_there_are_found_as_new_ones_are(self, first: Path) -> None:
        store = SqliteStore(first)
        with store.read() as work:
            for word in ("nunez", "orsted", "Zoe", "a17", "0171", "1970"):
                assert [r.patient.id for r in work.lists.find([word], 0, 9).rows] == ["p-2"], word
            assert [r.patient.id for r in work.lists.find(["hara"], 0, 9).rows] == ["p-1"]
            for row in work._connection.execute(tables.patient.select()).mappings():
                assert rows.patient_to_row(rows.row_to_patient(row)) == row
        store.close()

    def test_that_the_new_kinds_of_try_are_taken(self, first: Path) -> None:
        store = SqliteStore(first)
        with closing(connect(first)) as connection:
            connection.execute("INSERT INTO attempt VALUES (8, ?, 'desk', 'unlock', 'b', 0)", [AT])
        with store.read() as work:
            assert [one.kind for one in work.attempts.since(instant(0), "pin", "unlock")] == [
                "pin",
                "unlock",
            ]
        store.close()

    def test_that_what_was_said_of_a_patient_can_only_be_added_to(self, first: Path) -> None:
        schema.bring_up_to_date(first)
        with closing(connect(first)) as connection:
            for change in ("UPDATE contact SET text = ''", "DELETE FROM contact"):
                with pytest.raises(dbapi2.IntegrityError, match="only added to"):
                    connection.execute(change)

    def test_that_a_migrated_database_is_written_to_as_a_new_one(self, first: Path) -> None:
        store = SqliteStore(first)
        with store.begin() as work:
            work.patients.add(patient(3, sex="female", remark="deaf in the left ear"))
            work.looks.set("kim", "e-2", instant(2))
            work.episodes.remove("e-1")
            work.commit()
        with store.read() as work:
            assert work.patients.get("patient-3").birth_date == patient(3).birth_date
            assert work.judgements.asked()[0].judged.due_on == date(7)
        store.close()
