"""Keyed digests: what is kept in the place of a number or a code that somebody could use."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from monitor.services.ports import Guessed, Work

PEPPER = "pepper"
"""The name under which the clinic's key is kept."""


def digest(work: Work, kind: Guessed, text: str) -> str:
    """What stands for a text: 64 hexadecimal digits, the same each time, of this clinic alone.

    Without the clinic's key, which is made at random when it is first needed, nobody can find
    the text by trying them all. Needs a unit of work that may write.
    """
    pepper = work.secrets.get(PEPPER)
    if not pepper:
        pepper = secrets.token_hex(32)
        work.secrets.set(PEPPER, pepper)
    return hmac.digest(bytes.fromhex(pepper), f"{kind}:{text}".encode(), hashlib.sha256).hex()
