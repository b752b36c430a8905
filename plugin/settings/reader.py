"""Reads variables one by one and remembers what is wrong with each, so that all faults are told together."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from plugin.settings.errors import SettingsError

T = TypeVar("T")


class Reader:
    """A value that cannot be read is replaced by its default until `finish` refuses the whole."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self.faults: list[str] = []

    def text(self, name: str) -> str | None:
        """Return the variable's text; blank counts as not set."""
        return self._environ.get(name, "").strip() or None

    def parsed(self, name: str, default: T, parse: Callable[[str], T]) -> T:
        """Return what `parse` makes of the text; its `ValueError` says what the text must be, not what it is."""
        text = self.text(name)
        if text is None:
            return default
        try:
            return parse(text)
        except ValueError as error:
            self.faults.append(f"{name} {error}")
            return default

    def finish(self) -> None:
        """Raise `SettingsError` with every fault found."""
        if self.faults:
            raise SettingsError(*self.faults)
