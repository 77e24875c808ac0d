"""Both stores, empty, for the contract; and the real one for what only a file can do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.services.ports import Store, Work
from monitor.storage.store import SqliteStore
from tests.builders import enrol
from tests.fakes import FakeStore


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A new, empty database file."""
    path = tmp_path / "rootwatch.db"
    SqliteStore.create(path, durable=False).close()
    return path


@pytest.fixture
def sqlite_store(database: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(database, durable=False)
    yield store
    store.close()


@pytest.fixture(params=["fake", "sqlite"])
def store(request: pytest.FixtureRequest) -> Store:
    """Each kind of store in turn."""
    if request.param == "fake":
        return FakeStore()
    sqlite: SqliteStore = request.getfixturevalue("sqlite_store")
    return sqlite


@pytest.fixture
def work(store: Store) -> Iterator[Work]:
    """An open unit of work in which patients and episodes 1 and 2 are enrolled."""
    with store.begin() as work:
        enrol(work)
        yield work
