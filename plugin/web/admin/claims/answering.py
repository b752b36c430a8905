"""What a form of a case answers: the case as it is then, or the refusal where it was typed."""

from collections.abc import Callable, Mapping

from flask import Response

from plugin.domain.errors import NotFound
from plugin.domain.ids import ClaimId
from plugin.web.admin import notices
from plugin.web.admin.claims import case
from plugin.web.admin.claims.case import case_href
from plugin.web.admin.claims.told import refused
from plugin.web.admin.claims.typed import Typed
from plugin.web.admin.pages import see, words

__all__ = ["FIELDS", "UNASSIGN", "answer", "case_href"]

FIELDS = frozenset(
    {"quantity", "remedy", "amount", "bonus", "clause", "citation", "words", "diminished", "found", "to", "tier", "hub"}
    | {"detail"}
)
"""The fields that show a fault of their own."""
UNASSIGN = "admin.unassign"
"""Where an assignment is taken back."""


def answer(
    claim: str, typed: Typed, work: Callable[[], object], given_before: Mapping[str, str | None] | None = None
) -> Response:
    """Do the work, and tell what came of it. `given_before`: whose the claim was, for the notice to give it back."""
    try:
        work()
    except NotFound:
        raise
    except case.REFUSED as refusal:
        told = refused(refusal, typed, FIELDS, words())
        return case.render(ClaimId(claim), told, case.http_status_of(refusal))
    notices.leave("desk.done", undo=given_before, undo_at=UNASSIGN)
    return see(case_href(claim))
