"""Every page can be touched and read: in every language and text size, on the least panels.

What a panel is made of is taken from its millimetres, not from what the program believes.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from monitor.ui.kiosk.comfort import CAPITALS_MM, Comfort
from monitor.ui.kiosk.gallery import SCREENS
from monitor.ui.kiosk.measures import Measures
from monitor.ui.kiosk.screens.body_drawing import BodyDrawing
from monitor.ui.kiosk.screens.comfort import ComfortState
from monitor.ui.kiosk.screens.frame import Screen
from monitor.ui.kiosk.screens.message import MessageState, StillThere
from monitor.ui.kiosk.screens.parts import FittedText, Key
from monitor.ui.kiosk.screens.rest import RestState
from monitor.ui.kiosk.window import LastCall
from monitor.ui.shared.languages import Languages
from monitor.ui.shared.theme import Theme
from tests.builders import episode, patient, procedure
from tests.fakes import FakeStore
from tests.ui.kiosk import pages
from tests.ui.kiosk.conftest import RESOURCES, Kiosk

MakeKiosk = Callable[..., Kiosk]

INCH_MM = 25.4
LEAST_GAP_MM = 3.0
LEAST_CAPITALS_MM = 3.5
INTER_CAPITALS = 0.727
"""The height of a capital letter of Inter, in ems."""


@dataclass(frozen=True)
class Panel:
    """A panel to hold: its pixels, its density, and the least side of what can be touched."""

    name: str
    size: QSize
    dpi: float
    target_mm: float

    def mm(self, pixels: float) -> float:
        return pixels / self.dpi * INCH_MM


SMALLEST = Panel("10.1 inch", QSize(1280, 800), 149.0, 16.0)
PANELS = (
    SMALLEST,
    Panel("13.3 inch", QSize(1920, 1080), 166.0, 20.0),
    Panel("21.5 inch", QSize(1920, 1080), 102.0, 20.0),
)
KINDS = sorted({*SCREENS.values(), LastCall}, key=lambda kind: kind.__name__)
TEXT_SIZES = range(len(CAPITALS_MM))
LARGEST = TEXT_SIZES[-1]

States = dict[type[Screen], list[Any]]


@pytest.fixture(scope="module")
def known() -> dict[str, States]:
    """The states of all pages by language, so that the way through the kiosk is gone once."""
    return {}


@pytest.fixture
def languages() -> Iterator[Languages]:
    languages = Languages(RESOURCES / "languages")
    yield languages
    languages.choose("en")


@pytest.fixture
def states_in(
    make_kiosk: MakeKiosk, known: dict[str, States], languages: Languages
) -> Callable[[str], States]:
    def states(language: str) -> States:
        languages.choose(language)
        if language not in known:
            store = store_of(language)
            known[language] = gathered(make_kiosk(store=store, comfort=Comfort(language=language)))
        return known[language]

    return states


def store_of(language: str) -> FakeStore:
    """A patient who speaks that language: whoever signs in is spoken to in their own."""
    store = FakeStore()
    with store.begin() as work:
        names = {"given_name": "Adalind", "family_name": "Eriksson"}
        work.patients.add(patient(1, **names, language=language))
        work.episodes.add(episode(1, procedure=procedure(profile="RF_DRG")))
        work.commit()
    return store


def gathered(kiosk: Kiosk) -> States:
    """What every screen has to show, each that looks different once."""
    found: dict[type[Screen], dict[str, Any]] = {}
    for screen in pages.walk(kiosk):
        state = kiosk.window._state
        if isinstance(screen, LastCall):
            state = StillThere(
                screen.title.text(), screen.text.text(), screen.go_on.text(), screen.second.text()
            )
        for shown in (state, *others_like(state)):
            found.setdefault(type(screen), {})[repr(looks_of(shown))] = shown
    return {kind: list(states.values()) for kind, states in found.items()}


def looks_of(state: Any) -> Any:
    """A state without what makes no difference to the layout."""
    frame = getattr(state, "frame", None)
    return replace(state, frame=replace(frame, number=1, count=9)) if frame else state


def others_like(state: Any) -> tuple[Any, ...]:
    """What a page shows at other times."""
    if isinstance(state, RestState):
        return (replace(state, can_save=False),)
    if isinstance(state, ComfortState):
        return (replace(state, voice_available=True, draft_translation=True),)
    return ()


class Stage(QWidget):
    """A window with one page, as large as a panel."""

    def __init__(
        self,
        panel: Panel,
        measures: Measures,
        kind: type[Screen],
        *,
        is_right_to_left: bool,
    ) -> None:
        super().__init__()
        self.resize(panel.size)
        self.page = kind(measures)
        self.page.setParent(self)
        self.page.resize(panel.size)
        self.page.can_listen = measures.comfort.sound
        right, left = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight
        self.setLayoutDirection(right if is_right_to_left else left)
        self.show()


def faults(page: Screen, panel: Panel) -> Iterator[str]:
    """What is wrong with a page, in words."""
    keys = list(touched(page))
    texts = list(read(page))
    for name, place in keys:
        yield from faults_of_key(name, place, page.rect(), panel)
    for drawing in page.findChildren(BodyDrawing):
        yield from faults_of_drawing(drawing, keys, page, panel)
    for (one, first), (other, second) in itertools.combinations(keys, 2):
        if (apart := panel.mm(distance(first, second))) < LEAST_GAP_MM - 0.01:
            yield f"{one} and {other} are only {apart:.1f} mm apart"
    for text in texts:
        yield from faults_of_text(text, page, panel)
    for text, key in itertools.product(texts, pages.touchable(page)):
        if text is not key and place_of(text, page).intersects(place_of(key, page)):
            yield f"{text.text()!r} and {key.accessibleName()} lie on each other"
    if page.findChildren(QAbstractScrollArea):
        yield "it scrolls"


def faults_of_key(name: str, place: QRect, whole: QRect, panel: Panel) -> Iterator[str]:
    wide, high = panel.mm(place.width()), panel.mm(place.height())
    if min(wide, high) < panel.target_mm - 0.01:
        yield f"{name} is only {wide:.1f} x {high:.1f} mm"
    if not whole.contains(place):
        yield f"{name} lies partly outside"
    if place.top() < whole.height() / 3:
        yield f"{name} begins {panel.mm(place.top()):.1f} mm from above, in the upper third"


def faults_of_drawing(
    drawing: BodyDrawing, keys: list[tuple[str, QRect]], page: Screen, panel: Panel
) -> Iterator[str]:
    """Its regions lie where they can be reached; how large they are, other tests tell."""
    corner = drawing.mapTo(page, QPointF())
    gap = LEAST_GAP_MM / INCH_MM * panel.dpi - 1
    for place, path in ((p, a) for p in drawing.places for a in drawing.areas_of(p)):
        region = path.translated(corner)
        if region.boundingRect().top() < page.height() / 3:
            yield f"{place} begins in the upper third"
        for name, key in keys:
            if region.intersects(key.toRectF().adjusted(-gap, -gap, gap, gap)):
                yield f"{place} and {name} lie too near"


def faults_of_text(text: FittedText | Key, page: Screen, panel: Panel) -> Iterator[str]:
    if not text.is_whole():
        yield f"{text.text()!r} is cut off"
    if not page.rect().contains(place_of(text, page)):
        yield f"{text.text()!r} lies partly outside"
    capitals = panel.mm(text._font().pixelSize() * INTER_CAPITALS)
    if capitals < LEAST_CAPITALS_MM - 0.01:
        yield f"{text.text()!r} has capitals of only {capitals:.2f} mm"


def touched(page: Screen) -> Iterator[tuple[str, QRect]]:
    """Whatever answers to a touch, which the keyboard can reach too, with where it lies."""
    for part in page.findChildren(QWidget):
        takes_focus = part.focusPolicy() != Qt.FocusPolicy.NoFocus
        if takes_focus and part.isVisibleTo(page) and not isinstance(part, BodyDrawing):
            yield part.accessibleName() or type(part).__name__, place_of(part, page)


def read(page: Screen) -> Iterator[FittedText | Key]:
    for part in page.findChildren(QWidget):
        if isinstance(part, FittedText | Key) and part.text() and part.isVisibleTo(page):
            yield part


def place_of(part: QWidget, page: Screen) -> QRect:
    return part.rect().translated(part.mapTo(page, part.rect().topLeft()))


def distance(one: QRect, other: QRect) -> int:
    """Pixels between two rectangles along the axis on which they are farther apart."""
    across = max(one.left(), other.left()) - min(one.right(), other.right()) - 1
    down = max(one.top(), other.top()) - min(one.bottom(), other.bottom()) - 1
    return max(across, down)


@dataclass
class Tour:
    """Looks at the pages of one kind, and keeps what is wrong."""

    kind: type[Screen]
    theme: Theme
    languages: Languages
    states_in: Callable[[str], States]

    def faults(self, codes: Iterable[str], panels: Iterable[Panel], looks: Any) -> set[str]:
        """`looks`: the comforts to look at, in each of the languages."""
        panels, looks = tuple(panels), tuple(looks)
        found: set[str] = set()
        for code in codes:
            states = self.states_in(code).get(self.kind, [])
            if not states:
                found.add(f"no way through the kiosk in {code} leads to {self.kind.__name__}")
            for panel, look in itertools.product(panels, looks):
                found |= set(self._on(panel, replace(look, language=code), states))
        return found

    def _on(self, panel: Panel, comfort: Comfort, states: list[Any]) -> Iterator[str]:
        measures = Measures.of(self.theme, panel.size, panel.dpi, comfort)
        is_right_to_left = self.languages.is_right_to_left(comfort.language)
        stage = Stage(panel, measures, self.kind, is_right_to_left=is_right_to_left)
        look = f"text {comfort.text_size + 1} of 4, {comfort.contrast}, {comfort.hand} hand"
        for state in states:
            stage.page.show(state)
            pages.lay_out()
            for fault in faults(stage.page, panel):
                page = f"{type(state).__name__} {title_of(state)!r}"
                yield f"{page} in {comfort.language} on {panel.name}, {look}: {fault}"
        stage.close()


def title_of(state: Any) -> str:
    if isinstance(state, MessageState):
        return state.title
    frame = getattr(state, "frame", None)
    return frame.question if frame else ""


@pytest.fixture
def tour(
    request: pytest.FixtureRequest,
    theme: Theme,
    languages: Languages,
    states_in: Callable[[str], States],
) -> Tour:
    return Tour(request.param, theme, languages, states_in)


EVERY_KIND = pytest.mark.parametrize(
    "tour", [pytest.param(kind, id=kind.__name__) for kind in KINDS], indirect=True
)


def check(found: set[str]) -> None:
    assert not found, "\n".join(sorted(found))


@EVERY_KIND
def test_that_the_largest_text_fits_the_smallest_panel(tour: Tour) -> None:
    check(tour.faults(["en"], [SMALLEST], [Comfort(text_size=LARGEST)]))


@pytest.mark.slow
@EVERY_KIND
def test_that_every_page_fits_in_every_language_and_size_on_every_panel(tour: Tour) -> None:
    looks = [Comfort(text_size=size) for size in TEXT_SIZES]
    check(tour.faults(tour.languages.codes(), PANELS, looks))


@pytest.mark.slow
@EVERY_KIND
def test_that_every_page_fits_for_a_left_hand_and_in_the_dark(tour: Tour) -> None:
    looks = [Comfort(hand="left", contrast="dark", sound=False)]
    check(tour.faults(tour.languages.codes(), PANELS, looks))
