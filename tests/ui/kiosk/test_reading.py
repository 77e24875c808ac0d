"""What the kiosk reads aloud of each page, and the key that asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from monitor.ui.kiosk.comfort import Comfort
from monitor.ui.kiosk.reading import aloud
from monitor.ui.kiosk.screens.body_map import BodyMapScreen
from monitor.ui.kiosk.screens.calibrate import CalibrateScreen
from monitor.ui.kiosk.screens.choice import ChoiceScreen
from monitor.ui.kiosk.screens.comfort import ComfortScreen
from monitor.ui.kiosk.screens.frame import QuestionScreen, Screen
from monitor.ui.kiosk.screens.message import Confirm, MessageScreen
from monitor.ui.kiosk.screens.number import NumberScreen, NumberState
from monitor.ui.kiosk.screens.parts import APART
from monitor.ui.kiosk.screens.pick import PickScreen
from monitor.ui.kiosk.screens.review import ReviewScreen
from monitor.ui.kiosk.screens.signing_in import MonthScreen
from monitor.ui.kiosk.screens.staff import MenuScreen, PinScreen
from monitor.ui.kiosk.screens.statements import StatementsScreen
from monitor.ui.kiosk.window import LastCall
from monitor.ui.shared.languages import Languages
from tests.ui.kiosk import pages
from tests.ui.kiosk.conftest import Kiosk
from tests.ui.kiosk.walking import go_to_map, go_to_pain, shows
from tests.ui.voices import FakeVoice

MakeKiosk = Callable[..., Kiosk]
LANGUAGES = ("en", "es", "fr", "de", "ar")
SILENT = (ComfortScreen, PinScreen, MenuScreen, CalibrateScreen, LastCall)
"""Pages of staff and of comfort; and the countdown, which would be read out of date."""


def flat(text: str) -> str:
    return " ".join(text.split())


def ends_of(screen: NumberScreen | BodyMapScreen) -> list[str]:
    """The scores at the ends of a scale and what they mean."""
    return [part for end in (screen.low, screen.high) for part in end.text().split(APART)]


def words_of(screen: Screen, state: object) -> list[str]:
    """What a patient has to know of a page to answer it."""
    if isinstance(screen, MessageScreen):
        title = "" if isinstance(state, Confirm) else screen.title.text()
        return [title, screen.go_on.text(), screen.second.text()]
    if isinstance(screen, ReviewScreen):
        return [screen.heading.question.text()]
    if isinstance(screen, NumberScreen):
        return [screen.heading.question.text(), *ends_of(screen)]
    if isinstance(screen, BodyMapScreen):
        return [screen.heading.question.text(), *(ends_of(screen) if screen._chosen else ())]
    if isinstance(screen, QuestionScreen):
        keys = [key.text() for key in screen.answers() if key.isVisible()]  # type: ignore[attr-defined]
        rows = screen.rows if isinstance(screen, StatementsScreen) else []
        return [screen.heading.question.text(), *(row.statement.text() for row in rows), *keys]
    if isinstance(screen, MonthScreen):
        return [screen.heading.question.text(), *(key.text() for key in screen.months)]
    heading = getattr(screen, "heading", None)
    return [heading.question.text() if heading else screen.start.text()]  # type: ignore[attr-defined]


@pytest.fixture
def spoken_in() -> Iterator[list[Languages]]:
    """What has chosen a language; once its window is closed, the program speaks English again."""
    chosen: list[Languages] = []
    yield chosen
    for languages in chosen:
        languages.choose("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_every_page_can_be_listened_to(
    spoken_in: list[Languages], make_kiosk: MakeKiosk, language: str
) -> None:
    voice = FakeVoice(*LANGUAGES)
    kiosk = make_kiosk(comfort=Comfort(language=language), voice=voice)
    spoken_in.append(kiosk.window._languages)
    kiosk.window._language_picked = True  # or the patient's own would be spoken
    kinds: set[type[Screen]] = set()
    for screen in pages.walk(kiosk):
        kinds.add(type(screen))
        if isinstance(screen, SILENT):
            assert not screen.can_listen
            continue
        assert screen.can_listen, type(screen).__name__
        read = flat(aloud(screen, kiosk.window._state))
        for words in words_of(screen, kiosk.window._state):
            assert flat(words) in read, f"{type(screen).__name__}: {read}"
    expected = {NumberScreen, ChoiceScreen, StatementsScreen, PickScreen, BodyMapScreen}
    assert expected | {ReviewScreen, MessageScreen, MonthScreen, LastCall} <= kinds


@pytest.fixture
def voice() -> FakeVoice:
    return FakeVoice("en", "de")


@pytest.fixture
def kiosk(make_kiosk: MakeKiosk, voice: FakeVoice) -> Kiosk:
    return make_kiosk(day=60, voice=voice)


def test_that_a_score_is_read_with_what_its_ends_mean(kiosk: Kiosk) -> None:
    kiosk.begin()
    go_to_pain(kiosk)
    state = kiosk.window._state
    assert isinstance(state, NumberState)
    read = aloud(kiosk.screen, state)
    assert read.startswith(state.frame.question)
    assert f"0 means: {state.low}." in read
    assert f"10 means: {state.high}." in read


def test_that_the_answer_that_was_given_is_not_read(kiosk: Kiosk) -> None:
    kiosk.begin()
    go_to_pain(kiosk)
    kiosk.touch(kiosk.screen.keys[9])
    assert "9" in kiosk.screen.heading.hint.text()
    assert "9" not in spoken(kiosk)


def test_that_no_page_is_read_otherwise_once_it_was_answered(kiosk: Kiosk) -> None:
    kiosk.begin()
    guide = kiosk.guide
    for form, day in pages.DAYS:
        for visit in pages.visits(guide._visit, form, day):
            guide._visit = visit
            guide._show_page()
            before = spoken_but_denial(kiosk)
            if not isinstance(kiosk.screen, BodyMapScreen | NumberScreen | ReviewScreen):
                # of those the next tests and the last one tell
                guide._visit = pages.answered(visit)
                guide._show_page()
                assert spoken_but_denial(kiosk) == before


def spoken(kiosk: Kiosk) -> str:
    return aloud(kiosk.screen, kiosk.window._state)


def spoken_but_denial(kiosk: Kiosk) -> str:
    """Without the key "None of these", which is "None of the others" once a key was touched."""
    denial = (
        kiosk.screen.denial.text()
        if isinstance(kiosk.screen, PickScreen | StatementsScreen)
        else ""
    )
    return spoken(kiosk).removesuffix(".").removesuffix(denial)


def test_that_the_place_that_is_numb_is_not_read(kiosk: Kiosk) -> None:
    kiosk.begin()
    go_to_map(kiosk)
    place = kiosk.screen.drawing.places[0]
    name = kiosk.window._state.names[place]
    kiosk.screen.drawing.touched.emit(place)
    assert name in kiosk.screen.name.text()
    assert name not in spoken(kiosk)


def test_that_the_review_is_read_without_its_answers(kiosk: Kiosk) -> None:
    kiosk.begin()
    kiosk.go_to_review()
    state = kiosk.window._state
    assert spoken(kiosk) == state.frame.question


def test_that_no_name_and_no_digit_that_was_typed_is_read(kiosk: Kiosk) -> None:
    kiosk.touch(kiosk.screen.start)
    kiosk.touch(kiosk.screen.number)
    kiosk.type_identity("1001", "17", "1970")
    assert not any(digits in spoken(kiosk) for digits in ("1001", "17", "1970"))
    kiosk.touch(kiosk.screen.next)
    kiosk.wait_for_answer()
    assert shows(kiosk, Confirm)
    assert "Adalind" in kiosk.screen.title.text() + kiosk.screen.text.text()
    assert "Adalind" not in spoken(kiosk)
    assert "May" not in spoken(kiosk)


# ---------------------------------------------------------------------------- the key


def test_that_listen_reads_the_page_in_its_language(kiosk: Kiosk, voice: FakeVoice) -> None:
    kiosk.touch(kiosk.screen.listen)
    assert voice.said == [(spoken(kiosk), "en")]
    assert voice.is_speaking


def test_that_a_second_touch_stops_it(kiosk: Kiosk, voice: FakeVoice) -> None:
    kiosk.touch(kiosk.screen.listen)
    kiosk.touch(kiosk.screen.listen)
    assert not voice.is_speaking
    assert len(voice.said) == 1
    kiosk.touch(kiosk.screen.listen)
    assert len(voice.said) == 2


def test_that_a_page_turn_stops_it(kiosk: Kiosk, voice: FakeVoice) -> None:
    kiosk.touch(kiosk.screen.listen)
    kiosk.touch(kiosk.screen.start)
    assert not voice.is_speaking


def test_that_an_answer_does_not_stop_it(kiosk: Kiosk, voice: FakeVoice) -> None:
    kiosk.begin()
    go_to_pain(kiosk)
    kiosk.touch(kiosk.screen.listen)
    kiosk.touch(kiosk.screen.keys[2])
    assert voice.is_speaking


def test_that_the_countdown_stops_it(kiosk: Kiosk, voice: FakeVoice) -> None:
    kiosk.begin()
    kiosk.touch(kiosk.screen.listen)
    kiosk.window.idle.timeout.emit()
    assert isinstance(kiosk.screen, LastCall)
    assert not voice.is_speaking


def test_that_another_language_stops_it(kiosk: Kiosk, voice: FakeVoice) -> None:
    kiosk.touch(kiosk.screen.listen)
    kiosk.window.change_comfort(Comfort(language="de"))
    assert not voice.is_speaking


def test_that_a_window_that_goes_away_is_silent(kiosk: Kiosk, voice: FakeVoice) -> None:
    kiosk.touch(kiosk.screen.listen)
    kiosk.window.hide()
    assert not voice.is_speaking


def test_that_there_is_no_key_in_a_language_without_a_voice(kiosk: Kiosk) -> None:
    kiosk.touch(kiosk.screen.start)
    assert kiosk.screen.listen.isVisible()
    kiosk.window.change_comfort(Comfort(language="fr"))
    assert not kiosk.screen.listen.isVisible()
    kiosk.window.change_comfort(Comfort(language="de"))
    assert kiosk.screen.listen.isVisible()


def test_that_there_is_no_key_where_sound_is_off(kiosk: Kiosk) -> None:
    kiosk.touch(kiosk.screen.start)
    kiosk.window.change_comfort(Comfort(sound=False))
    assert not kiosk.screen.listen.isVisible()


def test_that_sound_can_only_be_chosen_where_there_is_a_voice(
    kiosk: Kiosk, make_kiosk: MakeKiosk
) -> None:
    kiosk.touch(kiosk.screen.comfort_key)
    assert kiosk.screen.sounds[True].isVisible()
    silent = make_kiosk()
    silent.touch(silent.screen.comfort_key)
    assert not silent.screen.sounds[True].isVisible()


def test_that_a_voice_that_is_found_later_is_offered_on_the_same_page(
    make_kiosk: MakeKiosk,
) -> None:
    voice = FakeVoice()
    kiosk = make_kiosk(voice=voice)
    assert not kiosk.screen.listen.isVisible()
    voice.languages = frozenset({"en"})
    voice.changed.emit()
    assert kiosk.screen.listen.isVisible()


def test_that_the_page_itself_has_the_same_words_for_a_screen_reader(kiosk: Kiosk) -> None:
    kiosk.begin()
    go_to_pain(kiosk)
    assert kiosk.screen.accessibleName() == spoken(kiosk)
