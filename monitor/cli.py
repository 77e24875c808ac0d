"""The command line: one command for each thing an administrator does."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from monitor import preflight
from monitor.content.faults import ProtocolFaults
from monitor.content.site import Site, SiteUnfit, default_folder, read_site
from monitor.services.refusals import Refusal, Unavailable

if TYPE_CHECKING:
    from monitor.domain.protocol import Protocol
    from monitor.services.health import Ledger, Status
    from monitor.services.permissions import Role
    from monitor.services.ports import Sweep
    from monitor.services.replay import Burden, Raised
    from monitor.services.users import Standing

WRONG_USE = preflight.WRONG_USE
FOUND_FAULTS = 1
LISTED = 20
"""How many lines of a file that were left out are listed on the screen."""

DEMO_NOTICE = (
    "Demo clinic: everybody here is invented. "
    "At the kiosk sign in with number 100200, born 1 January 1970; the staff PIN is 246801. "
    "Everybody's password is “neck nerve root demo”, their own PIN 4827."
)

REFUSALS = {
    "site_there": "{folder} holds a clinic already; choose another folder.",
    "unknown_protocol": "There is no protocol {protocol}.",
    "protocol_changed": "The protocol {protocol} changed while the file was read; start again.",
    "no_pin": "Set a staff PIN first, or nobody could ever close the kiosk: rootwatch pin.",
    "weak_pin": "Choose six digits or more that do not simply count: not 000000, not 123456.",
    "no_name": "Write a name, {longest} signs at most.",
    "name_taken": "Somebody is called {name} already.",
    "weak_password": "Choose {length} signs or more, not among the commonest, and not the name.",
    "last_admin": "Nobody else is an administrator: make another one first.",
    "not_followed": "Nobody with the number {number} is followed here.",
}
"""Sentences for refusals that reach the command line."""


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="rootwatch", message="Rootwatch %(version)s")
def rootwatch() -> None:
    """Follow patients after nerve-root procedures of the neck.

    Patients enter scores at a kiosk; nurses see at a station who needs attention. Start with
    `demo`, which needs nothing; set a clinic up with `init`.
    """


def _folder(command: Any) -> Any:
    return click.option(
        "--folder",
        type=click.Path(file_okay=False, path_type=Path),
        default=default_folder,
        show_default="your own data folder",
        help="The folder with the clinic's monitor.toml.",
    )(command)


def _nurse(command: Any) -> Any:
    return click.option(
        "--nurse", default="", help="Who is acting; otherwise the name you are logged in as."
    )(command)


@rootwatch.command()
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep the demo clinic in this new folder; otherwise it is gone when you close it.",
)
def demo(folder: Path | None) -> None:
    """Open the station on a demo clinic of invented patients.

    The clinic is made anew each time. The button "Open kiosk" opens the patients' side in a
    second window on the same data.
    """
    preflight.require_window()
    from monitor import app

    with app.demo_folder(folder) as place:
        click.echo("Making the demo clinic, a few seconds ...", err=True)
        site = app.make_demo(place)
        sys.exit(app.run_station(site, demo=True, demo_notice=DEMO_NOTICE))


@rootwatch.command()
@_folder
@click.option("--nurse", hidden=True)
def station(folder: Path, nurse: str | None) -> None:
    """Open the nurse station: worklist, charts, alerts.

    Everybody signs in at the station itself; the first time it asks for the first user.
    """
    if nurse is not None:
        said = "Leave --nurse away: everybody signs in at the station itself."
        raise click.ClickException(said)
    preflight.require_window()
    from monitor import app

    sys.exit(app.run_station(read_site(folder)))


@rootwatch.group()
def user() -> None:
    """List and change who can sign in at the stations, for whoever holds this machine."""


@user.command(name="add")
@_folder
@click.argument("name")
@click.option(
    "--role", type=click.Choice(["nurse", "lead", "admin", "auditor"]), default="nurse",
    show_default=True, help="What they may do.",
)  # fmt: skip
def user_add(folder: Path, name: str, role: Role) -> None:
    """Make a user with this NAME, as they sign; the password is asked for and not shown.

    They choose their own when they first sign in.
    """
    from monitor import app
    from monitor.services import users

    site = read_site(folder)
    password = _new_password()
    with app.clinic_of(site, _account(), site.station) as clinic:
        made = users.add(clinic, name, role, password).user
    click.echo(f"{made.name} can sign in ({made.role}).")


@user.command(name="list")
@_folder
def user_list(folder: Path) -> None:
    """List every user with their role, and whether they can sign in."""
    from monitor import app
    from monitor.services import users

    site = read_site(folder)
    with app.clinic_of(site, _account(), site.station) as clinic:
        known = users.everybody(clinic)
    for one in known:
        click.echo(f"{one.name}: {one.role}, {_standing(one)}")
    if not known:
        click.echo("Nobody yet. The first station that is opened asks for the first user.")


def _standing(one: Standing) -> str:
    if not one.is_active:
        return "cannot sign in"
    if one.is_locked:
        return "locked for a few minutes"
    return "has to choose a password" if one.must_change else "active"


@user.command(name="password")
@_folder
@click.argument("name")
def user_password(folder: Path, name: str) -> None:
    """Set the password of the user with this NAME; they choose another at the next sign-in.

    It also ends a lock after wrong tries, and takes their PIN away.
    """
    from monitor import app
    from monitor.services import users

    site = read_site(folder)
    with app.clinic_of(site, _account(), site.station) as clinic:
        one = _named(users.everybody(clinic), name)
        users.set_password(clinic, one.id, _new_password())
    click.echo(f"{one.name} has a new password.")


@user.command(name="deactivate")
@_folder
@click.argument("name")
def user_deactivate(folder: Path, name: str) -> None:
    """Let the user with this NAME sign in no more. What they did stays signed."""
    from monitor import app
    from monitor.services import users

    site = read_site(folder)
    with app.clinic_of(site, _account(), site.station) as clinic:
        one = _named(users.everybody(clinic), name)
        users.change(clinic, one.id, is_active=False)
    click.echo(f"{one.name} can sign in no more.")


def _new_password() -> str:
    entered: str = click.prompt("Password", hide_input=True, confirmation_prompt="Once more")
    return entered


def _named(known: tuple[Standing, ...], name: str) -> Standing:
    """The user of that name, whatever the case of its letters."""
    for one in known:
        if one.name.casefold() == name.casefold():
            return one
    raise click.ClickException(f"Nobody is called {name}; see rootwatch user list.")


def _account() -> str:
    """The name of who is logged in; refuses where this machine does not know it."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        raise click.ClickException("Say who is acting: --nurse NAME.") from None


@rootwatch.group(invoke_without_command=True)
@_folder
@click.option("--window", is_flag=True, help="Open it in a window instead of the whole screen.")
@click.pass_context
def kiosk(context: click.Context, folder: Path, window: bool) -> None:
    """Open the kiosk, on which patients enter their scores.

    Staff leave it by pressing the top left corner for two seconds and entering their PIN.
    """
    if context.invoked_subcommand is not None:
        return
    preflight.require_window()
    from monitor import app

    sys.exit(app.run_kiosk(read_site(folder), full_screen=not window))


@kiosk.command()
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder with the clinic's monitor.toml.",
)
@click.pass_context
def doctor(context: click.Context, folder: Path | None) -> None:
    """List what is still open at a kiosk that only the operating system can close.

    Run it on the machine of the kiosk, while the kiosk runs. What the program cannot see is listed
    as such, with what to do. The exit code is 1 if something is to do.
    """
    from monitor import app
    from monitor import doctor as examining
    from monitor.services import staff

    assert context.parent is not None
    site = read_site(folder or context.parent.params["folder"])
    with app.clinic_of(site, "doctor", site.kiosk) as clinic:
        has_pin = staff.has_pin(clinic)
    seen = None if preflight.window_fault(preflight.look()) else app.panel(site)
    panel = examining.Panel(*seen) if seen else None
    findings = examining.examine(site, examining.look(), panel, has_pin=has_pin)
    for finding in findings:
        for line in examining.lines(finding):
            click.echo(line)
    sys.exit(FOUND_FAULTS if examining.has_work(findings) else 0)


@rootwatch.command()
@_folder
@_nurse
def pin(folder: Path, nurse: str) -> None:
    """Set the staff PIN, which opens at every kiosk what is not for patients.

    Six digits or more, asked for twice and never shown. It takes the place of the one before, and
    ends a lock after wrong tries.
    """
    from monitor import app
    from monitor.services import staff

    site = read_site(folder)
    entered = click.prompt("New staff PIN", hide_input=True, confirmation_prompt="Once more")
    with app.clinic_of(site, nurse or _account(), site.station) as clinic:
        staff.set_pin(clinic, entered)
    click.echo("The staff PIN is set.")


@rootwatch.command()
@_folder
@_nurse
@click.argument("number")
def code(folder: Path, nurse: str, number: str) -> None:
    """Print a code with which the patient with this clinic NUMBER can sign in at a kiosk.

    It is good once, and today. One that was printed before and not used is good no more.
    """
    from monitor import app
    from monitor.services import desk_codes

    site = read_site(folder)
    with app.clinic_of(site, nurse or _account(), site.station) as clinic:
        click.echo(desk_codes.issue_to(clinic, number))


@rootwatch.command()
@_folder
@click.option("--clinic", required=True, help="The clinic's name, as patients and nurses see it.")
@click.option("--zone", required=True, help="The clinic's time zone, such as Europe/Berlin.")
def init(folder: Path, clinic: str, zone: str) -> None:
    """Set a clinic up: write monitor.toml and make an empty database.

    Refuses where either is there already.
    """
    from monitor import app

    app.init(Site(folder=folder, clinic=clinic, zone=zone))
    click.echo(f"{clinic} is set up in {folder}. Next: rootwatch station --folder {folder}")


@rootwatch.command()
@_folder
def sweep(folder: Path) -> None:
    """Judge every open episode once, and say what changed.

    For a timer of the operating system. Once a day it also sends the test report that shows
    that alerts are still raised. What cannot be judged, was not as it had to be, or does not
    come through is named, and the exit code is then 1.
    """
    from monitor import app
    from monitor.services import health, watching

    site = read_site(folder)
    with app.clinic_of(site, "sweep", site.station) as clinic:
        done = watching.watch_once(clinic, "watch")
        status = health.status(clinic)
    click.echo(_sweep_line(done))
    ill = _canary_line(status)
    if ill:
        click.echo(ill)
    sys.exit(FOUND_FAULTS if done.failed or done.differing or ill else 0)


@rootwatch.command()
@_folder
def watch(folder: Path) -> None:
    """Sweep every few minutes until interrupted, as a service.

    How often is set by sweep_minutes in monitor.toml.
    """
    from monitor import app
    from monitor.services import health

    site = read_site(folder)
    with app.clinic_of(site, "watch", site.station) as clinic:
        every = dt.timedelta(minutes=site.sweep_minutes)

        def tell(done: Sweep | Unavailable) -> None:
            if isinstance(done, Unavailable):
                click.echo(f"No sweep this time: {done}", err=True)
                return
            click.echo(_sweep_line(done))
            if ill := _canary_line(health.status(clinic)):
                click.echo(ill, err=True)

        try:
            app.watch(clinic, every, tell)
        except KeyboardInterrupt:
            click.echo("Stopped.")


def _sweep_line(done: Sweep) -> str:
    line = (
        f"{done.finished_at:%Y-%m-%d %H:%M} UTC: {done.episodes} episodes judged, "
        f"{done.alerts_changed} alerts changed"
    )
    if done.failed:
        line += f", {len(done.failed)} could not be judged: {', '.join(done.failed)}"
    if done.differing:
        line += f", {len(done.differing)} had alerts put right: {', '.join(done.differing)}"
    return line + "."


def _canary_line(status: Status) -> str:
    """What is wrong with the daily test report; empty where it comes through."""
    at = f"{status.canary_through:%Y-%m-%d %H:%M} UTC" if status.canary_through else "never"
    if status.canary is not None and status.canary.fault:
        return f"The test report did not come through: {status.canary.fault} (last did: {at})."
    if status.canary_overdue:
        return f"The test report is overdue; the last came through: {at}."
    return ""


@rootwatch.command()
@click.option(
    "--procedures", type=click.Path(path_type=Path), required=True, help="CSV of patients."
)
@click.option("--reports", type=click.Path(path_type=Path), required=True, help="CSV of scores.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="CSV to write.")
@click.option("--protocol", default="cervical_rhizotomy", show_default=True, help="Its name.")
@click.option(
    "--protocols",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    help="The folder that holds the protocol's folder, for one of your own.",
)
@click.option("--summary", is_flag=True, help="Say too how much work the alerts would have been.")
def replay(
    procedures: Path,
    reports: Path,
    out: Path,
    protocol: str,
    protocols: Path | None,
    summary: bool,
) -> None:
    """Rehearse a protocol on past data.

    Judges the reports day by day as if they had arrived live, with everything that time alone
    brings about, and writes one row for each alert that would have been raised. Columns read:
    procedures patient, side, level and <item>_window; reports patient, day, item, site, score.
    """
    from monitor import app
    from monitor.content.cohorts import read_cohort
    from monitor.content.protocols import ProtocolFolder
    from monitor.services.replay import burden
    from monitor.services.replay import replay as replaying

    _keep_input(out, procedures, reports)
    known = ProtocolFolder(protocols) if protocols else app.protocols()
    care = known.current(protocol)
    cohort = read_cohort(procedures, reports, care)
    _list_left_out([str(fault) for fault in cohort.bad], "")
    with click.progressbar(
        cohort.courses, label="Replaying", file=sys.stderr, show_pos=True
    ) as courses:
        raised = list(replaying(care, courses, cohort.end))
    _write_alerts(out, raised)
    counted = Counter(row.kind for row in raised)
    listed = ", ".join(f"{kind} {count}" for kind, count in sorted(counted.items()))
    click.echo(f"{len(raised)} alerts written to {out}: {listed or 'none'}.")
    if summary:
        for line in _burden_lines(burden(care, cohort.courses, cohort.end, raised)):
            click.echo(line)


def _burden_lines(found: Burden) -> Iterator[str]:
    """How much work the alerts of a replay would have been, as a table."""
    alerting = _per_100(found.per_100_reports(found.alerting))
    by_time = _per_100(found.per_100_reports(found.by_time))
    yield f"{found.reports} reports after the procedure."
    yield f"{found.alerting} of them raised at least one new alert: {alerting} of 100 reports."
    yield f"{found.by_time} alerts were raised by time alone: {by_time} for 100 reports."
    if found.alerts:
        yield f"{'rule':<32}{'stage':<7}{'alerts':>7}{'for 100 reports':>17}{'share':>8}"
    for rule, stage, count in found.stages:
        rate = _per_100(found.per_100_reports(count))
        yield f"{rule:<32}{stage:<7}{count:>7}{rate:>17}{count / found.alerts:>8.1%}"


def _per_100(rate: float | None) -> str:
    return "-" if rate is None else f"{rate:.1f}"


def _write_alerts(path: Path, raised: list[Raised]) -> None:
    import csv

    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(
            ("patient", "kind", "item", "site", "side", "day_raised", "rule", "stage", "priority")
        )
        for row in raised:
            writer.writerow(
                (
                    row.patient,
                    row.kind,
                    row.item,
                    row.site,
                    row.side,
                    row.day,
                    row.rule,
                    row.stage,
                    row.priority,
                )
            )


@rootwatch.command(name="import")
@_folder
@click.argument("scores", type=click.Path(path_type=Path))
@click.option(
    "--mapping",
    type=click.Path(path_type=Path),
    required=True,
    help="TOML file that says what the columns mean; see docs/importing.md.",
)
@click.option(
    "--errors", type=click.Path(path_type=Path), help="Write the rows left out to this CSV file."
)
@click.option("--dry-run", is_flag=True, help="Only say what would be imported.")
def import_(folder: Path, scores: Path, mapping: Path, errors: Path | None, dry_run: bool) -> None:
    """Import a CSV file of scores.

    Good rows are stored together or not at all; rows left out are listed with line and
    reason. The same file twice changes nothing.
    """
    from monitor import app
    from monitor.content.scores import read_scores
    from monitor.services.importing import errors_csv, import_scores

    _keep_input(errors, scores, mapping)
    site = read_site(folder)
    with app.clinic_of(site, "import", site.station) as clinic:
        care = clinic.protocols.current(site.protocol)
        file = read_scores(scores, mapping, care, clinic.today())
        if dry_run:
            bad = file.bad
            click.echo(f"{len(file.good)} patients with {file.reports} reports would be imported.")
        else:
            with _bar("Storing") as storing, _bar("Judging") as judging:
                done = import_scores(clinic, file, storing, judging)
            bad = done.bad
            click.echo(
                f"{done.submissions} reports of {len(file.good)} patients imported "
                f"({done.patients} patients new, {done.already_there} reports there before)."
            )
            if done.not_judged:
                click.echo(f"{len(done.not_judged)} episodes wait to be judged; see the station.")
    more = "" if errors else "; --errors FILE writes them all"
    _list_left_out([f"line {row.line}: {row.reason}" for row in bad], more)
    if errors is not None:
        errors.write_text(errors_csv(bad), encoding="utf-8", newline="")


def _keep_input(written: Path | None, *read: Path) -> None:
    """Refuse to write over a file that is read, and over anything that is no table."""
    if written is None:
        return
    if any(written.exists() and path.exists() and written.samefile(path) for path in read):
        raise click.ClickException(f"{written} is read, so it is not written; name another file.")
    if written.exists() and written.suffix.lower() != ".csv":
        raise click.ClickException(f"{written} is there and is no .csv file; name another file.")
    if not written.absolute().parent.is_dir():
        raise click.ClickException(f"There is no folder {written.parent}; make it first.")


def _list_left_out(reasons: list[str], more: str) -> None:
    for reason in reasons[:LISTED]:
        click.echo(reason, err=True)
    if len(reasons) > LISTED:
        click.echo(f"... and {len(reasons) - LISTED} more lines left out{more}.", err=True)


@contextmanager
def _bar(label: str) -> Iterator[Any]:
    """A progress bar as a callback (done, total); drawn from the first call on."""
    bars: list[Any] = []

    def progress(done: int, total: int) -> None:
        if not bars:
            bars.append(click.progressbar(length=total, label=label, file=sys.stderr))
            bars[0].__enter__()
        bars[0].update(done - bars[0].pos)

    try:
        yield progress
    finally:
        for bar in bars:
            bar.__exit__(None, None, None)


@rootwatch.command()
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Check this clinic's settings and database too.",
)
@click.option(
    "--protocols",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    help="Check the protocols in this folder instead of those that come with Rootwatch.",
)
def check(folder: Path | None, protocols: Path | None) -> None:
    """Check protocols, settings and database, and list everything that is wrong.

    The exit code is 1 if anything is.
    """
    from monitor import app
    from monitor.content.protocols import ProtocolFolder
    from monitor.services import health

    known = ProtocolFolder(protocols) if protocols else app.protocols()
    if not known.ids():
        raise click.ClickException(f"There is no protocol in {protocols}.")
    faults = 0
    for protocol_id in known.ids():
        try:
            read = known.current(protocol_id)
        except ProtocolFaults as error:
            faults += len(error.faults)
            click.echo(str(error))
        else:
            status = "approved" if read.approval else "draft, not approved"
            click.echo(
                f"Protocol {protocol_id} {read.version}: no faults ({status}; "
                f"{len(read.rules)} rules, content {read.content_hash[:12]})."
            )
            click.echo(_translations_line(read))
    if folder is not None:
        site = read_site(folder)
        damage = app.damage_of(site)
        with app.clinic_of(site, "check", site.station) as clinic:
            found, ledger = health.status(clinic), health.ledger(clinic)
        for line in _ledger_lines(site.clinic, ledger):
            click.echo(line)
        if ill := _canary_line(found):
            faults += 1
            click.echo(ill)
        if found.overdue:
            faults += 1
            last = f"{found.last_sweep:%Y-%m-%d %H:%M} UTC" if found.last_sweep else "never"
            click.echo(f"Monitoring is overdue: last sweep {last}. Start a station or `watch`.")
        for line in damage:
            click.echo(f"The database is damaged: {line}. Restore a backup.")
        faults += found.waiting + found.failed + ledger.unaccounted + len(damage)
        faults += len(found.differing_episodes)
    sys.exit(FOUND_FAULTS if faults else 0)


def _translations_line(protocol: Protocol) -> str:
    """Which languages a clinic may not rely on yet."""
    found = protocol.translations.items()
    drafts = sorted(language for language, each in found if each.status == "draft")
    named = ", ".join(drafts) or "none"
    return f"Draft translations, not clinically validated: {named}."


def _ledger_lines(clinic: str, ledger: Ledger) -> Iterator[str]:
    """What came in and what became of it; the sums must agree."""
    yield (
        f"Clinic {clinic}: {ledger.received} reports received = {ledger.evaluated} judged "
        f"+ {ledger.waiting} waiting + {ledger.failed} failed."
    )
    if ledger.by_canary:
        yield f"{ledger.by_canary} of them are the program's own daily test reports."
    states = " + ".join(f"{count} {state}" for state, count in sorted(ledger.alerts.items()))
    yield f"{ledger.raised} alerts raised = {states or 0}."
    if ledger.unaccounted:
        yield f"Not accounted for: {ledger.unaccounted} reports or alerts. Restore a backup."
    useful = "none rated" if ledger.useful_share is None else f"{ledger.useful_share:.0%} useful"
    yield f"{_per_100(ledger.per_100_reports)} alerts raised for 100 reports of patients, {useful}."
    for tally in ledger.tallies:
        rate = _per_100(100 * tally.raised / ledger.reports if ledger.reports else None)
        yield f"  {tally.rule}: {tally.raised} raised, {rate} for 100 reports, {tally.open} open."


@rootwatch.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path("screens"))
def screens(folder: Path) -> None:
    """Draw every screen of both faces into FOLDER ("screens" unless named), for the manual.

    The pictures are of a demo clinic made for it, at 1280x800 and 1920x1080. No window is seen.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    preflight.require_window()
    from monitor import app

    click.echo("Drawing every screen, half a minute ...", err=True)
    count = app.draw_screens(folder)
    click.echo(f"{count} pictures are in {folder}.")


def main(arguments: list[str] | None = None) -> None:
    """Run a command; what a person can put right is one sentence and exit code 2."""
    try:
        rootwatch.main(args=arguments, prog_name="rootwatch", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(0)
    except click.ClickException as error:
        _refuse(error.format_message())
    except (SiteUnfit, ProtocolFaults, Unavailable) as error:
        _refuse(str(error))
    except Refusal as error:
        sentence = REFUSALS.get(error.code)
        _refuse(sentence.format(**error.details) if sentence else str(error))
    except OSError as error:
        _refuse(f"{error.filename or 'The system'}: {error.strerror or error}.")
    except (click.Abort, KeyboardInterrupt):
        _refuse("Stopped.")


def _refuse(sentence: str) -> None:
    click.echo(sentence if sentence.endswith((".", ":")) else f"{sentence}.", err=True)
    sys.exit(WRONG_USE)
