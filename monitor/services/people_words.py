"""Guesses what the columns of a clinic's own list are, and says where it cannot know."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import get_args

from monitor.domain.folding import folded
from monitor.domain.protocol import Protocol
from monitor.services.people_list import (
    BOTH_SIDES,
    CODED,
    DATES,
    UNSAID,
    Field,
    Order,
    PeopleFile,
)

_HEADERS: Mapping[Field, str] = {
    "number": "number|nr|patient number|patient no|patient id|pid|mrn|medical record number|id|no|"
    "case number|chart number|numero|numero de paciente|numero paciente|nhc|historia|"
    "numero de historia|n patient|numero patient|numero du patient|no patient|ipp|dossier|nummer|"
    "patientennummer|patientennr|patienten nr|pat nr|patnr|patienten id|fallnummer",
    "family_name": "family name|last name|lastname|surname|apellido|apellidos|"
    "nom|nom de famille|nachname|familienname|name",
    "given_name": "given name|first name|firstname|forename|nombre|nombre de pila|prenom|prenoms|"
    "vorname|vornamen",
    "birth_date": "date of birth|birth date|birthdate|birthday|dob|born|fecha de nacimiento|"
    "nacimiento|f nac|fecha nac|date de naissance|naissance|ddn|ne le|geburtsdatum|geburtstag|"
    "geb datum|gebdat|geb|geboren",
    "sex": "sex|gender|sexo|genero|sexe|geschlecht",
    "phone": "phone|telephone|tel|mobile|cell|phone number|telefono|movil|numero de telefono|"
    "portable|telefon|handy|telefonnummer|mobil",
    "language": "language|spoken language|lang|idioma|lengua|langue|sprache",
    "remark": "remark|remarks|note|notes|comment|comments|observaciones|nota|notas|comentario|"
    "remarque|remarques|commentaire|bemerkung|bemerkungen|kommentar|notiz|hinweis",
    "date": "procedure date|date of procedure|surgery date|operation date|op date|treatment date|"
    "intervention date|date|fecha|fecha de intervencion|fecha del procedimiento|fecha operacion|"
    "fecha de operacion|date intervention|date d intervention|date de l intervention|"
    "date operation|eingriffsdatum|op datum|operationsdatum|datum|behandlungsdatum",
    "profile": "procedure|profile|operation|surgery|treatment|intervention|procedure type|"
    "procedimiento|intervencion|operacion|tratamiento|acte|traitement|type d intervention|"
    "eingriff|verfahren|behandlung|prozedur|op",
    "levels": "level|levels|root|roots|segment|segments|nivel|niveles|raiz|raices|niveau|niveaux|"
    "racine|racines|hohe|hohen|wurzel|wurzeln|segmente|etage",
    "side": "side|laterality|lado|lateralidad|cote|lateralite|seite",
    "operator": "operator|surgeon|physician|doctor|performed by|operador|cirujano|medico|"
    "operateur|chirurgien|medecin|operateur|arzt|operateurin|chirurg|arztin|behandler",
    "implant": "implant|implanted|implante|implantat",
}  # fmt: skip

_SEXES: Mapping[str, str] = {
    "female": "f|female|woman|w|weiblich|frau|femme|feminin|femenino|mujer|fem",
    "male": "m|male|man|mannlich|mann|homme|masculin|masculino|hombre|h|masc",
    "other": "other|x|d|divers|diverse|autre|otro|otra|non binary|nonbinary",
    UNSAID: "|unknown|u|unbekannt|inconnu|desconocido|not said",
}
_SIDES: Mapping[str, str] = {
    "left": "l|left|li|links|linke|gauche|g|izquierda|izquierdo|izq|i|lt|sin",
    "right": "r|right|re|rechts|rechte|droite|droit|d|derecha|derecho|der|rt|dx",
    BOTH_SIDES: "b|both|both sides|bilateral|bds|beidseits|beidseitig|beide|bilateral|bilaterale|"
    "les deux|ambos|ambos lados|lr|rl|l r|r l",
}
_YES_NO: Mapping[str, str] = {
    "yes": "yes|y|true|1|ja|j|oui|o|si|s|x|wahr|vrai|verdadero",
    "no": "|no|n|false|0|nein|non|falsch|faux|falso",
}
_LANGUAGES: Mapping[str, str] = {
    "en": "|en|eng|english|englisch|anglais|ingles",
    "de": "de|deu|ger|german|deutsch|allemand|aleman",
    "es": "es|spa|spanish|espanol|castellano|spanisch|espagnol",
    "fr": "fr|fra|fre|french|francais|franzosisch|frances",
    "ar": "ar|ara|arabic|arabisch|arabe|العربية|عربي",
}

_PARTS = re.compile(r"(\d{1,4})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{1,4})")
_MIDNIGHT = re.compile(r"[T ]0{1,2}:00(:00(\.0+)?)?Z?$")
"""What programs write behind a date that has no time."""


def folded_value(text: str) -> str:
    """What two ways of writing a word of a file have in common."""
    return folded(text)


def columns_of(header: Iterable[str]) -> dict[Field, int]:
    """The column of each field, where its name says so; no column stands for two."""
    names = [folded(name) for name in header]
    found: dict[Field, int] = {}
    for is_fit in (_is_it, _speaks_of_it):
        for field in get_args(Field):
            free = (n for n, name in enumerate(names) if n not in found.values() and name)
            fitting = (n for n in free if is_fit(field, names[n]))
            if field not in found and (first := next(fitting, None)) is not None:
                found[field] = first
    return found


def _is_it(field: Field, name: str) -> bool:
    return name in _HEADERS[field].split("|")


def _speaks_of_it(field: Field, name: str) -> bool:
    """Whether the name of a column has a phrase of the field in it: "Patient: last name"."""
    phrases = (phrase for phrase in _HEADERS[field].split("|") if len(phrase) > _LEAST_LETTERS)
    return any(f" {phrase} " in f" {name} " for phrase in phrases)


_LEAST_LETTERS = 3
"""A phrase that is not longer says nothing inside a longer name."""


def date_in(text: str, order: Order) -> dt.date | None:
    """The date that a cell says, None where it is none in that order of day, month and year.

    A year has four digits; where it stands first, the month follows in every country. Between
    dots the day is first everywhere.
    """
    parts = _PARTS.fullmatch(_MIDNIGHT.sub("", text.strip()))
    if parts is None:
        return None
    first, second, third = parts.groups()
    if len(first) == 4:
        year, month, day = first, second, third
    elif order == "dmy":
        day, month, year = first, second, third
    elif order == "mdy" and "." not in text:
        month, day, year = first, second, third
    else:
        return None
    if len(year) != 4 or len(day) > 2:
        return None
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def orders_of(people: PeopleFile, columns: Mapping[Field, int]) -> tuple[Order, ...]:
    """In which orders the dates of a file may be written; one, if all of it leaves no doubt.

    There is doubt where both orders could be meant (3/4/1970 alone), and where some dates can
    only be of the one and some only of the other.
    """
    cells = [cell for field in DATES if field in columns for cell in people.values(columns[field])]
    can: dict[Order, set[str]] = {
        order: {cell for cell in cells if date_in(cell, order)} for order in get_args(Order)
    }
    if not can["dmy"] | can["mdy"] or can["dmy"] == can["mdy"] == can["ymd"]:
        return ("ymd",)
    only_day_first, only_month_first = can["dmy"] - can["mdy"], can["mdy"] - can["dmy"]
    if only_day_first and not only_month_first:
        return ("dmy",)
    if only_month_first and not only_day_first:
        return ("mdy",)
    return ("dmy", "mdy")


def choices_of(field: Field, protocol: Protocol) -> tuple[str, ...]:
    """What the words of a coded field may stand for."""
    return {
        "sex": tuple(_SEXES),
        "language": tuple(protocol.words),
        "profile": tuple(protocol.profiles),
        "side": tuple(_SIDES),
        "implant": tuple(_YES_NO),
    }[field]


def codes_of(
    people: PeopleFile, columns: Mapping[Field, int], protocol: Protocol
) -> dict[Field, dict[str, str]]:
    """What the words in the file stand for; "" for a word that nobody here knows."""
    found: dict[Field, dict[str, str]] = {}
    for field in CODED:
        if field not in columns:
            continue
        known = dict(_known_words(field, protocol))
        words = dict.fromkeys(_words_in(people, columns, field))
        if field == "sex" and "h" in words:  # hombre and mujer, or homme: M can be either
            known.pop("m")
        found[field] = {word: known.get(word, "") for word in words}
    return found


def _words_in(people: PeopleFile, columns: Mapping[Field, int], field: Field) -> Iterator[str]:
    """Every word of a column; a row without a procedure has no empty ones about it."""
    about = [columns[one] for one in ("date", "profile") if one in columns]
    for row in people.rows:
        if row.problem:
            continue
        word = folded_value(row.cells[columns[field]])
        is_of_procedure = field in ("profile", "side", "implant")
        if word or not is_of_procedure or any(row.cells[column] for column in about):
            yield word


def _known_words(field: Field, protocol: Protocol) -> Iterator[tuple[str, str]]:
    if field == "profile":
        for profile in protocol.profiles:
            yield folded_value(profile), profile
            for words in protocol.words.values():
                for key in ("name", "short"):
                    yield folded_value(words.get(f"profile.{profile}.{key}", profile)), profile
        return
    tables = {"sex": _SEXES, "side": _SIDES, "implant": _YES_NO, "language": _LANGUAGES}
    for code in choices_of(field, protocol):
        for word in tables[field].get(code, code).split("|"):
            yield folded_value(word), code
