"""What the collections share: asking, and writing with refusals in our words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from monitor.services.ports import Refusal
from monitor.storage import rows

NO_PARENT = "FOREIGN KEY constraint failed"
"""What the database says of a row that names one of another table that is not there.

It says the same of a row that is to go while another names it.
"""


def taken(*columns: sa.Column[Any]) -> str:
    """What the database says of a row whose values in `columns` are in use already."""
    return f"UNIQUE constraint failed: {', '.join(map(str, columns))}"


class Collection:
    """What the collections share: asking, and writing with the database's refusals in our words."""

    def __init__(self, connection: sa.Connection, *, writable: bool) -> None:
        self._connection = connection
        self._writable = writable

    def _all(self, question: sa.Select[Any]) -> Sequence[sa.RowMapping]:
        return self._connection.execute(question).mappings().all()

    def _first(self, question: sa.Select[Any]) -> sa.RowMapping | None:
        return self._connection.execute(question).mappings().first()

    def _last(self, table: sa.Table) -> sa.RowMapping | None:
        """The row that was added last to a table whose rows are numbered in `sequence`."""
        column = table.c.sequence
        last = sa.select(sa.func.max(column)).scalar_subquery()
        return self._first(sa.select(table).where(column == last))

    def _write(
        self,
        statement: sa.Executable,
        values: Sequence[Mapping[str, Any]] | Mapping[str, Any] | None = None,
        refusals: Mapping[str, Refusal] | None = None,
    ) -> int:
        """Return how many rows were written; refusals: what to raise, by what the database says."""
        if not self._writable:
            raise RuntimeError("this unit of work only reads")
        try:
            return self._connection.execute(statement, values).rowcount
        except sa.exc.IntegrityError as error:
            # by its words, as the driver gives no finer code than "constraint"
            refusal = (refusals or {}).get(str(error.orig))
            if refusal is None:
                raise
            raise refusal from error


def apart(found: Iterable[Sequence[Any]], *parts: sa.Table) -> Iterator[list[rows.Row]]:
    """Joined rows as one row a table; tables share column names, so each takes its stretch."""
    stretches, start = [], 0
    for table in parts:
        names = table.c.keys()
        stretches.append((names, slice(start, start := start + len(names))))
    for row in found:
        yield [dict(zip(names, row[own], strict=True)) for names, own in stretches]
