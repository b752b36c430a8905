"""Column types that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Dialect, LargeBinary, Text
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.types import TypeDecorator, TypeEngine

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

Key = Text().with_variant(Text(collation="C"), "postgresql")
"""Identifiers and search keys: compared byte by byte, so that ranges and prefixes mean the same everywhere."""


class Blob(LargeBinary):
    """Bytes. Both drivers take and give `bytes`; SQLAlchemy's wrapping of each value costs 4 µs for nothing."""

    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> None:
        """Pass on as is."""

    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        """Pass on as is."""


class Instant(TypeDecorator[datetime]):
    """An instant, aware UTC in and out, to the microsecond: `timestamptz`, on SQLite microseconds since 1970.

    SQLite has no instants, and texts with differing precision or offset do not sort; integers do.
    """

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """`timestamptz` on PostgreSQL, an integer on SQLite."""
        return dialect.type_descriptor(TIMESTAMP(timezone=True) if dialect.name == "postgresql" else BigInteger())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | int | None:
        """Refuse a naive value rather than guess its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs an offset")
        return value if dialect.name == "postgresql" else microseconds(value)

    def process_result_value(self, value: datetime | int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's own signature
        """Aware UTC."""
        if value is None:
            return None
        return from_microseconds(value) if isinstance(value, int) else value.astimezone(UTC)


def microseconds(value: datetime) -> int:
    """Microseconds since 1970 of an aware instant, exact."""
    return (value - _EPOCH) // _MICROSECOND


def from_microseconds(value: int) -> datetime:
    """The instant, aware UTC."""
    return _EPOCH + timedelta(microseconds=value)
