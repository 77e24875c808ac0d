"""The alert in whose card the keyboard is has its evidence lit on the chart."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.artist import Artist
from matplotlib.lines import Line2D
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from monitor.domain.episode import OwnBaseline, OwnWindow
from monitor.domain.finding import Evidence
from monitor.services import alerts, charting, evaluation
from monitor.services.clinic import Clinic
from monitor.ui.shared.canvas import ChartCanvas
from monitor.ui.station.screens.alert_cards import AlertCard
from monitor.ui.station.window import StationWindow
from tests import builders
from tests.ui.station.conftest import TODAY, Opens, Ward
from tests.ui.station.test_station import click_row, refresh

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

SCORES = {20: 6, 25: 7, 30: 5}


@pytest.fixture
def two_alerts(ward: Ward) -> Ward:
    """A patient with three pains and two alerts, one on the first two, one on the last."""
    with ward.store.begin() as work:
        work.patients.add(builders.patient(1))
        work.episodes.add(builders.episode(1))
        for day, score in SCORES.items():
            work.submissions.add(
                builders.submission(builders.answer("pain", score), day=day, id=f"report-{day}")
            )
            work.submissions.mark(
                builders.evaluation(state="evaluated", submission_id=f"report-{day}")
            )
        for name, days in (("first", (20, 25)), ("second", (30,))):
            evidence = tuple(
                Evidence(day, "pain", SCORES[day], submission_id=f"report-{day}") for day in days
            )
            found = builders.finding(rule=f"rule_{name}", evidence=evidence)
            work.alerts.add(builders.alert(found, TODAY, id=name))
        work.commit()
    return ward


def canvas(window: StationWindow) -> ChartCanvas:
    found = window.page.chart.findChild(ChartCanvas)
    assert found is not None
    return found


def lit(qtbot: QtBot, window: StationWindow) -> list[float]:
    """The days whose pain is lit on the chart."""
    qtbot.wait(1)  # the chart is drawn once Qt is at rest
    rings = [one for one in canvas(window).figure.findobj(Line2D) if _is_ring(one)]
    return [float(x) for one in rings for x in np.asarray(one.get_xdata())]


def _is_ring(one: Artist) -> bool:
    return str(one.get_gid() or "").startswith("ring:")


def card(window: StationWindow, alert_id: str) -> AlertCard:
    cards = window.page.cards.findChildren(AlertCard)
    return next(c for c in cards if c.card.alert_id == alert_id and c.isVisible())


def focus(window: StationWindow, alert_id: str) -> None:
    card(window, alert_id).findChildren(QPushButton)[0].setFocus(Qt.FocusReason.TabFocusReason)


@pytest.fixture
def opened(two_alerts: Ward, open_station: Opens, qtbot: QtBot) -> StationWindow:
    window = open_station()
    click_row(qtbot, window, 0)
    with qtbot.waitActive(window):
        window.activateWindow()
    return window


def test_that_nothing_is_lit_while_the_keyboard_is_in_the_list(
    opened: StationWindow, qtbot: QtBot
) -> None:
    assert lit(qtbot, opened) == []
    assert opened.page.chart.lit_words.text() == ""


def test_that_the_card_with_the_keyboard_lights_exactly_its_evidence(
    opened: StationWindow, qtbot: QtBot
) -> None:
    focus(opened, "first")
    assert lit(qtbot, opened) == [20, 25]
    assert opened.page.chart.lit_words.text() == "Lit: 6 (day 20), 7 (day 25)"
    assert card(opened, "first").property("lit") == "true"
    focus(opened, "second")
    assert lit(qtbot, opened) == [30]
    assert card(opened, "first").property("lit") == "false"


def test_that_a_click_beside_the_buttons_of_a_card_lights_it(
    opened: StationWindow, qtbot: QtBot
) -> None:
    focus(opened, "first")
    qtbot.mouseClick(card(opened, "second"), Qt.MouseButton.LeftButton, pos=QPoint(60, 6))
    assert lit(qtbot, opened) == [30]


def test_that_esc_puts_the_light_out(opened: StationWindow, qtbot: QtBot) -> None:
    focus(opened, "first")
    assert lit(qtbot, opened)
    qtbot.keyClick(opened.focusWidget(), Qt.Key.Key_Escape)
    assert opened.focusWidget() is opened.panel.list
    assert lit(qtbot, opened) == []


def test_that_the_chart_may_be_read_while_it_is_lit(opened: StationWindow, qtbot: QtBot) -> None:
    focus(opened, "first")
    canvas(opened).setFocus(Qt.FocusReason.TabFocusReason)
    assert lit(qtbot, opened) == [20, 25]


def test_that_the_light_stays_when_the_patient_is_read_again(
    opened: StationWindow, two_alerts: Ward, qtbot: QtBot
) -> None:
    focus(opened, "first")
    seen = two_alerts.alert("second").version
    alerts.acknowledge(two_alerts.as_somebody_else("Nurse Bo"), "second", seen, "")
    with qtbot.waitSignal(opened.chart.shown):
        opened.chart.refresh()
    assert lit(qtbot, opened) == [20, 25]


def test_that_evidence_outside_the_stretch_of_time_is_not_passed_over(
    opened: StationWindow, two_alerts: Ward, qtbot: QtBot
) -> None:
    two_alerts.clock.advance(days=40)
    with qtbot.waitSignal(opened.chart.shown):
        opened.chart.refresh()
    focus(opened, "first")
    qtbot.keyClicks(opened.focusWidget(), "v")
    assert lit(qtbot, opened) == []
    assert opened.page.chart.lit_words.text().endswith("2 not in this stretch, press 0")
    qtbot.keyClicks(opened.focusWidget(), "0")
    assert "stretch" not in opened.page.chart.lit_words.text()


# Moved, zoomed and compared


def span(window: StationWindow) -> float:
    return canvas(window).view.span


def test_that_the_chart_is_zoomed_from_anywhere_on_the_page(
    opened: StationWindow, qtbot: QtBot
) -> None:
    before = span(opened)
    qtbot.keyClicks(opened.focusWidget(), "+")
    assert span(opened) < before
    qtbot.keyClicks(opened.focusWidget(), "-")
    assert span(opened) == pytest.approx(before)


def test_that_lighting_an_alert_keeps_the_days_that_were_chosen(
    opened: StationWindow, qtbot: QtBot
) -> None:
    qtbot.keyClicks(opened.focusWidget(), "+")
    before = canvas(opened).view
    focus(opened, "first")
    assert lit(qtbot, opened) == [20, 25]
    assert (canvas(opened).view.first_day, span(opened)) == (before.first_day, before.span)


def test_that_a_stretch_of_time_that_is_chosen_again_is_shown_from_end_to_end(
    opened: StationWindow, qtbot: QtBot
) -> None:
    before = canvas(opened).view
    qtbot.keyClicks(opened.focusWidget(), "++")
    qtbot.keyClicks(opened.focusWidget(), "0")
    assert canvas(opened).view == before


def test_that_what_is_lit_outside_the_days_in_view_is_said_while_they_are_moved(
    opened: StationWindow, qtbot: QtBot
) -> None:
    focus(opened, "first")
    assert lit(qtbot, opened)
    qtbot.keyClicks(opened.focusWidget(), "+++")
    qtbot.keyClick(opened.focusWidget(), Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    first, last = canvas(opened).view.first_day, canvas(opened).view.last_day
    hidden = sum(not first <= day <= last for day in (20, 25))
    assert hidden
    assert f"{hidden} not in this stretch" in opened.page.chart.lit_words.text()


def earlier_lines(window: StationWindow) -> list[str]:
    lines = canvas(window).figure.findobj(Line2D)
    return [gid for one in lines if (gid := str(one.get_gid() or "")).startswith("earlier:")]


def test_that_the_procedure_before_lies_behind_the_chart_and_is_taken_away_again(
    two_alerts: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    with two_alerts.store.begin() as work:
        before = builders.procedure(date=builders.date(-400))
        work.episodes.add(builders.episode(2, patient_id="patient-1", procedure=before))
        report = builders.submission(
            builders.answer("pain", 8), day=-390, id="long-ago", episode_id="episode-2"
        )
        work.submissions.add(report)
        work.commit()
    window = open_station()
    click_row(qtbot, window, 0)
    refresh(qtbot, window)
    assert window.page.chart.compare.isVisible()
    assert earlier_lines(window) == []
    qtbot.keyClicks(window.focusWidget(), "b")
    assert earlier_lines(window) == ["earlier:pain::"]
    qtbot.keyClicks(window.focusWidget(), "b")
    assert earlier_lines(window) == []


def test_that_there_is_nothing_to_compare_with_where_nothing_was_before(
    opened: StationWindow, qtbot: QtBot
) -> None:
    qtbot.keyClicks(opened.focusWidget(), "b")
    assert not opened.page.chart.compare.isVisible()
    assert earlier_lines(opened) == []


# The trend that is drawn is the one that alerts


COURSE = {-7: 8, -1: 8} | {7: 3, 14: 2, 21: 2, 28: 2} | {90: 6, 97: 7, 104: 7, 111: 7}


def reported(clinic: Clinic, until: int) -> None:
    with clinic.store.begin() as work:
        work.patients.add(builders.patient(1))
        work.episodes.add(builders.episode(1))
        for day, score in COURSE.items():
            if day <= until:
                work.submissions.add(
                    builders.submission(builders.answer("pain", score), day=day, id=f"r{day}")
                )
        work.commit()


@pytest.mark.parametrize("day", [28, 90, 97, 104, 111])
def test_that_the_trend_is_over_its_limit_on_the_chart_when_it_alerts(ward: Ward, day: int) -> None:
    ward.clock.set(builders.instant(day, hour=12))
    reported(ward.clinic, day)
    found = evaluation.judge(ward.clinic, "episode-1").findings
    alerted = any(f.rule == "pain_recurrence" for f in found)
    trend = charting.chart(ward.clinic, "episode-1").panels[0].trend
    assert trend is not None
    assert (trend.points[-1][1] > trend.limit) == alerted


# A later procedure, and what was set for one patient


def test_that_a_follow_up_that_a_later_procedure_ended_says_until_when(
    two_alerts: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    with two_alerts.store.begin() as work:
        later = builders.procedure(date=builders.date(28))
        work.episodes.add(builders.episode(2, patient_id="patient-1", procedure=later))
        work.commit()
    window = open_station()
    click_row(qtbot, window, 0)
    state = window.page.state
    assert state is not None
    assert state.episode_id == "episode-1"
    assert state.notes[0] == (
        "Followed until 29 March 2026 (day 27). On 30 March 2026 the patient had another "
        "procedure, which has a follow-up of its own."
    )
    events = {(event.day, event.kind) for event in state.chart.events}
    assert (27, "followed_until") in events
    assert "Followed until here" in state.words.events.values()


def test_that_what_was_set_for_a_patient_says_what_by_whom_and_why(
    two_alerts: Ward, open_station: Opens, qtbot: QtBot
) -> None:
    on = dt.date(2026, 3, 20)
    with two_alerts.store.begin() as work:
        episode = work.episodes.get("episode-1")
        episode = replace(
            episode,
            own_windows=(OwnWindow("stiffness", 56, 84, "frozen shoulder", "Nurse Ann", on),),
            own_baselines=(OwnBaseline("pain", 6, reason="recalled", by="Dr B", on=on),),
        )
        work.episodes.save(episode)
        work.commit()
    window = open_station()
    click_row(qtbot, window, 0)
    refresh(qtbot, window)
    assert window.page.chart.own.isVisible()
    window_set = "Stiffness expected to day 56, persistent from day 84."
    baseline_set = "Pain, on average: 6 before the procedure."
    assert window.page.chart.own.text().splitlines() == [
        f"Set for this patient: {window_set} Nurse Ann, 20 Mar 2026: frozen shoulder",
        f"Set for this patient: {baseline_set} Dr B, 20 Mar 2026: recalled",
    ]
