"""The merchant's immutable policy versions."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from plugin.domain.policy import PolicyVersion
from plugin.domain.policy.publication import Publication


class Policies(Protocol):
    """Policy versions, each with the record of its publication; nothing of either ever changes."""

    def hold(self) -> None:
        """Let nobody else publish, compile or save products for this merchant until the unit ends; before looking."""
        ...

    def add(self, version: PolicyVersion, publication: Publication | None = None) -> None:
        """Record a version."""
        ...

    def get(self, version: str) -> PolicyVersion:
        """Raises `NotFound`."""
        ...

    def in_force(self, at: datetime) -> PolicyVersion | None:
        """The version that applies to an order placed then; of two from the same instant, the one with the later id."""
        ...

    def since(self, at: datetime) -> Sequence[PolicyVersion]:
        """Every version effective after then, oldest first."""
        ...

    def all(self) -> Sequence[PolicyVersion]:
        """Every version, oldest first."""
        ...

    def publications(self) -> Mapping[str, Publication]:
        """The records of all versions that have one, by version id."""
        ...
