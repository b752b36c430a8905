"""The open draft as somebody's request finds it, with everything its pages need."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from plugin.domain.errors import NotFound
from plugin.domain.policy.draft import Draft
from plugin.i18n import LANGUAGES
from plugin.usecases.review_draft import Review, review_draft
from plugin.web.admin.auth import presence
from plugin.web.admin.pages import words
from plugin.web.admin.policy.parts import Part, part
from plugin.web.admin.policy.section import Desk
from plugin.web.admin.policy.told import Remark, remarks
from plugin.web.deps import deps


@dataclass(frozen=True, slots=True)
class Opened:
    """The draft under review and what there is to say of it."""

    review: Review
    desk: Desk
    said: tuple[Remark, ...]

    @property
    def draft(self) -> Draft:
        """The draft."""
        return self.review.draft

    @property
    def document(self) -> Mapping[str, object]:
        """Its document."""
        return self.review.draft.document

    def part(self, place: str) -> Part:
        """The page about a place. Raises `NotFound`."""
        return part(place, self.desk)


def find_draft() -> Review | None:
    """The merchant's open draft, reviewed as of now."""
    at = deps()
    return review_draft(merchant=presence().merchant, units=at.units, law=at.law, now=at.clock.now())


def opened() -> Opened:
    """The open draft. Raises `NotFound` when nobody is writing one."""
    review = find_draft()
    if review is None:
        raise NotFound({"field": "draft"})
    rulebook, said = deps().law.rulebook, words()
    desk = Desk(
        review.draft.document, said, rulebook, also if (also := request.args.get("also", "")) in LANGUAGES else ""
    )
    return Opened(review, desk, remarks(review.check, said, rulebook))
