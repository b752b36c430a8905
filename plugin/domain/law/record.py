"""Reads one JSON object of the rulebook field by field; a wrong shape is named, never guessed around."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from plugin.domain.law.answers import Certainty
from plugin.domain.law.errors import BrokenRulebook
from plugin.domain.law.jurisdiction import Extra, Leaf

_CERTAINTY: Mapping[object, Certainty] = {
    True: Certainty.VERIFIED,
    "secondary": Certainty.SECONDARY,
    False: Certainty.UNVERIFIED,
}


class Record:
    """A JSON object of a data file, with the file it came from for the error."""

    __slots__ = ("_origin", "_raw")

    def __init__(self, raw: object, origin: str) -> None:
        if not isinstance(raw, Mapping):
            raise BrokenRulebook(origin, "(object)")
        self._raw: Mapping[str, object] = raw
        self._origin = origin

    def has(self, name: str) -> bool:
        """Whether the field is there and not null."""
        return self._raw.get(name) is not None

    def raw(self, name: str) -> object:
        """The field as JSON gave it, None when absent."""
        return self._raw.get(name)

    def text(self, name: str) -> str:
        """A string that must be there."""
        value = self._raw.get(name)
        if not isinstance(value, str):
            raise self._broken(name)
        return value

    def maybe_text(self, name: str) -> str | None:
        """A string, or None."""
        return self.text(name) if self.has(name) else None

    def integer(self, name: str) -> int:
        """A whole number that must be there."""
        value = self._raw.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self._broken(name)
        return value

    def maybe_integer(self, name: str) -> int | None:
        """A whole number, or None."""
        return self.integer(name) if self.has(name) else None

    def flag(self, name: str) -> bool:
        """True or false that must be there."""
        value = self._raw.get(name)
        if not isinstance(value, bool):
            raise self._broken(name)
        return value

    def maybe_flag(self, name: str) -> bool | None:
        """True, false, or None for not known."""
        return self.flag(name) if self.has(name) else None

    def maybe_day(self, name: str) -> date | None:
        """An ISO date, or None."""
        if not self.has(name):
            return None
        try:
            return date.fromisoformat(self.text(name))
        except ValueError as error:
            raise self._broken(name) from error

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of strings, empty when absent."""
        value = self._raw.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._broken(name)
        return tuple(value)

    def certainty(self, name: str = "verified") -> Certainty:
        """`true`, `"secondary"` or `false`; "secondary" is a string and truthy, so it is never tested as a boolean."""
        value = self._raw.get(name)
        if value not in _CERTAINTY:
            raise self._broken(name)
        return _CERTAINTY[value]

    def inner(self, name: str) -> "Record":
        """An object inside this one."""
        return Record(self._raw.get(name), f"{self._origin}.{name}")

    def mapping(self, name: str) -> Mapping[str, object]:
        """An object inside this one, as JSON gave it."""
        value = self._raw.get(name)
        if not isinstance(value, Mapping):
            raise self._broken(name)
        return value

    def maybe_inner(self, name: str) -> "Record | None":
        """An object inside this one, or None."""
        return self.inner(name) if self.has(name) else None

    def _broken(self, name: str) -> BrokenRulebook:
        return BrokenRulebook(self._origin, name)


def frozen(value: object) -> Extra:
    """A free-form JSON object, read-only all the way down."""
    if not isinstance(value, Mapping):
        raise BrokenRulebook("extra", "(object)")
    return MappingProxyType({str(name): _frozen_value(inner) for name, inner in value.items()})


def _frozen_value(value: object) -> "Leaf | tuple[Extra, ...] | tuple[str, ...] | Extra":
    if isinstance(value, Mapping):
        return frozen(value)
    if isinstance(value, list):
        if all(isinstance(item, str) for item in value):
            return tuple(str(item) for item in value)
        return tuple(frozen(item) for item in value)
    if value is None or isinstance(value, str | int | bool):
        return value
    raise BrokenRulebook("extra", repr(value)[:40])
