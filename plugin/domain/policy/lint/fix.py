"""One change of a policy document that puts a finding right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from plugin.domain.policy.edit import UnknownPath


@dataclass(frozen=True, slots=True)
class Fix:
    """Put `value` (as JSON has it) where `path` says (`markets.0.rules.2.fee`); None removes what is there.

    Indexes are those of the document the finding was made in: apply one fix, then check again.
    """

    path: str
    value: object | None = None


def apply_fix(document: Mapping[str, object], fix: Fix) -> dict[str, object]:
    """The document with the fix made; the one given stays as it was. Objects missing on the way are made.

    One past the end of a list appends. Raises `UnknownPath` where a list is not that long.
    """
    changed: dict[str, object] = _put(document, fix.path.split("."), fix)
    return changed


def _put(part: Any, path: Sequence[str], fix: Fix) -> Any:  # noqa: ANN401 - any part of a document, as JSON has it
    if not path:
        return fix.value
    name, rest = path[0], path[1:]
    if isinstance(part, list):
        return _put_in_list(part, name, rest, fix)
    if part is not None and not isinstance(part, Mapping):
        raise UnknownPath(fix.path)
    fields = dict(part or {})
    if not rest and fix.value is None:
        fields.pop(name, None)
        return fields
    return {**fields, name: _put(fields.get(name), rest, fix)}


def _put_in_list(items: list[object], name: str, path: Sequence[str], fix: Fix) -> list[object]:
    if not name.isdecimal() or int(name) > len(items):
        raise UnknownPath(fix.path)
    index = int(name)
    if not path and fix.value is None:
        return [*items[:index], *items[index + 1 :]]
    inner = items[index] if index < len(items) else None
    return [*items[:index], _put(inner, path, fix), *items[index + 1 :]]
