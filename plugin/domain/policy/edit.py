"""Changing a policy document by path, and taking each change back; the document may be incomplete meanwhile.

A path is field names and positions joined by dots, as findings name them (`markets.0.rules.2.window.length`).
What a document leaves out is there as the model has it by default, so `payers.none` can be set where nothing was said
of payers. Nothing is changed in place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

import msgspec

from plugin.domain.errors import Invalid
from plugin.domain.policy.shape import Shape, whole

Document = Mapping[str, object]
"""A policy as JSON has it, without what publishing decides."""
DECIDED_BY_PUBLISHING = frozenset({"id", "effective_from"})
WHOLE = ""
"""The path of the document itself."""
_Container = dict[str, object] | list[object]


class UnknownPath(Invalid):
    """There is nothing at `field` that could be changed this way."""

    code = "unknown_path"

    def __init__(self, path: str) -> None:
        super().__init__({"field": path})


class Action(StrEnum):
    """What a change does at its path."""

    SET = "set"
    """One past the end of a list: append."""
    REMOVE = "remove"
    INSERT = "insert"
    """Into a list, before what stands there; at its length, to the end."""
    MOVE = "move"
    """Within a list, to the position that is the value."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change; `value` as JSON has it. None is JSON's null: to leave a field out, remove it."""

    path: str
    value: object = None
    action: Action = Action.SET

    @classmethod
    def remove(cls, path: str) -> Self:
        """Leave the field out, or take the entry from its list."""
        return cls(path, action=Action.REMOVE)

    @classmethod
    def insert(cls, path: str, value: object) -> Self:
        """Put an entry into a list."""
        return cls(path, value, Action.INSERT)

    @classmethod
    def move(cls, path: str, to: int) -> Self:
        """Give an entry of a list another position."""
        return cls(path, to, Action.MOVE)


def edited(document: Document, changes: Sequence[Change]) -> tuple[Document, tuple[Change, ...]]:
    """The document after these changes, all or none, and the changes that take them back.

    Raises `UnknownPath`.
    """
    back: list[Change] = []
    for change in changes:
        document, inverse = _after(document, change)
        back.insert(0, inverse)
    return document, tuple(back)


def without_decided(document: Mapping[str, object]) -> Document:
    """The part of a policy document that a draft holds."""
    return {name: value for name, value in document.items() if name not in DECIDED_BY_PUBLISHING}


def _after(document: Document, change: Change) -> tuple[Document, Change]:
    value = msgspec.to_builtins(change.value)
    if change.path == WHOLE:
        if change.action is not Action.SET or not isinstance(value, dict):
            raise UnknownPath(change.path)
        return without_decided(value), Change(WHOLE, document)
    names = change.path.split(".")
    if names[0] in DECIDED_BY_PUBLISHING:
        raise UnknownPath(change.path)
    walk = _walked(document, names, change.path)
    inner, inverse = _acted(walk.containers[-1], names[-1], change, value)
    return _rebuilt(walk.containers, names, inner), walk.made or inverse


@dataclass(frozen=True, slots=True)
class _Walk:
    """The containers along a path, outermost first; `made` takes back the first that had to be made for it."""

    containers: list[_Container]
    made: Change | None


def _walked(document: Document, names: list[str], path: str) -> _Walk:
    shape: Shape | None = whole()
    node: object = dict(document)
    containers: list[_Container] = []
    made: Change | None = None
    for depth, name in enumerate(names):
        if shape is None or not shape.takes(name):
            raise UnknownPath(path)
        if node is None:
            node, made = shape.empty(), made or _undoing(containers[-1], names[:depth])
        if not isinstance(node, list if shape.is_list else dict):
            raise UnknownPath(path)
        containers.append(node)
        if depth < len(names) - 1:
            node, shape = _entry(node, name, path), shape.of(name)
    return _Walk(containers, made)


def _undoing(container: _Container, names: list[str]) -> Change:
    """What puts back a null, or nothing, where a container is made."""
    at = ".".join(names)
    return Change(at) if isinstance(container, list) or names[-1] in container else Change.remove(at)


def _entry(container: _Container, name: str, path: str) -> object:
    if isinstance(container, dict):
        return container.get(name)
    if int(name) >= len(container):
        raise UnknownPath(path)
    return container[int(name)]


def _rebuilt(containers: list[_Container], names: list[str], inner: _Container) -> Document:
    for container, name in zip(reversed(containers[:-1]), reversed(names[:-1]), strict=True):
        inner = _with(container, name, inner)
    return inner if isinstance(inner, dict) else {}


def _with(container: _Container, name: str, value: object) -> _Container:
    if isinstance(container, dict):
        return {**container, name: value}
    at = int(name)
    return [*container[:at], value, *container[at + 1 :]]


def _acted(container: _Container, name: str, change: Change, value: object) -> tuple[_Container, Change]:
    if isinstance(container, dict):
        return _acted_on_object(container, name, change, value)
    return _acted_on_list(container, int(name), change, value)


def _acted_on_object(known: dict[str, object], name: str, change: Change, value: object) -> tuple[_Container, Change]:
    back = Change(change.path, known[name]) if name in known else Change.remove(change.path)
    if change.action is Action.SET:
        return {**known, name: value}, back
    if change.action is Action.REMOVE and name in known:
        return {other: kept for other, kept in known.items() if other != name}, back
    raise UnknownPath(change.path)


def _acted_on_list(known: list[object], at: int, change: Change, value: object) -> tuple[_Container, Change]:
    if change.action is Action.INSERT and at <= len(known):
        return [*known[:at], value, *known[at:]], Change.remove(change.path)
    if change.action is Action.SET and at == len(known):
        return [*known, value], Change.remove(change.path)
    if at >= len(known) or change.action is Action.INSERT:
        raise UnknownPath(change.path)
    others = [*known[:at], *known[at + 1 :]]
    if change.action is Action.REMOVE:
        return others, Change.insert(change.path, known[at])
    if change.action is Action.SET:
        return [*known[:at], value, *known[at + 1 :]], Change(change.path, known[at])
    if not isinstance(value, int) or not 0 <= value < len(known):
        raise UnknownPath(change.path)
    there = ".".join([*change.path.split(".")[:-1], str(value)])
    return [*others[:value], known[at], *others[value:]], Change.move(there, at)
