"""What services refuse with. Apart from the other ports: the command line needs it at every start.

Nothing is imported here, so that a kiosk is painted before anything is loaded that can refuse.
"""

from __future__ import annotations


class Refusal(Exception):
    """Something a person can put right. `code` names it, `details` fill its sentence."""

    def __init__(self, code: str, **details: str) -> None:
        super().__init__(code, details)
        self.code = code
        self.details = details


class Unavailable(Exception):
    """The store cannot be reached or written now (disk full, locked, gone, newer schema)."""


class Conflict(Refusal):
    """Somebody or something else was first: a stale version, or an id used for other content."""
