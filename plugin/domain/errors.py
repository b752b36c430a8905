"""What can go wrong in the shop's terms: four kinds, each error with a stable code and typed facts, no sentence.

`plugin.web.problems` maps the kinds to HTTP statuses; `locales/<lang>/` maps the codes to words.
"""

from collections.abc import Mapping
from typing import ClassVar

Fact = str | int | bool | None


class DomainError(Exception):
    """A use case cannot go on; `code` names why, `facts` say about what."""

    code: ClassVar[str] = "domain_error"

    def __init__(self, facts: Mapping[str, Fact] | None = None) -> None:
        self.facts: dict[str, Fact] = dict(facts or {})
        super().__init__(self.code, self.facts)


class NotFound(DomainError):
    """The thing does not exist for this merchant."""

    code = "not_found"


class NotAllowed(DomainError):
    """The caller may not do this."""

    code = "not_allowed"


class Conflict(DomainError):
    """The thing has moved on since it was read."""

    code = "conflict"


class Invalid(DomainError):
    """A given value cannot be used; `facts["field"]` names it."""

    code = "invalid"
