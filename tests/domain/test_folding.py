"""Names as they are compared and searched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from monitor.domain.folding import MOST_LETTERS, MOST_WORDS, digits, folded, folded_number, sought


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Núñez-Ø’Hara", "nunez o hara"),
        ("  GROSSMANN\t", "grossmann"),
        ("Großmann", "grossmann"),
        ("Łukasz Đorđe Æsir Œuvre", "lukasz dorde aesir oeuvre"),
        ("İnci Işık", "inci isik"),
        ("ﬁ Ⅳ ２", "fi iv 2"),
        ("مُحَمَّد", "محمد"),
        ("%_'\"\\", ""),
    ],
)
def test_that_accents_capitals_and_signs_make_no_difference(text: str, expected: str) -> None:
    assert folded(text) == expected


@given(text=some.text())
def test_that_what_is_folded_has_only_letters_digits_and_single_spaces(text: str) -> None:
    words = folded(text).split(" ")
    assert words == [""] or all(word.isalnum() for word in words)


def test_that_a_phone_number_is_its_digits() -> None:
    assert digits("+44 (0)20-79") == "4402079"
    assert digits("٤٤ ext.") == ""


def test_that_a_clinic_number_is_searched_without_its_signs() -> None:
    assert folded_number("A-17 b") == "a17b"


def test_that_each_word_is_sought_once_and_a_pasted_letter_not_whole() -> None:
    assert sought(["Núñez-Hara", "hara", "%", "ana"]) == ("nunez", "hara", "ana")
    assert sought([" ".join(map(str, range(1000)))]) == tuple(map(str, range(MOST_WORDS)))
    assert sought(["a" * 1000]) == ("a" * MOST_LETTERS,)
