"""Digests that nobody can turn back without the clinic's key."""

from __future__ import annotations

import hashlib
import hmac

from monitor.services import sealed
from monitor.services.ports import Guessed
from tests.services.clinics import Practice


def digest(practice: Practice, text: str, kind: Guessed = "code") -> str:
    with practice.store.begin() as work:
        found = sealed.digest(work, kind, text)
        work.commit()
    return found


def test_that_the_same_text_has_the_same_digest_and_another_another(anywhere: Practice) -> None:
    first = digest(anywhere, "123456")
    assert digest(anywhere, "123456") == first
    assert digest(anywhere, "123457") != first
    assert digest(anywhere, "123456", "number") != first


def test_that_another_clinic_makes_other_digests() -> None:
    assert digest(Practice(), "123456") != digest(Practice(), "123456")


def test_that_a_digest_is_keyed_and_not_a_plain_hash(anywhere: Practice) -> None:
    found = digest(anywhere, "123456")
    with anywhere.store.read() as work:
        pepper = bytes.fromhex(work.secrets.get("pepper"))
    assert len(pepper) == 32
    assert found == hmac.new(pepper, b"code:123456", hashlib.sha256).hexdigest()
