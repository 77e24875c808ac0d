"""The languages of the kiosk: which there are, and which of them its words are in now.

All that makes a language is in its file of Qt Linguist, its own name and its locale included, so
one is added without a change of code (docs/translating.md).
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QLocale, Qt, QTranslator

ENGLISH = "en"
"""The language of the words in the source, which needs no file."""

PREFIX = "rootwatch_"

CONTEXT = "Languages"
#: The name of the language, in the language itself.
NAME = str(QT_TRANSLATE_NOOP("Languages", "English"))
#: Language and territory that say how days and months are called. Their digits must be 0 to 9.
LOCALE = str(QT_TRANSLATE_NOOP("Languages", "en_GB"))


class LanguageFault(Exception):
    """A compiled language that cannot be read."""


class Languages:
    """English and the languages that are compiled in a folder as `rootwatch_<code>.qm`.

    None is chosen at first: the names of days are those of the machine's language.
    Refuses with LanguageFault a file that cannot be read.
    """

    _installed: ClassVar[QTranslator | None] = None
    """Of the whole application: the last choice holds, whoever made it."""

    def __init__(self, folder: Path) -> None:
        self._translators: dict[str, QTranslator] = {}
        self._read: list[bytes] = []  # Qt reads on in them, and would in a file that is replaced
        for file in folder.glob(f"{PREFIX}*.qm"):
            translator = QTranslator()
            self._read.append(file.read_bytes())
            if not translator.load(self._read[-1]):
                raise LanguageFault(f"the language {file.name} cannot be read")
            self._translators[file.stem.removeprefix(PREFIX)] = translator

    def codes(self) -> tuple[str, ...]:
        """English, then the others in the order of their own names."""
        return (ENGLISH, *sorted(self._translators, key=self.name))

    def name(self, code: str) -> str:
        """What a language is called in itself."""
        return self._said(code, NAME)

    def is_right_to_left(self, code: str) -> bool:
        """Whether its lines begin on the right."""
        direction = QLocale(self._said(code, LOCALE)).textDirection()
        return direction == Qt.LayoutDirection.RightToLeft

    def choose(self, code: str) -> None:
        """Let the program speak a language; the screens made from now on do.

        The names of days and months go with it, as QLocale() gives them.
        """
        if Languages._installed is not None:
            QCoreApplication.removeTranslator(Languages._installed)
        Languages._installed = None if code == ENGLISH else self._translators[code]
        if Languages._installed is not None:
            QCoreApplication.installTranslator(Languages._installed)
        QLocale.setDefault(QLocale(self._said(code, LOCALE)))

    def _said(self, code: str, english: str) -> str:
        """What the file of a language says for one of the two facts above."""
        translator = self._translators[code] if code != ENGLISH else None
        return (translator and translator.translate(CONTEXT, english)) or english
