"""What the last change did, said once on the next page, with the way to take it back.

The browser's signed session keeps it; inside another site's frame, which has none, the database does: the address of
the next page names it, and means nothing to anybody else, nor a second time.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from flask import g, request, session

from plugin.domain.left_notice import KEPT_FOR, TOLD_FOR, LeftNotice
from plugin.i18n import Catalogue
from plugin.web.deps import deps

_NOTICE, _UNDO = "notice", "undo"
UNDO_MARK = "admin.undo_mark"
_NAME_BYTES: Final = 12


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
    """Have the next page say this; `undo` is kept until something else can be undone."""
    if "embedded" in g:
        _keep(key, tone, undo, undo_at, facts)
        return
    name = secrets.token_hex(4) if undo is not None else None
    session[_NOTICE] = {"key": key, "tone": tone, "facts": facts, "undo": name, "undo_at": undo_at}
    if undo is not None:
        session[_UNDO] = {"name": name, "before": dict(undo)}


def pick_up(said: Catalogue) -> Notice | None:
    """The notice that was left, once."""
    if "embedded" in g:
        return _told(said)
    left = session.pop(_NOTICE, None)
    return (
        Notice(said.text(left["key"], **left["facts"]), left["tone"], left["undo"], left["undo_at"]) if left else None
    )


def take_undo(name: str) -> Mapping[str, str | None] | None:
    """What was left to undo under this name; None when something else has been done since."""
    if "embedded" in g:
        return _taken(name)
    kept = session.get(_UNDO)
    if not kept or kept["name"] != name:
        return None
    session.pop(_UNDO)
    before: Mapping[str, str | None] = kept["before"]
    return before


def named(location: str) -> str:
    """Where the browser is sent on to, naming the notice that this request left."""
    name = g.pop("left_notice", None)
    if name is None:
        return location
    path, mark, anchor = location.partition("#")
    return f"{path}{'&' if '?' in path else '?'}{urlencode({_NOTICE: name})}{mark}{anchor}"


def _keep(key: str, tone: str, undo: Mapping[str, str | None] | None, undo_at: str, facts: Mapping[str, int]) -> None:
    here, g.left_notice = g.presence, secrets.token_hex(_NAME_BYTES)
    left = LeftNotice(g.left_notice, here.member.id, deps().clock.now(), key, tone, facts, undo_at, undo)
    with deps().units(here.merchant) as unit:
        unit.left_notices.leave(left)
        unit.commit()


def _told(said: Catalogue) -> Notice | None:
    name = request.args.get(_NOTICE)
    if not name or "presence" not in g:
        return None
    here = g.presence
    with deps().units(here.merchant) as unit:
        left = unit.left_notices.tell(here.member.id, name, deps().clock.now() - TOLD_FOR)
        unit.commit()
    if left is None:
        return None
    return Notice(said.text(left.key, **left.facts), left.tone, name if left.before is not None else None, left.undo_at)


def _taken(name: str) -> Mapping[str, str | None] | None:
    here = g.presence
    with deps().units(here.merchant) as unit:
        before = unit.left_notices.take_back(here.member.id, name, deps().clock.now() - KEPT_FOR)
        unit.commit()
    return before
