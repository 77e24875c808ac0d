"""Reads the people of the demo clinic from their file."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import TypeAdapter

from monitor.services.demo import DemoPlan

_PLAN = TypeAdapter(DemoPlan)


def read_demo(path: Path) -> DemoPlan:
    """Read the demo's file; it ships with the program, so a fault in it is a bug."""
    return _PLAN.validate_python(tomllib.loads(path.read_text(encoding="utf-8")))
