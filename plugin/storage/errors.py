"""The database's errors in the core's terms, and what can be wrong with sealed content (an operator's matter)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, InterfaceError, InternalError, OperationalError

from plugin.domain.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from plugin.ports.errors import Unavailable

_READ_ONLY = re.compile("read-?only")  # PostgreSQL and SQLite


class CannotOpen(Exception):
    """Sealed content does not open: a key is missing from the ring, is the wrong one, or the content was altered."""


class BadKeyRing(Exception):
    """The app's key ring cannot be used; the message says why and never shows a key."""


@contextmanager
def translated_errors() -> Iterator[None]:
    """Raises `Conflict`, `NotFound`, `Invalid`, `NotAllowed` (a write where only reading is allowed), `Unavailable`."""
    try:
        yield
    except IntegrityError as error:
        raise _broken_constraint(error) from error
    except DataError as error:  # PostgreSQL keeps no NUL in a text
        raise Invalid({"field": _reason(error)}) from error
    except (OperationalError, InterfaceError, InternalError) as error:
        if _READ_ONLY.search(_reason(error)):
            raise NotAllowed({"what": "write"}) from error
        raise Unavailable(f"database: {_reason(error)}") from error


def _broken_constraint(error: IntegrityError) -> DomainError:
    """A missing parent row is another merchant's or nobody's; anything else is on record already."""
    is_parent_missing = "foreign key" in _reason(error).casefold()
    return NotFound({"what": "parent"}) if is_parent_missing else Conflict({"what": "row"})


def _reason(error: DBAPIError) -> str:
    return (str(error.orig).splitlines() or [type(error.orig).__name__])[0]
