"""What the last change did, said once on the next page, with the way to take it back."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from flask import session

from plugin.i18n import Catalogue

_NOTICE, _UNDO = "notice", "undo"
UNDO_MARK = "admin.undo_mark"


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence about what happened; `undo` names what `take_undo` gives back, None where nothing can be undone."""

    text: str
    tone: str
    undo: str | None
    undo_at: str
    """The endpoint that takes it back."""


def leave(
    key: str,
    *,
    tone: str = "good",
    undo: Mapping[str, str | None] | None = None,
    undo_at: str = UNDO_MARK,
    **facts: int,
) -> None:
    """Have the next page say this; `undo` stays in the browser's signed session until something else can be undone."""
    name = secrets.token_hex(4) if undo is not None else None
    session[_NOTICE] = {"key": key, "tone": tone, "facts": facts, "undo": name, "undo_at": undo_at}
    if undo is not None:
        session[_UNDO] = {"name": name, "before": dict(undo)}


def pick_up(said: Catalogue) -> Notice | None:
    """The notice that was left, once."""
    left = session.pop(_NOTICE, None)
    return (
        Notice(said.text(left["key"], **left["facts"]), left["tone"], left["undo"], left["undo_at"]) if left else None
    )


def take_undo(name: str) -> Mapping[str, str | None] | None:
    """What was left to undo under this name; None when something else has been done since."""
    kept = session.get(_UNDO)
    if not kept or kept["name"] != name:
        return None
    session.pop(_UNDO)
    before: Mapping[str, str | None] = kept["before"]
    return before
