"""A clinic in memory and the same on a file, for verbs whose SQL matters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.storage.store import SqliteStore
from tests.services.clinics import Practice


@pytest.fixture(params=["memory", "file"])
def anywhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Practice]:
    """A clinic in each kind of store in turn."""
    practice = Practice()
    if request.param == "memory":
        yield practice
        return
    path = tmp_path / "rootwatch.db"
    SqliteStore.create(path, durable=False).close()
    store = SqliteStore(path, durable=False)
    practice.keeps_in(store)
    yield practice
    store.close()
