"""What the editor's forms do: every one is an edit of the draft that can be undone, or says why it was not made."""

import re
from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any

import msgspec
from flask import Response, request, url_for

from plugin.domain.errors import Conflict, Invalid, NotFound
from plugin.domain.policy.document import write_policy
from plugin.domain.policy.draft import Draft, DraftMoved
from plugin.domain.policy.edit import WHOLE, Change
from plugin.domain.policy.lint import Finding, apply_fix
from plugin.domain.shop import Role
from plugin.usecases.discard_draft import discard_draft
from plugin.usecases.edit_draft import edit_draft
from plugin.usecases.redo_edit import redo_edit
from plugin.usecases.undo_edit import undo_edit
from plugin.web.admin import notices
from plugin.web.admin.auth import presence, require
from plugin.web.admin.pages import see, words
from plugin.web.admin.policy import choices, editor, entries, suggested
from plugin.web.admin.policy.desk import Opened, opened
from plugin.web.admin.policy.places import listed, markets_of
from plugin.web.admin.policy.reading import changes_of
from plugin.web.admin.policy.told import name_of_fix
from plugin.web.deps import deps
from plugin.web.problems import error_text

_ENTRY = re.compile(r"(?:markets|traits|reasons|return_addresses|repairs|(?:default|markets\.\d+)\.rules)\.\d+")
_TRACKS = frozenset({"withdrawal", "return", "exchange", "warranty"})


def edit() -> Response:
    """Save one section of a part."""
    found, place = _begun()
    name = request.form.get("section", "")
    section = next((each for each in found.part(place).sections if each.name == name), None)
    if section is None:
        raise NotFound({"field": name})
    try:
        if changes := changes_of(section.controls, request.form, found.document):
            _edit(found, changes)
    except Conflict as conflict:  # leaving a field and its button may save the same twice: the later finds it done
        if changes_of(section.controls, request.form, opened().document):
            return _refused(place, conflict.code)
    return see(f"{editor.part_href(place)}#{name}")


def add() -> Response:
    """Add an entry to one of the draft's lists, and show it."""
    found, place = _begun()
    what, name = request.form.get("what", ""), request.form.get("name", "").strip()[:100]
    if what == "market":
        at = f"markets.{len(listed(found.document, 'markets'))}"
        return _saved(found, "", entries.new_market(found.document, name or words().text("policy.add.market")), to=at)
    if what == "rule":
        change = _new_rule(found, place, name)
        return _saved(found, place, (change,), to=change.path if name else place)
    return _saved(found, what, (_new_entry(found, what, name),))


def remove() -> Response:
    """Take an entry from its list."""
    found, place = _begun()
    path = request.form.get("entry", "")
    if not _ENTRY.fullmatch(path):
        raise NotFound({"field": path})
    return _saved(found, place, (Change.remove(path),))


def countries() -> Response:
    """Let a market serve a country or a whole region, or no longer; no other market then serves it any more."""
    found, place = _begun()
    gone = request.form.get("remove")
    served = [str(code) for code in listed(found.document, f"{place}.countries")]
    if gone:
        return _saved(found, place, (Change(f"{place}.countries", [code for code in served if code != gone]),))
    chosen = request.form.get("add", "")
    known = {code for code, _ in choices.countries(deps().law.rulebook, words())}
    come = choices.regions(deps().law.rulebook).get(chosen) or ((chosen,) if chosen in known else ())
    changes = [Change(f"{place}.countries", sorted({*served, *come}))]
    for other, _ in markets_of(found.document):
        theirs = listed(found.document, f"{other}.countries")
        if other != place and not set(come).isdisjoint(map(str, theirs)):
            changes.append(Change(f"{other}.countries", [code for code in theirs if code not in come]))
    return _saved(found, place, tuple(changes) if come else ())


def fix() -> Response:
    """Put one finding right the way it proposes."""
    found, place = _begun()
    named = request.form.get("fix", "")
    matching = (each for at, each in enumerate(found.review.check.findings) if name_of_fix(at, each) == named)
    finding: Finding | None = next(matching, None)
    if finding is None or finding.fix is None or found.review.version is None:
        return _refused(place, DraftMoved.code)
    mended = apply_fix(write_policy(found.review.version), finding.fix)
    return _saved(found, place, (Change(WHOLE, mended),))


def decide() -> Response:
    """Confirm or dismiss one suggested kind of goods."""
    found, place = _begun()
    is_confirmed = "confirm" in request.form
    key = request.form.get("confirm" if is_confirmed else "dismiss", "")
    change = suggested.decision(found.document, key, is_confirmed=is_confirmed)
    return _refused(place, DraftMoved.code) if change is None else _saved(found, place, (change,))


def write() -> Response:
    """Put a whole document in the draft's place."""
    found, _ = _begun()
    typed = request.form.get("document", "")
    try:
        document = parsed(typed.encode("utf-8", "surrogatepass"))
    except NotADocument as fault:
        text = error_text(words(), fault.code)
        return editor.document(HTTPStatus.UNPROCESSABLE_ENTITY, typed, text)
    try:
        _edit(found, (Change(WHOLE, document),))
    except Conflict as moved:
        return editor.document(HTTPStatus.CONFLICT, typed, error_text(words(), moved.code))
    notices.leave("policy.saved")
    return see(url_for("admin.policy_document"))


def undo() -> Response:
    """Take the last edit back."""
    return _stepped(undo_edit)


def redo() -> Response:
    """Make the edit again that was taken back last."""
    return _stepped(redo_edit)


def discard() -> Response:
    """Throw the draft away."""
    here, found = require(Role.AGENT), opened()
    version = _version()
    discard_draft(found.draft.id, version, merchant=here.merchant, by=here.member, units=deps().units)
    notices.leave("policy.discarded")
    return see(url_for("admin.policy"))


class NotADocument(Invalid):
    """The text is no JSON object."""

    code = "not_a_document"


def parsed(text: bytes) -> dict[str, Any]:
    """The document a text holds. Raises `NotADocument`."""
    try:
        document = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotADocument({"field": "document"}) from error
    if not isinstance(document, dict) or b"\\u0000" in text or b"\0" in text:
        raise NotADocument({"field": "document"})
    return document


def _begun() -> tuple[Opened, str]:
    """The draft, and the part of the editor the form stands on. Raises `RoleTooLow`."""
    require(Role.AGENT)
    return opened(), request.form.get("place", "")


def _version() -> int:
    text = request.form.get("version", "")
    return int(text) if text.isdecimal() and len(text) < len(str(2**31)) else -1


def _saved(found: Opened, place: str, changes: Sequence[Change], *, to: str | None = None) -> Response:
    """The part after these changes; when somebody else was faster, what there is now and that nothing was saved."""
    try:
        if changes or _version() != found.draft.version:
            _edit(found, changes)
    except Conflict as conflict:
        return _refused(place, conflict.code)
    return see(editor.part_href(place if to is None else to))


def _edit(found: Opened, changes: Sequence[Change]) -> None:
    here, at = presence(), deps()
    edit_draft(
        found.draft.id,
        changes,
        _version(),
        merchant=here.merchant,
        by=here.member,
        units=at.units,
        now=at.clock.now(),
    )


def _refused(place: str, code: str) -> Response:
    return editor.render(place, HTTPStatus.CONFLICT, error_text(words(), code))


def _stepped(step: Callable[..., Draft]) -> Response:
    here, at = require(Role.AGENT), deps()
    found, place = opened(), request.form.get("place", "")
    try:
        step(found.draft.id, _version(), merchant=here.merchant, by=here.member, units=at.units, now=at.clock.now())
    except Conflict as refusal:
        return _refused("", refusal.code)
    try:
        opened().part(place)
    except NotFound:  # the step took the very part away
        place = ""
    return see(editor.part_href(place))


def _new_rule(found: Opened, market: str, name: str) -> Change:
    track, kind = request.form.get("track", ""), request.form.get("scope", "")
    if market not in {place for place, _ in markets_of(found.document)} or track not in _TRACKS:
        raise NotFound({"field": market})
    scope = {kind: [part.strip() for part in name.split(",") if part.strip()]} if name else {}
    if request.form.get("is_final_sale"):
        return entries.new_rule(found.document, market, track, scope, is_final_sale=True)
    return entries.new_rule(found.document, market, track, scope)


def _new_entry(found: Opened, what: str, name: str) -> Change:
    match what:
        case "traits":
            return entries.new_trait(found.document, request.form.get("trait", ""))
        case "reasons":
            return entries.new_reason(found.document, request.form.get("reason", ""), name, words().language)
        case "return_addresses":
            return entries.new_address(found.document, name or words().text("policy.term.return_address"))
        case "repairs":
            return entries.new_repair(found.document, name)
        case _:
            raise NotFound({"field": what})
