"""How writing promises into each shop's own platform stands, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plugin.domain.ids import ShopId
from plugin.domain.posting import Posting
from plugin.web.admin.pages import format_moment, words


@dataclass(frozen=True, slots=True)
class BoardState:
    """When everything was last written; what keeps it or some of it from being written, and what to do about that."""

    text: str
    tone: str
    fault: str | None
    advice: str | None
    detail: str | None


def board_states(postings: Iterable[Posting]) -> Mapping[ShopId, BoardState]:
    """The state of each shop whose platform keeps promises for its pages."""
    return {posting.shop: _state(posting) for posting in postings}


def _state(posting: Posting) -> BoardState:
    said, at = words(), posting.posted_at
    written = said.text("admin.board.written", at=format_moment(at, said)) if at else said.text("admin.board.waiting")
    if posting.fault:
        advice = said.text(f"connection.{posting.fault}")
        return BoardState(written, "warn", said.text("admin.board.failing"), advice, posting.fault_detail)
    if posting.refused:
        told = said.text("admin.board.refused", count=posting.refused, places=posting.places)
        return BoardState(written, "warn", told, said.text("admin.board.refused_help"), posting.refusal)
    return BoardState(written, "good" if at else "neutral", None, None, None)
