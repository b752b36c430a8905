"""What the data map says of a table or of a kind of file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from plugin.domain.retention import Kept, Swept


class Holds(StrEnum):
    """What a column holds of people."""

    PLAIN = "plain"
    """Nothing about anybody."""
    LINKED = "linked"
    """Something about somebody whom only an id names; nobody's once their key is destroyed."""
    PERSON = "person"
    """Personal, sealed under the person's own key: gone with it."""
    MERCHANT = "merchant"
    """Personal, sealed under the merchant's key: erasing a person looks for it and removes it."""
    CLEAR = "clear"
    """Personal and readable; the map says why."""
    KEYS = "keys"
    """A key, a password, or what stands for one."""


class Basis(StrEnum):
    """Why it may be kept (GDPR art. 6(1))."""

    CONTRACT = "contract, art. 6(1)(b)"
    OBLIGATION = "legal obligation, art. 6(1)(c)"
    INTEREST = "legitimate interest, art. 6(1)(f)"
    NONE = "nothing personal"


@dataclass(frozen=True, slots=True)
class Mapped:
    """A table: what for, on what basis, how long, read by whom; its columns by what they hold, blanks between.

    `merchant_id` is part of each and named in none. `clear`: column -> why it can be read.
    """

    purpose: str
    basis: Basis
    kept: tuple[Kept | Swept, ...]
    readers: str
    person: str = ""
    merchant: str = ""
    linked: str = ""
    keys: str = ""
    plain: str = ""
    clear: Mapping[str, str] = field(default_factory=dict)

    def columns(self) -> Iterator[tuple[str, Holds]]:
        """Every column that is mapped, with what it holds."""
        for holds in (Holds.PERSON, Holds.MERCHANT, Holds.LINKED, Holds.KEYS, Holds.PLAIN):
            for name in str(getattr(self, holds.value)).split():
                yield name, holds
        for name in self.clear:
            yield name, Holds.CLEAR


@dataclass(frozen=True, slots=True)
class MappedFiles:
    """A kind of file: where it lies below `AFTERCARE_HOME` (a glob), what is in it, and who can open it."""

    where: str
    holds: str
    sealed: str
    kept: str
    is_personal: bool = True
