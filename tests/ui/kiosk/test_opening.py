"""The page that is seen while the kiosk is loaded."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QTextDocumentFragment
from pytestqt.qtbot import QtBot

from monitor.ui.kiosk.opening import Opening
from monitor.ui.shared.theme import Theme


@pytest.mark.parametrize(
    "name",
    [
        "Sample clinic",
        "Neck & Spine <North>",
        "<b>Bold</b> &amp; more",
        "Клиника позвоночника",
        "مركز العمود الفقري",
    ],
)
def test_that_it_says_the_clinics_name_as_it_is(qtbot: QtBot, theme: Theme, name: str) -> None:
    opening = Opening(theme, name, full_screen=False)
    qtbot.addWidget(opening)
    assert QTextDocumentFragment.fromHtml(opening.text()).toPlainText() == name


def test_that_a_long_name_is_wrapped_and_not_cut(qtbot: QtBot, theme: Theme) -> None:
    opening = Opening(
        theme, "Institute of the cervical spine and its nerves, " * 3, full_screen=False
    )
    qtbot.addWidget(opening)
    opening.open()
    assert opening.heightForWidth(opening.width()) <= opening.height()
    assert opening.minimumSizeHint().width() <= opening.width()


def test_that_its_ground_is_that_of_the_pages_to_come(qtbot: QtBot, theme: Theme) -> None:
    opening = Opening(theme, "Sample clinic", full_screen=False)
    qtbot.addWidget(opening)
    opening.open()
    corner = opening.grab().toImage().pixelColor(0, 0)
    assert corner.name() == theme.on_face("kiosk").paper.lower()
