"""New entries of the draft's lists: a market, a rule, a kind of goods, a reason, an address, spare parts."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from plugin.domain.policy.edit import Change, Document
from plugin.domain.policy.reasons import DEFAULT_REASONS
from plugin.web.admin.policy.places import entries_of, listed, value_at

_WINDOWS: Mapping[str, dict[str, object]] = {
    "return": {"window": {"length": 30}, "offers": [{"remedy": "refund"}]},
    "exchange": {"window": {"length": 30}, "offers": [{"remedy": "exchange"}]},
    "warranty": {"window": {"length": 24, "unit": "months"}, "offers": [{"remedy": "repair"}]},
    "withdrawal": {},
}
"""What a new rule promises until somebody says otherwise."""
_LONGEST_ID = 60


def new_market(document: Document, name: str) -> tuple[Change, ...]:
    """A market without countries that promises what the default one does."""
    like = value_at(document, "default")
    kept = {field: like[field] for field in ("rules", "disclosure") if field in like} if isinstance(like, dict) else {}
    return (_appended(document, "markets", {"market": name, "countries": [], **kept}),)


def new_rule(document: Document, market: str, track: str, scope: Mapping[str, object], **more: object) -> Change:
    """A rule of a track for a scope; an empty one is everything."""
    names = [name for values in scope.values() if isinstance(values, list) for name in values]
    known = {each.get("id") for each in entries_of(document, f"{market}.rules")}
    said = {"id": unique("-".join([track, *map(str, names)]), known), "track": track}
    about = {"scope": dict(scope)} if scope else {}
    return _appended(document, f"{market}.rules", {**said, **about, **_WINDOWS.get(track, {}), **more})


def new_trait(document: Document, trait: str) -> Change:
    """A kind of goods without effect until it is confirmed."""
    return _appended(document, "traits", {"id": _free("traits", trait, document), "trait": trait})


def new_reason(document: Document, reason: str, label: str, language: str) -> Change:
    """One of the reasons every shop has, to be changed; or one of the merchant's own, in its words."""
    default = next((each for each in DEFAULT_REASONS if each.id == reason), None)
    if default is None:
        named: dict[str, object] = {
            "id": _free("reasons", label or "reason", document),
            "labels": {language: label} if label else {},
        }
        return _appended(document, "reasons", named)
    said = {"id": default.id, "parent": default.parent, "fault": default.fault}
    return _appended(document, "reasons", {name: value for name, value in said.items() if value is not None})


def new_address(document: Document, name: str) -> Change:
    """A place goods go back to; where it is has still to be said."""
    told: dict[str, object] = {"id": _free("return_addresses", name, document), "name": name, "address": {}}
    return _appended(document, "return_addresses", told)


def new_repair(document: Document, name: str) -> Change:
    """An entry about spare parts and repair that says nothing yet."""
    return _appended(document, "repairs", {"id": _free("repairs", name or "repair", document)})


def unique(text: str, taken: Any) -> str:  # noqa: ANN401 - any collection of names
    """An id made from a text that nothing else has."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_ID].strip("-") or "entry"
    numbered = (f"{stem[: _LONGEST_ID - 4]}-{number}" for number in range(2, 1000))
    return stem if stem not in taken else next(name for name in numbered if name not in taken)


def _free(path: str, text: str, document: Document) -> str:
    return unique(text, {each.get("id") for each in entries_of(document, path)})


def _appended(document: Document, path: str, entry: dict[str, object]) -> Change:
    return Change.insert(f"{path}.{len(listed(document, path))}", entry)
