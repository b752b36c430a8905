"""Declarations of withdrawal on record."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from plugin.domain.declaration import Declaration, Recent
from plugin.domain.ids import DeclarationId


class Declarations(Protocol):
    """What was declared; the words are sealed under the key of the person whose address they name."""

    def add(self, declaration: Declaration, *, form: str, caller: str) -> bool:
        """Record it. False, and nothing recorded, when this form was sent before.

        `form` names the page that was confirmed, `caller` whose requests count together; of it a keyed digest is kept.
        """
        ...

    def get(self, declaration: DeclarationId) -> Declaration:
        """Raises `UnknownDeclaration`."""
        ...

    def by_form(self, form: str) -> Declaration | None:
        """What was recorded from this form."""
        ...

    def save(self, declaration: Declaration) -> None:
        """Order, proof and units, compared by version; what was declared never changes. Raises `Conflict`."""
        ...

    def recent(self, declaration: Declaration, *, caller: str, since: datetime) -> Recent:
        """What else was declared since then to this address, by this caller, of this order."""
        ...

    def unopened(self, before: datetime, limit: int) -> Sequence[DeclarationId]:
        """Those that came before then, could be carried out, and have no claim; not those whose person was erased."""
        ...

    def set_aside(self, after: DeclarationId | None, limit: int) -> Sequence[Declaration]:
        """Those somebody took off the desk, oldest first; not those whose person was erased."""
        ...

    def waiting(self, after: DeclarationId | None, limit: int) -> Sequence[Declaration]:
        """Those somebody has to look at: without a proof or an order, or with a part nobody has read yet.

        Longest waiting first; not those that were set aside, nor whose person was erased.
        """
        ...
