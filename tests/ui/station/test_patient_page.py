"""One patient's page: who it is, what is open, and the five ways to look at them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from monitor.domain.episode import Ending, OwnWindow, Pause
from monitor.domain.protocol import Priority
from monitor.services import episodes
from monitor.services.ports import Contact
from monitor.ui.shared.widgets.plain_label import PlainLabel
from monitor.ui.station.screens.alert_cards import AlertCard
from monitor.ui.station.screens.report_paper import ReportPaper
from monitor.ui.station.screens.timeline_view import ENTRY
from monitor.ui.station.window import StationWindow
from tests import builders
from tests.ui.station.conftest import TODAY, Opens, Ward
from tests.ui.station.test_station import click_row, refresh

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)

TODAY_DATE = builders.date(TODAY)


@pytest.fixture
def opened(ward: Ward, open_station: Opens, qtbot: QtBot) -> StationWindow:
    """A patient with three reports, two of them with a body map, and one alert."""
    ward.admit(
        1,
        phone="0151 234",
        sex="female",
        language="de",
    )
    with ward.store.begin() as work:
        for day, place in ((7, "neck"), (14, "shoulder")):
            one = builders.submission(
                builders.answer("pain", day // 2),
                builders.answer("numbness", 4),
                builders.answer("numbness", 4, place, "right"),
                day=day,
                received_at=builders.instant(day + 2),
            )
            work.submissions.add(one)
            work.submissions.mark(builders.evaluation(one, state="evaluated"))
        work.contacts.add(
            Contact("call", "episode-1", builders.date(20), "phone", "Feels well.", "Nurse Ann")
        )
        work.contacts.add(
            Contact("wrong", "episode-1", builders.date(21), "note", "Mrs Smith.", "Nurse Bea")
        )
        work.contacts.add(
            Contact("why", "episode-1", builders.date(21), "note", "Another patient.", "Nurse Bea",
                    strikes="wrong")
        )  # fmt: skip
        work.commit()
    ward.raise_alert(1)
    window = open_station()
    click_row(qtbot, window, 0)
    return window


def words(window: StationWindow, role: str) -> list[str]:
    """What stands in the header in that role, as far as it is seen."""
    labels = window.page._header.findChildren(PlainLabel)
    return [
        label.text() for label in labels if label.property("role") == role and label.isVisible()
    ]


def cards(window: StationWindow) -> list[AlertCard]:
    return [card for card in window.page.findChildren(AlertCard) if card.isVisible()]


def read_again(qtbot: QtBot, window: StationWindow) -> None:
    with qtbot.waitSignal(window.chart.shown):
        window.chart.refresh()
    QApplication.processEvents()  # what was made anew is laid out and shown


class TestHeader:
    def test_that_it_says_who_it_is_and_how_they_are_reached(self, opened: StationWindow) -> None:
        facts = opened.page._header._facts.text()
        assert facts == "No. 1001 · Born 17 May 1970 (55) · female · 0151 234 · German"

    def test_that_what_must_be_known_stands_out(
        self, ward: Ward, opened: StationWindow, qtbot: QtBot
    ) -> None:
        with ward.store.begin() as work:
            known = work.patients.get("patient-1")
            work.patients.save(replace(known, remark="Deaf in the left ear."))
            work.commit()
        read_again(qtbot, opened)
        assert words(opened, "remark") == ["Deaf in the left ear."]

    def test_that_nothing_stands_out_where_nothing_must(
        self, ward: Ward, open_station: Opens, qtbot: QtBot
    ) -> None:
        ward.admit(1)
        ward.raise_alert(1)
        window = open_station()
        click_row(qtbot, window, 0)
        assert words(window, "remark") == []
        assert words(window, "stands") == []

    @pytest.mark.parametrize(
        ("first", "last", "said"),
        [
            (-2, 4, "Paused until 5 Apr: holiday"),
            (2, 4, "Pause from 3–5 Apr: holiday"),
        ],
    )
    def test_that_a_pause_is_told(
        self,
        ward: Ward,
        opened: StationWindow,
        qtbot: QtBot,
        first: int,
        last: int,
        said: str,
    ) -> None:
        begin, end = (TODAY_DATE + dt.timedelta(days=day) for day in (first, last))
        _save(ward, pauses=(Pause(begin, end, "holiday"),))
        read_again(qtbot, opened)
        assert words(opened, "stands") == [said]

    @pytest.mark.parametrize(
        ("ended_as", "why"), [("moved", "moved away"), ("died", "died"), ("", "no reason recorded")]
    )
    def test_that_an_end_is_told(
        self, ward: Ward, opened: StationWindow, qtbot: QtBot, ended_as: Ending, why: str
    ) -> None:
        _save(ward, state="closed", ended_as=ended_as, ended_on=TODAY_DATE)
        read_again(qtbot, opened)
        assert words(opened, "stands") == [f"Follow-up ended 1 Apr: {why}"]

    def test_that_a_change_of_the_follow_up_by_somebody_else_is_seen(
        self, ward: Ward, opened: StationWindow, qtbot: QtBot
    ) -> None:
        _save(ward, pauses=(Pause(TODAY_DATE, TODAY_DATE, "hospital"),))
        with qtbot.waitSignal(opened.chart.shown):
            opened.chart.look_again()

    def test_that_the_earlier_procedure_is_one_key_away_and_back(
        self, ward: Ward, opened: StationWindow, qtbot: QtBot
    ) -> None:
        with ward.store.begin() as work:
            done = builders.procedure(date=builders.date(-400))
            work.episodes.add(builders.episode(2, patient_id="patient-1", procedure=done))
            work.commit()
        read_again(qtbot, opened)
        with qtbot.waitSignal(opened.chart.shown):
            qtbot.keyClicks(opened, ",")
        assert opened.page.state is not None
        assert opened.page.state.episode_id == "episode-2"
        assert opened.page._header.later.isVisible()
        assert opened.page._header.earlier.isHidden()
        with qtbot.waitSignal(opened.chart.shown):
            qtbot.keyClicks(opened, ".")
        assert opened.page.state.episode_id == "episode-1"

    def test_that_only_commands_that_there_are_are_offered(self, opened: StationWindow) -> None:
        offered: list[str] = []
        opened.page.command_wanted.disconnect()
        opened.page.command_wanted.connect(offered.append)
        for action in opened.page._header._menu.actions():
            action.trigger()
        for button in opened.page._header.buttons.values():
            if button.isVisible():
                button.click()
        assert offered
        assert set(offered) <= set(opened._commands())


def _save(ward: Ward, **fields: Any) -> None:
    with ward.store.begin() as work:
        work.episodes.save(replace(work.episodes.get("episode-1"), **fields))
        work.commit()


class TestAlerts:
    def test_that_the_whole_chart_is_seen_below_two_alerts(
        self, ward: Ward, opened: StationWindow, qtbot: QtBot
    ) -> None:
        ward.raise_alert(1, Priority.RED, suffix="_b")
        read_again(qtbot, opened)
        assert len(cards(opened)) == 2
        chart = opened.page.chart
        assert chart.mapTo(opened.page, chart.rect().bottomLeft()).y() < opened.page.height()

    def test_that_of_many_only_the_most_urgent_are_unfolded(
        self, ward: Ward, opened: StationWindow, qtbot: QtBot
    ) -> None:
        for number in range(29):
            ward.raise_alert(1, Priority.ORANGE, suffix=f"_{number}")
        read_again(qtbot, opened)
        assert [card.card.priority for card in cards(opened)] == [Priority.ORANGE] * 2
        more = opened.page.cards.more
        assert more.text().startswith("28 more alerts: Today 27, Next working day 1")
        assert opened.page._area.verticalScrollBar().maximum() == 0
        qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
        QApplication.processEvents()
        assert len(cards(opened)) == 22
        assert opened.page.cards.current() == cards(opened)[2].card
        qtbot.mouseClick(more, Qt.MouseButton.LeftButton)
        QApplication.processEvents()
        assert len(cards(opened)) == 30
        assert more.isHidden()

    def test_that_the_next_patient_begins_folded(
        self, ward: Ward, opened: StationWindow, qtbot: QtBot
    ) -> None:
        for number in range(9):
            ward.raise_alert(1, Priority.ORANGE, suffix=f"_{number}")
        read_again(qtbot, opened)
        opened.page.cards.more.click()
        ward.admit(2)
        for number in range(9):
            ward.raise_alert(2, Priority.RED, suffix=f"_{number}")
        refresh(qtbot, opened)
        opened.worklist.put_in_order()
        with qtbot.waitSignal(opened.chart.shown):
            opened._open_episode("episode-2")
        QApplication.processEvents()
        assert len(cards(opened)) == 2

    def test_that_a_long_sentence_is_whole_on_hover(
        self, ward: Ward, opened: StationWindow, qtbot: QtBot
    ) -> None:
        (card,) = cards(opened)
        (sentence,) = [label for label in card.findChildren(PlainLabel) if label.isVisible()
                       and label.text() == card.card.sentence]  # fmt: skip
        sentence.resize(60, sentence.height())
        assert card.card.sentence in sentence.toolTip()


class TestTabs:
    def test_that_the_number_keys_show_the_tabs_and_nothing_is_read_for_it(
        self, opened: StationWindow, qtbot: QtBot
    ) -> None:
        asked: list[object] = []
        run = opened._tasks.run
        opened._tasks.run = lambda *told, **how: asked.append(told) or run(*told, **how)  # type: ignore[method-assign, func-returns-value]
        chart = opened.page.chart
        shown = {"2": chart.table, "3": chart.map, "4": chart.timeline, "5": chart.looks}
        for key, widget in shown.items():
            qtbot.keyClicks(opened, key)
            assert [tab.isVisible() for tab in shown.values()].count(True) == 1
            assert widget.isVisible()
            assert widget.isAncestorOf(opened.focusWidget()) or widget is opened.focusWidget()
        qtbot.keyClicks(opened, "1")
        assert not any(tab.isVisible() for tab in shown.values())
        assert asked == []

    def test_that_escape_leads_from_a_tab_back_to_the_list(
        self, opened: StationWindow, qtbot: QtBot
    ) -> None:
        qtbot.keyClicks(opened, "4")
        qtbot.keyClick(opened.focusWidget(), Qt.Key.Key_Escape)
        assert opened.focusWidget() is opened.panel.list

    def test_that_who_looked_is_told_newest_first_and_once_however_often_it_is_read_again(
        self, opened: StationWindow, qtbot: QtBot
    ) -> None:
        read_again(qtbot, opened)
        qtbot.keyClicks(opened, "5")
        model = opened.page.chart.looks.model()
        assert [model.index(0, column).data() for column in (1, 2, 3)] == [
            "Nurse Ann",
            "Opened the chart",
            "desk",
        ]


class TestReports:
    def test_that_a_report_says_how_late_it_came_and_how_bad_it_was(
        self, opened: StationWindow
    ) -> None:
        state = opened.page.state
        assert state is not None
        row = next(row for row in state.reports.rows if row.day == 14)
        assert "received 2 days late" in row.how
        assert "7 severe" in row.cells

    def test_that_enter_shows_a_report_whole_and_the_arrows_step(
        self, opened: StationWindow, qtbot: QtBot
    ) -> None:
        paper = open_report(opened, qtbot)
        assert paper.report.submission_id == "report-1"
        assert not paper.later.isEnabled()
        qtbot.keyClick(paper.area, Qt.Key.Key_Left)
        assert paper.report.submission_id == "submission-14"
        assert "Numbness, shoulder, right" in texts(paper)
        qtbot.keyClick(paper.area, Qt.Key.Key_Left)
        qtbot.keyClick(paper.area, Qt.Key.Key_Left)
        assert paper.report.submission_id == "submission-7"
        assert not paper.earlier.isEnabled()
        qtbot.keyClick(paper.area, Qt.Key.Key_Right)
        assert paper.report.submission_id == "submission-14"

    def test_that_it_says_whose_it_is(self, opened: StationWindow, qtbot: QtBot) -> None:
        paper = open_report(opened, qtbot)
        assert "Sample01, Kim, No. 1001" in texts(paper)

    def test_that_without_a_report_it_is_said_when_one_is_due(
        self, ward: Ward, open_station: Opens, qtbot: QtBot
    ) -> None:
        with ward.store.begin() as work:
            work.patients.add(builders.patient(1))
            work.episodes.add(builders.episode(1))
            work.commit()
        ward.raise_alert(1)
        window = open_station()
        click_row(qtbot, window, 0)
        for key in "23":
            qtbot.keyClicks(window, key)
            said = [
                label.text()
                for label in window.page.chart.findChildren(PlainLabel)
                if label.isVisible() and label.property("role") == "placeholder"
            ]
            assert len(said) == 1
            assert said[0].startswith("No report yet. The next is due ")


def open_report(window: StationWindow, qtbot: QtBot) -> ReportPaper:
    """The newest report, by the keyboard alone."""
    qtbot.keyClicks(window, "2")
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ReportPaper)
    return dialog


def texts(paper: ReportPaper) -> list[str]:
    QApplication.processEvents()
    return [label.text() for label in paper.findChildren(PlainLabel) if not label.isHidden()]


class TestTimeline:
    def entries(self, window: StationWindow) -> list[str]:
        model = window.page.chart.timeline.list.model()
        return [model.index(row, 0).data(ENTRY).what for row in range(model.rowCount())]

    def test_that_everything_stands_in_one_list_newest_first(
        self, opened: StationWindow, qtbot: QtBot
    ) -> None:
        qtbot.keyClicks(opened, "4")
        found = self.entries(opened)
        assert found.index("Phone call") > found.index("Note")
        assert found.index("Phone call") < found.index("Report: First two weeks", 3)
        assert any(what.startswith("Raised") for what in found)

    def test_that_what_was_declared_wrong_stays_and_says_why(self, opened: StationWindow) -> None:
        entries = opened.page.chart.timeline.shown
        (wrong,) = [entry for entry in entries if entry.kind == "note"]
        assert wrong.more == "Mrs Smith."
        assert "Another patient." in wrong.struck

    def test_that_changes_of_the_follow_up_are_told_with_who_and_why(
        self, ward: Ward, opened: StationWindow, qtbot: QtBot
    ) -> None:
        with ward.store.read() as work:
            seen = work.episodes.get("episode-1")
        episodes.set_window(ward.clinic, seen, "numbness", 200, 240, "Two levels.")
        _save(ward, state="closed", ended_as="died", ended_on=TODAY_DATE)
        read_again(qtbot, opened)
        entries = opened.page.chart.timeline.shown
        found = [entry for entry in entries if entry.kind == "follow_up"]
        assert [entry.what for entry in found][:2] == [
            "Expected days set for this patient",
            "Follow-up ended: died",
        ]
        assert found[0].who == "Nurse Ann"
        assert found[0].more.startswith("Two levels.")

    def test_that_f_goes_round_the_kinds_there_are(
        self, opened: StationWindow, qtbot: QtBot
    ) -> None:
        qtbot.keyClicks(opened, "4")
        timeline = opened.page.chart.timeline
        everything = len(timeline.shown)
        kinds = []
        for _ in range(6):
            qtbot.keyClicks(opened.focusWidget(), "f")
            kinds.append({entry.kind for entry in timeline.shown})
        assert kinds[:5] == [{"report"}, {"alert"}, {"contact"}, {"note"}, {"follow_up"}]
        assert len(timeline.shown) == everything

    def test_that_enter_opens_the_report_of_an_entry(
        self, opened: StationWindow, qtbot: QtBot
    ) -> None:
        qtbot.keyClicks(opened, "4")
        qtbot.keyClicks(opened.focusWidget(), "f")
        qtbot.keyClick(opened.focusWidget(), Qt.Key.Key_Return)
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ReportPaper)


class TestBodyMap:
    def test_that_the_arrows_step_from_report_to_report_and_say_what_changed(
        self, opened: StationWindow, qtbot: QtBot
    ) -> None:
        qtbot.keyClicks(opened, "3")
        view = opened.page.chart.map
        assert view.title.text().startswith("Day 14,")
        assert "New since the report before: shoulder, right." in view.changed.text()
        assert "Gone since the report before: neck, right." in view.changed.text()
        qtbot.keyClick(opened.focusWidget(), Qt.Key.Key_Left)
        assert view.title.text().startswith("Day 7,")
        qtbot.keyClick(opened.focusWidget(), Qt.Key.Key_End)
        assert view.title.text().startswith("Day 14,")
        qtbot.keyClick(opened.focusWidget(), Qt.Key.Key_Home)
        assert view.title.text().startswith("Day 7,")

    def test_that_enter_shows_the_report_whole(self, opened: StationWindow, qtbot: QtBot) -> None:
        qtbot.keyClicks(opened, "3")
        qtbot.keyClick(opened.focusWidget(), Qt.Key.Key_Return)
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ReportPaper)
        assert dialog.report.submission_id == "submission-14"

    def test_that_it_plays_from_the_oldest_to_the_newest_and_stops(
        self, opened: StationWindow, qtbot: QtBot
    ) -> None:
        qtbot.keyClicks(opened, "3")
        view = opened.page.chart.map
        qtbot.keyClick(opened.focusWidget(), Qt.Key.Key_Space)
        assert view.slider.value() == 0
        view._playing.timeout.emit()
        assert view.slider.value() == 1
        assert not view.play.isChecked()


def buttons(window: StationWindow) -> list[QPushButton]:
    return [button for button in window.page.findChildren(QPushButton) if button.isVisible()]


def test_that_every_button_of_every_tab_has_a_name(opened: StationWindow, qtbot: QtBot) -> None:
    for key in "12345":
        qtbot.keyClicks(opened, key)
        assert [b for b in buttons(opened) if not (b.text() or b.accessibleName())] == []


def test_that_what_was_set_for_a_patient_leaves_room_for_the_chart(
    ward: Ward, opened: StationWindow, qtbot: QtBot
) -> None:
    window = OwnWindow("numbness", 238, 280, "Two levels.", "Nurse Ann")
    _save(ward, own_windows=(window,))
    read_again(qtbot, opened)
    chart = opened.page.chart
    assert chart.own.isVisible()
    assert chart.mapTo(opened.page, chart.rect().bottomLeft()).y() < opened.page.height()
