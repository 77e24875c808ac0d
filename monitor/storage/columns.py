"""Kinds of column: instants and dates as text that sorts in order of time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa


class Instant(sa.TypeDecorator[dt.datetime]):
    """An aware instant; comes back aware, in UTC. Refuses one without a zone (ValueError)."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Any) -> str | None:
        if value is not None and value.tzinfo is None:
            raise ValueError(f"an instant needs a time zone: {value.isoformat()}")
        # all with six decimals and the same offset, or text would not sort in order of time
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds") if value else None

    def process_result_value(self, value: str | None, dialect: Any) -> dt.datetime | None:
        return dt.datetime.fromisoformat(value) if value else None


class Date(sa.TypeDecorator[dt.date]):
    """A calendar date as ISO text."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: dt.date | None, dialect: Any) -> str | None:
        return value.isoformat() if value else None

    def process_result_value(self, value: str | None, dialect: Any) -> dt.date | None:
        return dt.date.fromisoformat(value) if value else None
