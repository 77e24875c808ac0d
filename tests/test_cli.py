"""The command line as an administrator meets it: its help, its refusals, and a whole round."""

from __future__ import annotations

import csv
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from monitor import app
from monitor.cli import DEMO_NOTICE, FOUND_FAULTS, WRONG_USE, main, rootwatch
from monitor.content.site import read_site
from monitor.services import access, demo, staff, users
from monitor.services.clinic import Clinic

ROOT = Path(__file__).parents[1]
THIRD_PARTY = ROOT / "tests" / "data" / "third_party"
SCORES = THIRD_PARTY / "smart4health_fhir_series.csv"
MAPPING = THIRD_PARTY / "smart4health_fhir_series.toml"


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in this process; whatever is no clean end is the test's failure."""

    def ran(*arguments: object) -> Said:
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = end.code
        else:
            code = 0
        assert isinstance(code, int)
        printed = capsys.readouterr()
        return Said(code, printed.out, printed.err)

    return ran


@pytest.fixture
def site(run: Run, tmp_path: Path) -> Path:
    """The folder of a clinic without patients."""
    folder = tmp_path / "clinic"
    said = run("init", "--folder", folder, "--clinic", "Neck Clinic", "--zone", "Europe/Berlin")
    assert said.code == 0, said.err
    return folder


def as_a_shell_sees_it(*arguments: object) -> Said:
    """A command as a process of its own: a window must not outlive its test."""
    ended = subprocess.run(
        [sys.executable, "main.py", *(str(argument) for argument in arguments)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    return Said(ended.returncode, ended.stdout, ended.stderr)


def assert_one_sentence(said: Said, *words: str) -> None:
    assert said.code == WRONG_USE
    assert said.out == ""
    assert said.err.count("\n") == 1, said.err
    assert said.err.endswith(".\n")
    for word in words:
        assert word in said.err


@pytest.mark.parametrize("command", [(), *((name,) for name in rootwatch.commands)], ids=" ".join)
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_that_every_command_explains_itself(run: Run, command: tuple[str, ...], flag: str) -> None:
    said = run(*command, flag)
    assert said.code == 0
    assert said.err == ""
    assert "Usage: rootwatch" in said.out
    first = said.out.split("\n\n")[1].strip()
    assert first.endswith(".")


def test_that_no_command_at_all_lists_the_commands(run: Run) -> None:
    said = run()
    assert said.code == 0
    for name in rootwatch.commands:
        assert f"  {name} " in said.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(("swep",), "swep", id="an unknown command"),
        pytest.param(("sweep", "--foldr", "x"), "--foldr", id="an unknown option"),
        pytest.param(("sweep", "--folder"), "--folder", id="an option without its value"),
        pytest.param(("sweep", "now"), "now", id="an argument too many"),
        pytest.param(("import", "--mapping", "m.toml"), "SCORES", id="an argument too few"),
        pytest.param(("init", "--zone", "UTC"), "--clinic", id="a required option left out"),
    ],
)
def test_that_a_slip_of_the_pen_is_one_sentence(
    run: Run, arguments: tuple[str, ...], words: str
) -> None:
    assert_one_sentence(run(*arguments), words)


def test_that_a_check_names_the_translations_that_are_drafts(run: Run) -> None:
    said = run("check").out
    assert "Draft translations, not clinically validated: ar, de, es, fr." in said


@pytest.mark.parametrize("command", ["station", "kiosk", "sweep", "watch", "check", "import"])
def test_that_a_folder_without_a_clinic_is_refused_with_what_to_do(
    run: Run, tmp_path: Path, command: str
) -> None:
    more = (SCORES, "--mapping", MAPPING) if command == "import" else ()
    said = run(command, "--folder", tmp_path / "nowhere", *more)
    assert said.err.splitlines()[-1].endswith("make a site in this folder with `rootwatch init`.")
    assert said.code == WRONG_USE
    assert not (tmp_path / "nowhere").exists()


def test_that_a_zone_nobody_knows_is_refused_and_nothing_made(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    said = run("init", "--folder", folder, "--clinic", "A", "--zone", "Mars/Olympus_Mons")
    assert_one_sentence(said, "Mars/Olympus_Mons", "Europe/Berlin")
    assert not (folder / "monitor.toml").exists()
    assert not (folder / "rootwatch.db").exists()


@pytest.mark.parametrize("command", ["init", "demo"])
def test_that_a_clinic_that_is_there_is_not_made_again(run: Run, site: Path, command: str) -> None:
    before = {file.name: file.read_bytes() for file in site.iterdir()}
    more = ("--clinic", "Another", "--zone", "UTC") if command == "init" else ()
    said = run(command, "--folder", site, *more)
    assert said.code == WRONG_USE
    assert said.err.splitlines()[-1] == f"{site} holds a clinic already; choose another folder."
    assert {file.name: file.read_bytes() for file in site.iterdir()} == before


@pytest.mark.parametrize("lost", ["scores", "mapping"])
def test_that_an_import_names_the_file_that_is_not_there(
    run: Run, site: Path, tmp_path: Path, lost: str
) -> None:
    files = {"scores": SCORES, "mapping": MAPPING} | {lost: tmp_path / "lost.file"}
    said = run("import", "--folder", site, files["scores"], "--mapping", files["mapping"])
    assert_one_sentence(said, "lost.file")


def test_that_a_replay_names_the_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    lost, out = tmp_path / "lost.csv", tmp_path / "out.csv"
    said = run("replay", "--procedures", lost, "--reports", lost, "--out", out)
    assert_one_sentence(said, lost.name)
    assert not out.exists()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"[columns", id="not TOML"),
        pytest.param(b"\xff\xfe\x00", id="not text"),
        pytest.param(b"", id="empty"),
    ],
)
def test_that_a_mapping_that_cannot_be_read_imports_nothing(
    run: Run, site: Path, tmp_path: Path, content: bytes
) -> None:
    mapping = tmp_path / "mapping.toml"
    mapping.write_bytes(content)
    said = run("import", "--folder", site, SCORES, "--mapping", mapping)
    assert said.code == WRONG_USE
    assert said.out == ""
    assert all(line.startswith("mapping.toml: ") for line in said.err.splitlines())
    assert "0 reports received" in run("check", "--folder", site).out


@pytest.mark.parametrize("command", ["sweep", "watch", "check", "station", "kiosk"])
def test_that_a_damaged_database_is_refused_and_left_as_it_is(site: Path, command: str) -> None:
    database = site / "rootwatch.db"
    damaged = b"no database at all" * 500
    database.write_bytes(damaged)
    said = as_a_shell_sees_it(command, "--folder", site)
    if command == "check":  # which speaks of the protocols first
        said = replace(said, out="")
    assert_one_sentence(said, str(database))
    assert database.read_bytes() == damaged


def test_that_a_database_that_is_gone_is_refused(run: Run, site: Path) -> None:
    (site / "rootwatch.db").unlink()
    assert_one_sentence(run("sweep", "--folder", site), str(site / "rootwatch.db"))


def test_that_a_setting_nobody_knows_is_named(run: Run, site: Path) -> None:
    with (site / "monitor.toml").open("a", encoding="utf-8") as settings:
        settings.write("sweep_minuts = 3\n")
    assert_one_sentence(run("sweep", "--folder", site), "sweep_minuts", "sweep_minutes")


def test_that_an_unknown_protocol_is_named(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "empty.csv"
    file.write_text("")
    said = run(
        "replay", "--procedures", file, "--reports", file, "--out", tmp_path / "out.csv",
        "--protocol", "lumbar",
    )  # fmt: skip
    assert_one_sentence(said, "lumbar")


def test_that_nothing_is_written_over_what_is_read(run: Run, tmp_path: Path) -> None:
    procedures, reports = cohort(tmp_path)
    before = reports.read_text()
    said = run("replay", "--procedures", procedures, "--reports", reports, "--out", reports)
    assert_one_sentence(said, str(reports))
    assert reports.read_text() == before


def test_that_a_clinic_is_set_up_filled_and_found_in_order(run: Run, site: Path) -> None:
    assert "0 episodes judged" in run("sweep", "--folder", site).out
    first = run("import", "--folder", site, SCORES, "--mapping", MAPPING)
    assert first.code == 0
    assert "8 reports of 1 patients imported" in first.out
    again = run("import", "--folder", site, SCORES, "--mapping", MAPPING)
    assert "0 reports of 1 patients imported (0 patients new, 8 reports there before)" in again.out
    swept = run("sweep", "--folder", site)
    assert swept.code == 0
    assert "1 episodes judged" in swept.out
    checked = run("check", "--folder", site)
    assert checked.code == 0, checked.out
    assert "10 reports received = 10 judged + 0 waiting + 0 failed." in checked.out
    assert "2 of them are the program's own daily test reports." in checked.out
    # the canary's alert, closed again, and one that time alone has raised
    assert "2 alerts raised = 1 raised + 1 resolved." in checked.out
    assert "12.5 alerts raised for 100 reports of patients, none rated." in checked.out
    assert "missed_report: 1 raised, 12.5 for 100 reports, 1 open." in checked.out


def test_that_a_check_says_what_is_not_accounted_for(run: Run, site: Path) -> None:
    run("import", "--folder", site, SCORES, "--mapping", MAPPING)
    run("sweep", "--folder", site)
    with sqlite3.connect(site / "rootwatch.db") as database:
        (first,) = database.execute("SELECT min(submission_id) FROM evaluation").fetchone()
        database.execute("DELETE FROM evaluation WHERE submission_id = ?", (first,))
    checked = run("check", "--folder", site)
    assert checked.code == FOUND_FAULTS
    assert "Not accounted for: 1 reports or alerts." in checked.out


def test_that_a_sweep_says_whose_alerts_it_put_right(run: Run, site: Path) -> None:
    run("import", "--folder", site, SCORES, "--mapping", MAPPING)
    run("sweep", "--folder", site)
    with sqlite3.connect(site / "rootwatch.db") as database:
        database.execute("UPDATE alert SET state = 'resolved' WHERE rule = 'missed_report'")
    swept = run("sweep", "--folder", site)
    assert swept.code == FOUND_FAULTS
    assert ", 1 had alerts put right: " in swept.out
    assert run("check", "--folder", site).code == FOUND_FAULTS
    assert run("sweep", "--folder", site).code == 0
    assert run("check", "--folder", site).code == 0


def test_that_a_sweep_says_when_the_test_report_does_not_come_through(run: Run, site: Path) -> None:
    assert run("sweep", "--folder", site).code == 0
    with sqlite3.connect(site / "rootwatch.db") as database:
        database.execute("UPDATE canary SET fault = 'no alert on the worklist'")
        database.execute("UPDATE episode SET state = 'closed' WHERE id = 'canary'")
    swept = run("sweep", "--folder", site)
    assert swept.code == FOUND_FAULTS
    assert "The test report did not come through: Refusal in identify" in swept.out
    assert swept.out.endswith("(last did: never).\n")
    checked = run("check", "--folder", site)
    assert checked.code == FOUND_FAULTS
    assert "The test report did not come through: " in checked.out


def test_that_a_sweep_that_sent_no_test_report_is_found_out(run: Run, site: Path) -> None:
    run("sweep", "--folder", site)
    with sqlite3.connect(site / "rootwatch.db") as database:
        database.execute("DELETE FROM canary")
    checked = run("check", "--folder", site)
    assert checked.code == FOUND_FAULTS
    assert "The test report is overdue; the last came through: never." in checked.out


def test_that_a_dry_run_stores_nothing(run: Run, site: Path) -> None:
    said = run("import", "--folder", site, SCORES, "--mapping", MAPPING, "--dry-run")
    assert "1 patients with 8 reports would be imported." in said.out
    assert "0 reports received" in run("check", "--folder", site).out


def test_that_rows_left_out_are_listed_and_written_to_a_file(
    run: Run, site: Path, tmp_path: Path
) -> None:
    scores, errors = tmp_path / "scores.csv", tmp_path / "errors.csv"
    lines = SCORES.read_text().splitlines()
    broken = lines[1].replace(",5,", ",much,", 1)
    scores.write_text("\n".join([lines[0], broken, *lines[2:]]) + "\n")
    said = run("import", "--folder", site, scores, "--mapping", MAPPING, "--errors", errors)
    assert said.code == 0
    assert "line 2: " in said.err
    (row,) = csv.DictReader(errors.read_text().splitlines())
    assert row["line"] == "2"


def test_that_a_clinic_whose_monitoring_never_ran_is_at_fault(run: Run, site: Path) -> None:
    said = run("check", "--folder", site)
    assert said.code == FOUND_FAULTS
    assert "Monitoring is overdue: last sweep never." in said.out


def test_that_a_replay_writes_one_row_for_each_alert(run: Run, tmp_path: Path) -> None:
    procedures, reports = cohort(tmp_path)
    out = tmp_path / "alerts.csv"
    said = run("replay", "--procedures", procedures, "--reports", reports, "--out", out)
    assert said.code == 0
    rows = list(csv.DictReader(out.read_text().splitlines()))
    (found,) = [row for row in rows if row["kind"] == "numbness_persistent"]
    assert (found["patient"], found["site"], found["day_raised"]) == ("P1", "outer_arm", "42")
    assert f"{len(rows)} alerts written to {out}" in said.out


def test_that_a_replay_says_how_much_work_its_alerts_would_be(run: Run, tmp_path: Path) -> None:
    procedures, reports = cohort(tmp_path)
    out = tmp_path / "alerts.csv"
    arguments = ("replay", "--procedures", procedures, "--reports", reports, "--out", out)
    plain, told = run(*arguments), run(*arguments, "--summary")
    assert told.code == 0
    assert told.out.startswith(plain.out)
    first, alerting, by_time, heading, *lines = told.out.removeprefix(plain.out).splitlines()
    assert first == "7 reports after the procedure."
    rows = list(csv.DictReader(out.read_text().splitlines()))
    days = {row["day_raised"] for row in rows} & {"1", "7", "14", "28", "42", "50", "60"}
    assert alerting.startswith(f"{len(days)} of them raised at least one new alert: ")
    assert by_time.endswith(" for 100 reports.")
    assert heading.split() == ["rule", "stage", "alerts", "for", "100", "reports", "share"]
    assert sum(int(line.split()[2]) for line in lines) == len(rows)


def test_that_a_replay_without_reports_has_no_shares(run: Run, tmp_path: Path) -> None:
    procedures, reports = cohort(tmp_path)
    reports.write_text("patient,day,item,site,score\nP1,0,numbness,outer_arm,0\n")
    said = run(
        "replay", "--procedures", procedures, "--reports", reports,
        "--out", tmp_path / "out.csv", "--summary",
    )  # fmt: skip
    assert said.out.splitlines()[1:] == [
        "0 reports after the procedure.",
        "0 of them raised at least one new alert: - of 100 reports.",
        "0 alerts were raised by time alone: - for 100 reports.",
    ]


def cohort(folder: Path) -> tuple[Path, Path]:
    """One patient whose arm stays numb: the two files of a replay."""
    procedures, reports = folder / "procedures.csv", folder / "reports.csv"
    procedures.write_text("patient,side,level,numbness_window\nP1,left,C5,42\n")
    scores = "".join(f"P1,{day},numbness,outer_arm,6\n" for day in (1, 7, 14, 28, 42, 50, 60))
    reports.write_text(f"patient,day,item,site,score\nP1,0,numbness,outer_arm,0\n{scores}")
    return procedures, reports


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Has somebody type lines where a command asks for something that it does not show."""

    def typed(*lines: str) -> None:
        to_come = iter(lines)
        monkeypatch.setattr("click.termui.hidden_prompt_func", lambda _: next(to_come))

    return typed


@contextmanager
def clinic_at(folder: Path) -> Iterator[Clinic]:
    with app.clinic_of(read_site(folder), "a test", "kiosk") as clinic:
        yield clinic


def test_that_a_staff_pin_is_set_and_never_shown(
    run: Run, site: Path, types: Callable[..., None]
) -> None:
    types("80215046", "80215046")
    said = run("pin", "--folder", site, "--nurse", "Ann")
    assert (said.code, said.out) == (0, "The staff PIN is set.\n")
    with clinic_at(site) as clinic:
        staff.enter_pin(clinic, "80215046")
        with clinic.store.read() as work:
            first = work.audit.of_subject("staff_pin")[0]
    assert (first.action, first.actor) == ("pin_set", "Ann")


def test_that_a_weak_pin_is_one_sentence(run: Run, site: Path, types: Callable[..., None]) -> None:
    types("123456", "123456")
    assert_one_sentence(run("pin", "--folder", site), "six digits or more")
    with clinic_at(site) as clinic:
        assert not staff.has_pin(clinic)


def test_that_a_pin_that_was_mistyped_is_asked_for_again(
    run: Run, site: Path, types: Callable[..., None]
) -> None:
    types("80215046", "80215047", "80215046", "80215046")
    assert run("pin", "--folder", site).code == 0
    with clinic_at(site) as clinic:
        staff.enter_pin(clinic, "80215046")


def test_that_nobody_types_a_pin_for_a_clinic_that_is_not_there(run: Run, tmp_path: Path) -> None:
    assert_one_sentence(run("pin", "--folder", tmp_path / "nowhere"))


def test_that_a_code_for_a_patient_is_printed_and_signs_them_in(run: Run, site: Path) -> None:
    run("import", "--folder", site, SCORES, "--mapping", MAPPING)
    with clinic_at(site) as clinic, clinic.store.read() as work:
        (number,) = (patient.number for patient in work.patients.all())
    said = run("code", "--folder", site, "--nurse", "Ann", number)
    assert said.code == 0
    assert re.fullmatch(r"\d{6}\n", said.out)
    with clinic_at(site) as clinic:
        welcome = access.identify_by_code(clinic, said.out.strip())
        with clinic.store.read() as work:
            assert work.patients.by_number(number) is not None
            lines = work.audit.of_subject(welcome.episode_id)
    assert [(line.action, line.actor) for line in lines if line.action == "code_issued"] == [
        ("code_issued", "Ann")
    ]


def test_that_there_is_no_code_for_nobody(run: Run, site: Path) -> None:
    assert_one_sentence(run("code", "--folder", site, "4711"), "4711")


class TestUsers:
    def test_that_a_user_is_made_listed_and_lets_themselves_in(
        self, run: Run, site: Path, types: Callable[..., None]
    ) -> None:
        types("four words of mine", "four words of mine")
        made = run("user", "add", "--folder", site, "Ann", "--role", "lead")
        assert (made.code, made.out) == (0, "Ann can sign in (lead).\n")
        said = run("user", "list", "--folder", site)
        assert said.out == "Ann: lead, has to choose a password\n"
        with clinic_at(site) as clinic:
            (ann,) = users.tiles(clinic)
            assert users.sign_in(clinic, ann.id, "four words of mine").must_change

    def test_that_a_clinic_without_users_says_so(self, run: Run, site: Path) -> None:
        assert run("user", "list", "--folder", site).out.startswith("Nobody yet.")

    def test_that_a_weak_password_is_one_sentence(
        self, run: Run, site: Path, types: Callable[..., None]
    ) -> None:
        types("short", "short")
        assert_one_sentence(run("user", "add", "--folder", site, "Ann"), "12 signs or more")

    def test_that_whoever_holds_the_machine_sets_a_password_and_ends_an_account(
        self, run: Run, site: Path, types: Callable[..., None]
    ) -> None:
        with clinic_at(site) as clinic:
            root = users.first(clinic, "Root", "four words of mine").user
            ann = users.add(clinic, "Ann", "nurse", "four words of mine").user
        types("four words of hers", "four words of hers")
        assert run("user", "password", "--folder", site, "ann").out == "Ann has a new password.\n"
        with clinic_at(site) as clinic:
            assert users.sign_in(clinic, ann.id, "four words of hers").must_change
        assert run("user", "deactivate", "--folder", site, "Ann").code == 0
        with clinic_at(site) as clinic:
            assert [tile.id for tile in users.tiles(clinic)] == [root.id]
        assert_one_sentence(run("user", "deactivate", "--folder", site, "Root"), "Nobody else")
        assert_one_sentence(run("user", "deactivate", "--folder", site, "Zoe"), "user list")

    def test_that_the_station_takes_no_name_any_more_and_says_where_one_signs_in(
        self, run: Run, site: Path
    ) -> None:
        said = run("station", "--folder", site, "--nurse", "Ann")
        assert_one_sentence(said, "everybody signs in at the station itself")

    def test_that_the_demo_names_what_lets_everybody_in(self) -> None:
        assert f"password is “{demo.PASSWORD}”" in DEMO_NOTICE
        assert f"PIN {demo.USER_PIN}." in DEMO_NOTICE


def test_that_the_demo_names_the_pin_that_opens_it() -> None:
    assert f"staff PIN is {demo.STAFF_PIN}." in DEMO_NOTICE
