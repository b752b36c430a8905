"""The policy a merchant is writing."""

from typing import Protocol

from plugin.domain.policy.draft import Draft


class Drafts(Protocol):
    """At most one open draft a merchant. Plain: all that can be personal in a policy is the trader's own contact."""

    def open(self) -> Draft | None:
        """The draft being written, None when there is none."""
        ...

    def get(self, draft: str) -> Draft:
        """Raises `NotFound`: it was published, discarded, or never was."""
        ...

    def add(self, draft: Draft) -> None:
        """Record a new draft; `Conflict` when one is open."""
        ...

    def save(self, draft: Draft, was: int) -> None:
        """Replace the draft if its version still is `was`; `Conflict` when it has moved on or is gone."""
        ...

    def remove(self, draft: Draft) -> None:
        """Published or discarded: forget it, if its version still is the draft's; `Conflict` as above."""
        ...
