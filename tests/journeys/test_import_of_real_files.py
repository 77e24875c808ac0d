"""Files of others, from the CSV to judged episodes, with the protocol that is shipped."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from monitor.content.protocols import read_protocol
from monitor.content.scores import read_scores
from monitor.services.clinic import Clinic
from monitor.services.importing import import_scores
from tests.builders import instant
from tests.fakes import FakeClock, FakeProtocols, FakeStore

ROOT = Path(__file__).parents[2]
THIRD_PARTY = ROOT / "tests" / "data" / "third_party"


@pytest.mark.parametrize(
    ("name", "people", "reports"),
    [
        ("hivsn_amitriptyline", 122, 732),
        ("postop_throat_licorice", 233, 932),
        ("nerve_block_supraclavicular", 103, 103),
        ("smart4health_fhir_series", 1, 8),
    ],
)
def test_that_a_real_file_is_stored_and_judged_once(name: str, people: int, reports: int) -> None:
    protocol = read_protocol(ROOT / "resources" / "protocols" / "cervical_rhizotomy")
    clinic = Clinic(
        store=FakeStore(),
        clock=FakeClock(instant(400)),
        protocols=FakeProtocols(protocol),
        name="Test clinic",
        zone=ZoneInfo("Europe/Berlin"),
        actor="admin",
        station="desk",
        overdue_after=dt.timedelta(minutes=20),
        acting="operator",
    )
    score_file = read_scores(THIRD_PARTY / f"{name}.csv", THIRD_PARTY / f"{name}.toml", protocol)
    first = import_scores(clinic, score_file)
    assert (first.patients, first.submissions, first.bad) == (people, reports, ())
    assert first.not_judged == ()
    again = import_scores(clinic, score_file)
    assert (again.patients, again.submissions, again.already_there) == (0, 0, reports)
