"""What only a file does: its settings, where it may lie, and how its faults are told."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path, PureWindowsPath

import pytest
import sqlalchemy as sa
from sqlcipher3 import dbapi2

from monitor.domain.protocol import Priority
from monitor.domain.submission import Answer
from monitor.services.ports import Unavailable
from monitor.storage import location
from monitor.storage.connection import PATIENCE_SECONDS, connect
from monitor.storage.faults import fault_of
from monitor.storage.store import SqliteStore
from tests.builders import (
    alert,
    answer,
    attempt,
    call,
    date,
    desk_code,
    draft,
    enrol,
    episode,
    instant,
    judged,
    patient,
    submission,
)

SETTINGS = {
    "journal_mode": "truncate",
    "synchronous": 3,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "cell_size_check": 1,
    "trusted_schema": 0,
    "mmap_size": 0,
    "busy_timeout": PATIENCE_SECONDS * 1000,
}


class TestOpening:
    def test_that_every_connection_has_the_safe_settings(self, database: Path) -> None:
        store = SqliteStore(database)
        with store._engine.connect() as first, store._engine.connect() as second:
            for connection in (first, second):
                found = {
                    name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in SETTINGS
                }
                assert found == SETTINGS
        store.close()

    def test_that_demo_data_may_be_built_without_waiting_for_the_disk(
        self, sqlite_store: SqliteStore
    ) -> None:
        with sqlite_store._engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 0

    def test_that_a_new_database_is_a_single_file(self, tmp_path: Path) -> None:
        path = tmp_path / "new folder" / "clinic #1?.db"
        SqliteStore.create(path).close()
        assert list(path.parent.iterdir()) == [path]

    def test_that_making_a_database_leaves_an_existing_file_alone(self, tmp_path: Path) -> None:
        path = tmp_path / "notes.db"
        path.write_text("mine")
        with pytest.raises(Unavailable, match="already a file"):
            SqliteStore.create(path)
        assert path.read_text() == "mine"

    def test_that_a_missing_database_is_refused_and_not_made(self, tmp_path: Path) -> None:
        with pytest.raises(Unavailable, match="There is no database"):
            SqliteStore(tmp_path / "none.db")
        assert list(tmp_path.iterdir()) == []

    def test_that_another_programs_database_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "other.db"
        with closing(connect(path, new=True)) as connection:
            connection.execute("CREATE TABLE song (title TEXT)")
        with pytest.raises(Unavailable, match="not a Rootwatch database"):
            SqliteStore(path)

    def test_that_the_store_loads_neither_migrations_nor_validation(self) -> None:
        ask = (
            "import sys, monitor.storage.store;"
            "print({'alembic', 'pydantic', 'PySide6', 'matplotlib'} & set(sys.modules))"
        )
        told = subprocess.check_output([sys.executable, "-c", ask], text=True)
        assert told.strip() == "set()"


class TestLocking:
    def test_that_a_unit_that_may_write_locks_at_once(
        self, sqlite_store: SqliteStore, database: Path
    ) -> None:
        with closing(connect(database)) as other, sqlite_store.begin():
            other.execute("PRAGMA busy_timeout = 0")
            with pytest.raises(dbapi2.OperationalError, match="locked"):
                other.execute("BEGIN IMMEDIATE")

    def test_that_a_unit_that_reads_lets_others_write(
        self, sqlite_store: SqliteStore, database: Path
    ) -> None:
        with closing(connect(database)) as other, sqlite_store.read() as work:
            work.patients.all()
            other.execute("PRAGMA busy_timeout = 0")
            other.execute("BEGIN IMMEDIATE")
            other.execute("ROLLBACK")

    def test_that_waiting_in_vain_is_told(self, sqlite_store: SqliteStore, database: Path) -> None:
        with sqlite_store._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 0")
        with closing(connect(database)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(Unavailable, match="locked"), sqlite_store.begin():
                pass
        with sqlite_store.begin() as work:
            work.patients.add(patient())
            work.commit()

    def test_that_a_connection_is_not_used_again_after_a_fault(
        self, sqlite_store: SqliteStore
    ) -> None:
        opened: list[object] = []
        sa.event.listen(sqlite_store._engine, "connect", lambda *told: opened.append(told))
        with sqlite_store.read(), sqlite_store.read():
            assert len(opened) == 2
        with pytest.raises(Unavailable), sqlite_store.read():
            raise Unavailable
        with sqlite_store.read(), sqlite_store.read():
            assert len(opened) == 3

    def test_that_an_instant_without_zone_is_refused(self, sqlite_store: SqliteStore) -> None:
        with sqlite_store.begin() as work:
            enrol(work)
            naive = submission(answered_at=instant(1).replace(tzinfo=None))
            with pytest.raises(sa.exc.StatementError, match="needs a time zone"):
                work.submissions.add(naive)


class TestFaults:
    def test_that_a_full_disk_is_told(self, database: Path) -> None:
        with closing(connect(database)) as connection:
            connection.execute("PRAGMA max_page_count = 1")
            with pytest.raises(dbapi2.Error) as full:
                connection.execute("CREATE TABLE big AS SELECT zeroblob(100000)")
        assert "is full" in told(fault_of(full.value, database))

    def test_that_a_file_that_may_only_be_read_is_told(self, database: Path) -> None:
        reading = dbapi2.connect(f"{database.as_uri()}?mode=ro", uri=True)
        with closing(reading), pytest.raises(dbapi2.Error) as refused:
            reading.execute("DELETE FROM patient")
        assert "cannot be written" in told(fault_of(refused.value, database))

    def test_that_a_file_that_is_no_database_is_told(self, tmp_path: Path) -> None:
        path = tmp_path / "letter.db"
        path.write_text("Dear colleague, " * 1000)
        with pytest.raises(Unavailable, match="damaged or is not a database"):
            SqliteStore(path)
        assert path.read_text().startswith("Dear colleague")

    def test_that_a_damaged_page_is_told(self, database: Path) -> None:
        with closing(connect(database)) as connection:
            page = connection.execute(
                "SELECT rootpage FROM sqlite_schema WHERE name = 'heartbeat'"
            ).fetchone()[0]
        whole = bytearray(database.read_bytes())
        whole[4096 * (page - 1) : 4096 * page] = b"\xff" * 4096
        database.write_bytes(whole)
        store = SqliteStore(database)
        with pytest.raises(Unavailable, match="is damaged"), store.read() as work:
            work.heartbeats.all()
        store.close()

    def test_that_a_moved_file_is_noticed_before_anything_is_read(
        self, sqlite_store: SqliteStore, database: Path
    ) -> None:
        database.rename(database.with_name("elsewhere.db"))
        with pytest.raises(Unavailable, match="There is no database"), sqlite_store.read():
            pass

    @pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be moved there")
    def test_that_a_file_moved_within_a_unit_is_noticed_before_anything_is_confirmed(
        self, sqlite_store: SqliteStore, database: Path
    ) -> None:
        with sqlite_store.begin() as work:
            database.rename(database.with_name("elsewhere.db"))
            with pytest.raises(Unavailable, match="no longer there"):
                work.patients.add(patient())

    @pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be replaced there")
    def test_that_what_another_program_stores_makes_another_revision(
        self, sqlite_store: SqliteStore, database: Path
    ) -> None:
        before = sqlite_store.revision()
        other = SqliteStore(database, durable=False)
        assert sqlite_store.revision() == before
        with other.begin() as work:
            work.patients.add(patient())
            work.commit()
        other.close()
        assert sqlite_store.revision() != before

    def test_that_a_connection_that_is_new_is_not_taken_for_the_one_before(
        self, sqlite_store: SqliteStore
    ) -> None:
        before = sqlite_store.revision()
        sqlite_store._watcher.dispose()
        assert sqlite_store.revision() != before

    def test_that_a_replaced_file_is_noticed(
        self, sqlite_store: SqliteStore, database: Path
    ) -> None:
        other = database.with_name("other.db")
        SqliteStore.create(other).close()
        other.replace(database)
        with pytest.raises(Unavailable, match="was replaced"), sqlite_store.begin():
            pass

    def test_that_the_programs_own_errors_are_not_taken_for_faults(
        self, sqlite_store: SqliteStore
    ) -> None:
        with sqlite_store.read() as work, pytest.raises(sa.exc.OperationalError, match="no such"):
            work._connection.exec_driver_sql("SELECT * FROM nowhere")

    def test_that_errors_do_not_tell_what_patients_answered(
        self, sqlite_store: SqliteStore
    ) -> None:
        with sqlite_store.begin() as work:
            enrol(work)
            twice = Answer("unsaid", 87654)
            with pytest.raises(sa.exc.IntegrityError) as refused:
                work.submissions.add(submission(twice, twice))
        assert "87654" not in str(refused.value)


def told(fault: Unavailable | None) -> str:
    assert fault is not None
    return str(fault.args[0])


class TestLocation:
    MOUNTS = (
        "/dev/sda1 / ext4 rw 0 0",
        "server:/home /home nfs4 rw 0 0",
        "/dev/sdb1 /home/local ext4 rw 0 0",
        r"//server/share /mnt/clinic\040data cifs rw 0 0",
        "nurse@host:/ /media/host fuse.sshfs rw 0 0",
        "/dev/sdc1 /mnt/cover xfs rw 0 0",
        "C: /mnt/c 9p rw 0 0",
    )

    @pytest.mark.parametrize(
        ("path", "remote"),
        [
            ("/var/lib/rootwatch.db", False),
            ("/home/nurse/rootwatch.db", True),
            ("/home/local/rootwatch.db", False),
            ("/homes/rootwatch.db", False),
            ("/mnt/clinic data/rootwatch.db", True),
            ("/media/host/rootwatch.db", True),
            ("/mnt/cover/rootwatch.db", False),
            ("/mnt/c/rootwatch.db", True),
        ],
    )
    def test_that_a_path_on_a_network_share_is_known(self, path: str, remote: bool) -> None:
        assert location.is_on_network_mount(Path(path), self.MOUNTS) is remote

    def test_that_of_two_mounts_on_one_point_the_later_counts(self) -> None:
        path = Path("/data/rootwatch.db")
        local, share = "/dev/sdb1 /data ext4 rw 0 0", "server:/ /data nfs rw 0 0"
        assert location.is_on_network_mount(path, [local, share]) is True
        assert location.is_on_network_mount(path, [share, local]) is False

    @pytest.mark.parametrize(
        ("path", "remote"),
        [
            (r"C:\Rootwatch\rootwatch.db", False),
            (r"Z:\Rootwatch\rootwatch.db", True),
            (r"\\server\share\rootwatch.db", True),
            (r"\\?\UNC\server\share\rootwatch.db", True),
            (r"\\?\C:\Rootwatch\rootwatch.db", False),
        ],
    )
    def test_that_a_windows_share_or_mapped_drive_is_known(self, path: str, remote: bool) -> None:
        def kind(anchor: str) -> int:
            return location.REMOTE_DRIVE if anchor.startswith("Z:") else 3

        assert location.is_on_remote_drive(PureWindowsPath(path), kind) is remote

    @pytest.mark.skipif(sys.platform == "win32", reason="reads the table of mounts of Linux")
    def test_that_a_database_on_a_network_share_is_refused_with_what_to_do(
        self, tmp_path: Path, database: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        table = tmp_path / "mounts"
        table.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/ {tmp_path.resolve()} nfs rw 0 0\n")
        monkeypatch.setattr(location, "MOUNTS", table)
        with pytest.raises(Unavailable, match="Choose a folder on a disk of this machine"):
            SqliteStore(database)
        with pytest.raises(Unavailable, match="network drive"):
            SqliteStore.create(tmp_path / "new.db")
        assert not (tmp_path / "new.db").exists()


class TestGuards:
    @pytest.fixture
    def connection(self, sqlite_store: SqliteStore) -> sa.Connection:
        with sqlite_store.begin() as work:
            enrol(work)
            work.submissions.add(submission())
            work.alerts.add(alert())
            work.judgements.set(judged(due_on=date(3)))
            work.drafts.set(draft())
            work.desk_codes.add(desk_code())
            work.attempts.add(attempt())
            work.calls.add(call())
            work.commit()
        return sqlite_store._engine.connect()

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE audit SET actor = 'nobody'",
            "DELETE FROM audit",
            "INSERT OR REPLACE INTO audit SELECT * FROM audit",
            "REPLACE INTO audit SELECT sequence, at, 'x', 'y', action, subject, reason FROM audit",
            "UPDATE alert_event SET note = 'changed'",
            "DELETE FROM alert_event",
            "INSERT OR REPLACE INTO alert_event SELECT * FROM alert_event",
        ],
    )
    def test_that_what_was_done_can_only_be_added_to(
        self, connection: sa.Connection, statement: str
    ) -> None:
        connection.exec_driver_sql(
            "INSERT INTO audit (at, actor, station, action, subject, reason)"
            " VALUES ('2026', 'a', 'b', 'c', 'd', '')"
        )
        connection.exec_driver_sql(
            'INSERT INTO alert_event (alert_id, at, "by", happening, state, day, stage, priority,'
            " note, cause, outcome, useful)"
            " VALUES ('alert-1', '2026', 'a', 'raise', 'raised', 1, 'A1', 'red', '', '', '', '')"
        )
        with pytest.raises(sa.exc.IntegrityError, match="is only added to"):
            connection.exec_driver_sql(statement)
        connection.close()

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE answer SET score = 101",
            "UPDATE answer SET score = -1",
            "UPDATE answer SET score = 5.5",
            "UPDATE answer SET score = 'five'",
            "UPDATE answer SET choice = 'yes'",
            "UPDATE answer SET side = 'both'",
            "UPDATE answer SET compared = 'fine'",
            "UPDATE answer SET submission_id = 'none'",
            "UPDATE submission SET entered_by = 'robot'",
            "UPDATE evaluation SET state = 'lost'",
            "UPDATE alert SET state = 'ignored'",
            "UPDATE alert SET side = 'top'",
            "UPDATE alert SET useful = 'rather'",
            "UPDATE alert SET priority_rank = 0",
            "UPDATE alert SET finding = replace(finding, 'amber', 'red')",
            "UPDATE judgement SET extra = 2",
            "UPDATE judgement SET extra = 1, due_on = NULL",
            "UPDATE judgement SET episode_id = 'none'",
            "INSERT INTO heartbeat VALUES ('fridge', 'desk', '2026')",
            "INSERT INTO canary (at, seconds, fault) VALUES ('2026', 'long', '')",
            "INSERT INTO canary (at, seconds, fault) VALUES ('2026', NULL, '')",
            "UPDATE draft SET episode_id = 'none'",
            "UPDATE desk_code SET episode_id = 'none'",
            "INSERT INTO desk_code SELECT date, digest, 'episode-2', '2026', NULL FROM desk_code",
            "UPDATE attempt SET kind = 'hunch'",
            "UPDATE attempt SET passed = 2",
            "UPDATE call SET kind = 'taxi'",
            "INSERT INTO secret VALUES ('pin', NULL)",
            "UPDATE episode SET state = 'paused'",
            "UPDATE episode SET patient_id = 'nobody'",
            "DELETE FROM episode WHERE id = 'episode-1'",
            "DELETE FROM patient WHERE id = 'patient-1'",
        ],
    )
    def test_that_the_database_itself_refuses_what_cannot_be(
        self, connection: sa.Connection, statement: str
    ) -> None:
        with pytest.raises(sa.exc.IntegrityError):
            connection.exec_driver_sql(statement)
        connection.close()


SHORT = (
    "alert USING INDEX alert_open",
    "INDEX evaluation_pending",
    "INDEX judgement_asked",
    "INDEX judgement_silent",
    "INDEX call_waiting",
    "INDEX contact_promise",
    "INDEX contact_escalation",
    "SCAN CONSTANT ROW",
    "SCAN heartbeat",
    "SCAN draft",
)
"""What may be read from end to end: the rows that wait, and one for each program or visit."""


def test_that_no_question_of_every_day_reads_a_whole_table(sqlite_store: SqliteStore) -> None:
    asked: list[tuple[str, tuple[object, ...]]] = []
    with sqlite_store.begin() as work:
        enrol(work)
        work.submissions.add(submission(answer()))
        sa.event.listen(
            sqlite_store._engine,
            "before_cursor_execute",
            lambda *told: asked.append((told[2], told[3])),
        )
        work.patients.by_number("1001")
        work.episodes.of_patient(patient().id)
        work.submissions.get("submission-1")
        work.submissions.of_episode(episode().id)
        work.submissions.evaluations("waiting", "failed")
        work.alerts.of_episode(episode().id)
        work.alerts.events("alert-1")
        work.alerts.waiting(instant(1), date(1))
        work.contacts.of_episode(episode().id)
        work.audit.of_subject(episode().id)
        work.sweeps.last()
        work.judgements.get(episode().id)
        work.judgements.asked()
        work.heartbeats.all()
        work.canaries.last()
        work.drafts.set(draft())
        work.drafts.of_episode(episode().id)
        work.drafts.saved_before(instant(1))
        work.drafts.remove("draft-1")
        work.desk_codes.add(desk_code())
        work.desk_codes.use(desk_code().digest, date(1), instant(1))
        work.attempts.since(instant(1), "code", station="kiosk")
        work.attempts.remove_before(instant(1))
        work.calls.waiting()
        work.patients.alike("1001", "A", "B", date(1), "0171")
        work.patients.save(patient())
        work.lists.silent()
        work.lists.count_silent()
        work.lists.new_and_well(instant(1), date(1))
        work.lists.count_new_and_well(instant(1), date(1))
        work.lists.reported_on(date(1))
        work.lists.of([episode().id])
        work.lists.namesakes([patient()])
        work.lists.scores([episode().id], "pain")
        work.alerts.unseen(Priority.RED)
        work.looks.of_user("kim")
        work.looks.set("kim", episode().id, instant(1))
        work.contacts.promised()
        work.contacts.recipients()
        work.audit.find(instant(0), instant(1), actor="kim")
        work.audit.find(instant(0), instant(1), subjects=["a", "b"])
        assert len(asked) >= 40
        for statement, values in asked.copy():
            plan = work._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            whole = [step for *_, step in plan if step.startswith("SCAN")]
            assert all(step.endswith(SHORT) for step in whole), (statement, whole)


def test_that_counts_of_all_there_ever_was_read_an_index_and_no_row(
    sqlite_store: SqliteStore,
) -> None:
    asked: list[tuple[str, tuple[object, ...]]] = []
    with sqlite_store.read() as work:
        sa.event.listen(
            sqlite_store._engine,
            "before_cursor_execute",
            lambda *told: asked.append((told[2], told[3])),
        )
        work.submissions.count()
        work.alerts.count()
        work.alerts.states()
        work.alerts.tallies()
        assert len(asked) == 4
        for statement, values in asked.copy():
            plan = work._connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
            steps = [step for *_, step in plan if step.startswith(("SCAN", "SEARCH"))]
            assert steps
            assert all("COVERING INDEX" in step for step in steps), (statement, steps)


def test_that_damage_inside_the_file_is_found(tmp_path: Path) -> None:
    path = tmp_path / "clinic.db"
    store = SqliteStore.create(path)
    with store.begin() as work:
        enrol(work, patients=200)
        work.commit()
    assert store.damage() == ()
    store.close()
    content = bytearray(path.read_bytes())
    number = patient(1).number.encode()
    leaves_of_indexes = (n for n in range(4096, len(content), 4096) if content[n] == 0x0A)
    places = (content.find(number, n, n + 4096) for n in leaves_of_indexes)
    content[next(place for place in places if place >= 0)] ^= 0x01
    path.write_bytes(content)
    damaged = SqliteStore(path)
    assert any("index" in line for line in damaged.damage())
    damaged.close()
