"""What a person chooses acts at once, changes no answer, and is gone with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication

from monitor.ui.kiosk.comfort import USUAL, Comfort
from monitor.ui.kiosk.screens.comfort import ComfortState
from monitor.ui.kiosk.screens.message import Confirm, Urgent
from monitor.ui.kiosk.screens.number import NumberScreen
from monitor.ui.kiosk.screens.pick import PickScreen
from monitor.ui.kiosk.screens.rest import RestScreen
from monitor.ui.kiosk.screens.review import ReviewScreen
from monitor.ui.kiosk.screens.signing_in import WaysState
from tests.builders import episode, patient, procedure
from tests.ui.kiosk.conftest import Kiosk
from tests.ui.kiosk.walking import go_to_pain, report_sign, shows, walk_away

MakeKiosk = Callable[..., Kiosk]


@pytest.fixture
def kiosk(make_kiosk: MakeKiosk) -> Iterator[Kiosk]:
    default = QLocale()
    kiosk = make_kiosk()
    yield kiosk
    kiosk.window._languages.choose("en")
    QLocale.setDefault(default)


def add_speaker(kiosk: Kiosk, language: str) -> None:
    """A second patient, who speaks another language."""
    with kiosk.store.begin() as work:
        work.patients.add(patient(2, given_name="Amira", language=language))
        work.episodes.add(episode(2, patient_id="patient-2", procedure=procedure()))
        work.commit()


def choose(kiosk: Kiosk, language: str) -> None:
    kiosk.touch(kiosk.screen.comfort_key)
    kiosk.touch(kiosk.screen.languages[language])
    kiosk.touch(kiosk.screen.done)


class TestLanguage:
    def test_that_the_resting_page_offers_every_language_in_its_own_words(
        self, kiosk: Kiosk
    ) -> None:
        codes = kiosk.window._languages.codes()
        assert tuple(kiosk.screen.languages) == codes
        assert kiosk.screen.languages["es"].text() == kiosk.window._languages.name("es")

    def test_that_a_touch_on_a_language_leads_to_choices_and_on_to_sign_in(
        self, kiosk: Kiosk
    ) -> None:
        kiosk.touch(kiosk.screen.languages["es"])
        assert shows(kiosk, ComfortState)
        assert kiosk.window.comfort.language == "es"
        kiosk.touch(kiosk.screen.done)
        assert shows(kiosk, WaysState)
        assert kiosk.window.comfort.language == "es"

    def test_that_it_changes_on_a_question_without_a_loss(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        go_to_pain(kiosk)
        kiosk.touch(kiosk.screen.keys[4])
        english, page = kiosk.screen.heading.question.text(), kiosk.window._state.frame.number
        choose(kiosk, "es")
        assert isinstance(kiosk.screen, NumberScreen)
        assert kiosk.window._state.frame.number == page
        assert kiosk.screen.heading.question.text() != english
        assert kiosk.screen.keys[4].isChecked()
        choose(kiosk, "en")
        assert kiosk.screen.heading.question.text() == english

    def test_that_a_key_that_was_touched_stays_touched(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        kiosk.touch(kiosk.screen.keys["breathing"])
        choose(kiosk, "fr")
        assert isinstance(kiosk.screen, PickScreen)
        assert kiosk.screen.keys["breathing"].isChecked()

    def test_that_it_changes_on_the_review(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        kiosk.go_to_review()
        choose(kiosk, "fr")
        assert isinstance(kiosk.screen, ReviewScreen)

    def test_that_it_changes_while_the_red_page_is_shown(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        report_sign(kiosk)
        words = kiosk.guide._welcome.protocol.words
        choose(kiosk, "es")
        assert shows(kiosk, Urgent)
        assert kiosk.screen.title.text() == words["es"]["urgent.title"]
        assert kiosk.guide._alarm.rings.isActive()

    def test_that_only_the_window_turns_round_for_arabic(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        choose(kiosk, "ar")
        assert kiosk.window.layoutDirection() == Qt.LayoutDirection.RightToLeft
        assert QApplication.layoutDirection() == Qt.LayoutDirection.LeftToRight
        choose(kiosk, "en")
        assert kiosk.window.layoutDirection() == Qt.LayoutDirection.LeftToRight

    def test_that_a_patient_is_asked_in_their_own(self, kiosk: Kiosk) -> None:
        add_speaker(kiosk, "es")
        kiosk.sign_in("1002")
        assert kiosk.window.comfort.language == "en"
        kiosk.touch(kiosk.screen.go_on)
        assert kiosk.window.comfort.language == "es"

    def test_that_what_they_picked_themselves_comes_first(self, kiosk: Kiosk) -> None:
        add_speaker(kiosk, "es")
        kiosk.touch(kiosk.screen.languages["fr"])
        kiosk.touch(kiosk.screen.done)
        kiosk.touch(kiosk.screen.number)
        kiosk.type_identity("1002", "17", "1970")
        kiosk.touch(kiosk.screen.next)
        kiosk.wait_for_answer()
        assert shows(kiosk, Confirm)
        kiosk.touch(kiosk.screen.go_on)
        assert kiosk.window.comfort.language == "fr"

    def test_that_a_language_that_is_not_here_is_english(self, kiosk: Kiosk) -> None:
        add_speaker(kiosk, "pl")
        kiosk.sign_in("1002")
        kiosk.touch(kiosk.screen.go_on)
        assert kiosk.window.comfort.language == "en"

    def test_that_a_draft_translation_says_so(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        kiosk.touch(kiosk.screen.comfort_key)
        assert not kiosk.screen.draft.isVisible()
        kiosk.touch(kiosk.screen.languages["es"])
        assert kiosk.screen.draft.isVisible()


class TestComfort:
    def test_that_what_is_touched_acts_at_once(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        kiosk.touch(kiosk.screen.comfort_key)
        kiosk.touch(kiosk.screen.sizes[2])
        kiosk.touch(kiosk.screen.contrasts["dark"])
        kiosk.touch(kiosk.screen.hands["left"])
        kiosk.touch(kiosk.screen.holds[300])
        expected = Comfort(text_size=2, contrast="dark", hand="left", hold_ms=300)
        assert kiosk.window.comfort == expected
        assert kiosk.screen.measures.comfort == expected

    def test_that_everything_is_put_back_for_the_next_patient(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        choose(kiosk, "ar")
        kiosk.window.change_comfort(Comfort("ar", 3, "dark", "left", 700, sound=False))
        walk_away(kiosk)
        assert isinstance(kiosk.screen, RestScreen)
        assert kiosk.window.comfort == USUAL
        assert kiosk.screen.measures.comfort == USUAL
        assert kiosk.window.layoutDirection() == Qt.LayoutDirection.LeftToRight

    def test_that_it_is_put_back_where_nobody_signed_in(self, kiosk: Kiosk) -> None:
        kiosk.touch(kiosk.screen.languages["es"])
        kiosk.touch(kiosk.screen.sizes[3])
        kiosk.window.idle.timeout.emit()
        assert isinstance(kiosk.screen, RestScreen)
        assert kiosk.window.comfort == USUAL

    def test_that_the_clinic_says_what_is_usual(self, make_kiosk: MakeKiosk) -> None:
        usual = Comfort(language="es")
        kiosk = make_kiosk(comfort=usual)
        kiosk.begin()
        choose(kiosk, "en")
        walk_away(kiosk)
        assert kiosk.window.comfort == usual
        kiosk.window._languages.choose("en")

    def test_that_the_choices_go_by_themselves(self, kiosk: Kiosk) -> None:
        kiosk.begin()
        go_to_pain(kiosk)
        kiosk.touch(kiosk.screen.comfort_key)
        assert kiosk.window.idle.interval() == 60_000
        kiosk.window.idle.timeout.emit()
        assert isinstance(kiosk.screen, NumberScreen)
