"""New identifiers, given to the core as values."""

from typing import Protocol


class Ids(Protocol):
    """Makes identifiers that nobody can guess and that sort by the time they were made."""

    def new(self) -> str:
        """A new identifier: lower-case letters and digits."""
        ...
