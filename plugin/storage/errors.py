"""The database's errors in the core's terms, and what can be wrong with sealed content (an operator's matter)."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError

from plugin.domain.errors import Conflict, DomainError, NotFound
from plugin.ports.errors import Unavailable


class CannotOpen(Exception):
    """Sealed content does not open: a key is missing from the ring, is the wrong one, or the content was altered."""


class BadKeyRing(Exception):
    """The app's key ring cannot be used; the message says why and never shows a key."""


@contextmanager
def translated_errors() -> Iterator[None]:
    """Raises `Conflict`, `NotFound` or `Unavailable` for what the database refuses."""
    try:
        yield
    except IntegrityError as error:
        raise _broken_constraint(error) from error
    except (OperationalError, InterfaceError) as error:
        raise Unavailable(f"database: {_reason(error)}") from error


def _broken_constraint(error: IntegrityError) -> DomainError:
    """A missing parent row is another merchant's or nobody's; anything else is on record already."""
    is_parent_missing = "foreign key" in _reason(error).casefold()
    return NotFound({"what": "parent"}) if is_parent_missing else Conflict({"what": "row"})


def _reason(error: DBAPIError) -> str:
    return (str(error.orig).splitlines() or [type(error.orig).__name__])[0]
