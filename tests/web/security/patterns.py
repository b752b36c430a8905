"""Every regular expression of the program, how each is used, and texts that make a bad one take long."""

from __future__ import annotations

import ast
import gc
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]  # how a pattern is made up is told nowhere else
from re import _parser as parser  # type: ignore[attr-defined]  # likewise
from types import FunctionType, ModuleType
from typing import Any, Final, TypeAlias

from tests.support.repository import ROOT

WAYS: Final = frozenset({"match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer"})
_Code: TypeAlias = Any
_Value: TypeAlias = Any
"""A piece of a pattern and what it is made of, as the parser tells them: numbers, lists of pieces, tuples of these."""
_SIGNS: Final = "aA1é \t\n.,:;-_+/\\\"'<>()[]{}@=&%#?*!|$^\0"
_REFUSED: Final = "\n @!`\0"
"""Few patterns end with all of these."""
_MANY: Final = 1_000
"""A repetition up to here costs so many steps at most."""
_REPEATS: Final = {codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT}


@dataclass(frozen=True)
class Used:
    """A pattern at its place; `ways`: the methods it is used by."""

    where: str
    pattern: re.Pattern[Any]
    ways: frozenset[str]

    def run(self, way: str, text: str) -> None:
        """Use it as the program does."""
        given: Any = text.encode("utf-8") if isinstance(self.pattern.pattern, bytes) else text
        args = (given[:0], given) if way.startswith("sub") else (given,)
        found = getattr(self.pattern, way)(*args)
        if way == "finditer":
            list(found)


def modules(folders: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """Every module that may use one, by name."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if re.search(r"\bre\.|pattern=", path.read_text()):
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                yield name.removesuffix(".__init__"), path


def used(module: str, path: Path) -> Iterator[Used | str]:
    """Every pattern of a module; where it is put together from what is not known before, its file."""
    text = path.read_text()
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        where = path.relative_to(ROOT).as_posix()
        for source, way in _sources(node):
            made = _made(node, source, module)
            if made is None:
                yield where
            else:
                yield Used(f"{where}:{node.lineno}", made, _ways(node, way, text))


def held(module: str) -> Iterator[re.Pattern[Any]]:
    """Every pattern that a module holds by now, in what it has read and kept: tables, objects, caches."""
    seen: set[int] = set()
    found = [value for name, value in vars(import_module(module)).items() if not name.startswith("__")]
    while found:
        each = found.pop()
        if id(each) in seen or isinstance(each, FunctionType | ModuleType | type):
            continue
        seen.add(id(each))
        if isinstance(each, re.Pattern):
            yield each
        else:
            found += gc.get_referents(each)


def _sources(call: ast.Call) -> Iterator[tuple[ast.expr, str]]:
    match call.func:
        case ast.Attribute(ast.Name("re"), way) if way in WAYS | {"compile"}:
            yield call.args[0], way
        case ast.Attribute(_, "Meta") | ast.Name("Meta"):
            yield from ((each.value, "search") for each in call.keywords if each.arg == "pattern")


def _made(call: ast.Call, source: ast.expr, module: str) -> re.Pattern[Any] | None:
    """As it is compiled, with its flags: those of a call beside a pattern are its last argument or named."""
    known = vars(import_module(module))
    flags = [each.value for each in call.keywords if each.arg == "flags"]
    if isinstance(call.func, ast.Attribute) and call.func.attr == "compile":
        flags += call.args[1:]
    try:
        text, *rest = (eval(compile(ast.Expression(each), module, "eval"), known) for each in (source, *flags))  # noqa: S307 - the program's own source
    except NameError:
        return None
    return re.compile(text, *rest)


def _ways(call: ast.Call, way: str, text: str) -> frozenset[str]:
    """By the name it is given in its module; however at all where it has none there."""
    if way != "compile":
        return frozenset({way})
    for line in (text.splitlines()[call.lineno - 1], text.splitlines()[max(0, call.lineno - 2)]):
        if named := re.match(r"(\w+)(?::.*?)? = ", line):
            return frozenset(re.findall(rf"\b{named[1]}\.({'|'.join(WAYS)})\b", text)) or frozenset({"search"})
    return frozenset({"search"})


def hostile(pattern: re.Pattern[Any], size: int) -> list[str]:
    """Texts of about this size: what is repeated in it, and each sign it knows, many times, and an end it refuses."""
    return list(dict.fromkeys(pumped(*each, size) for each in pumps(pattern)))


def pumps(pattern: re.Pattern[Any]) -> list[tuple[str, str]]:
    """What to begin with, and what to repeat after it."""
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    found = {(before, again) for before, again in _repeated(tree, "")}
    signs = {("", sign) for sign in _known(tree)}
    whole = {("", before + again) for before, again in found}
    return [(before, again) for before, again in sorted(found | signs | whole) if again]


def pumped(before: str, again: str, size: int) -> str:
    """A text of about this size."""
    return before + again * (size // len(again)) + _REFUSED


def _repeated(nodes: Iterable[Any], before: str) -> Iterator[tuple[str, str]]:
    """What may come how often it likes, each with what comes before it."""
    for kind, value in nodes:
        for inner in _inner(kind, value):
            yield from _repeated(inner, before)
        if kind in _REPEATS and value[1] > _MANY:
            yield from ((before, each) for each in _bodies(value[2]))
        before += _sample([(kind, value)])


def _bodies(body: Sequence[Any]) -> Iterator[str]:
    if len(body) == 1 and body[0][0] is codes.IN:
        yield from _signs(tuple(body[0][1]))[:6]
    if len(body) == 1 and body[0][0] in {codes.ANY, codes.NOT_LITERAL}:
        yield from (" ", "1", "(")
    for often in (1, 2):
        yield _sample(body, often)


def _known(nodes: Iterable[Any]) -> Iterator[str]:
    for kind, value in nodes:
        if kind is codes.IN:
            yield from _signs(tuple(value))[:4]
        elif kind is codes.LITERAL:
            yield chr(value)
        for inner in _inner(kind, value):
            yield from _known(inner)


def _inner(kind: _Code, value: _Value) -> list[Any]:
    if kind is codes.BRANCH:
        return list(value[1])
    if kind in _REPEATS:
        return [value[2]]
    if kind is codes.SUBPATTERN:
        return [value[3]]
    if kind in {codes.ASSERT, codes.ASSERT_NOT}:
        return [value[1]]
    return [value] if kind is codes.ATOMIC_GROUP else []


def _sample(nodes: Iterable[Any], least: int = 0) -> str:
    """A short text that fits, with every repetition so often at the least."""
    return "".join(_piece(kind, value, least) for kind, value in nodes)


def _piece(kind: _Code, value: _Value, least: int) -> str:
    if kind is codes.LITERAL:
        return chr(value)
    if kind is codes.IN:
        return _signs(tuple(value))[0]
    if kind in {codes.ANY, codes.NOT_LITERAL}:
        return "a" if value != ord("a") else "b"
    if kind in _REPEATS:
        return _sample(value[2], least) * max(value[0], min(least, value[1]))
    if kind in {codes.ASSERT, codes.ASSERT_NOT}:
        return ""
    return _sample(inner[0], least) if (inner := _inner(kind, value)) else ""


@cache  # most sets are there many times
def _signs(items: tuple[Any, ...]) -> list[str]:
    """Some signs of a set."""
    named = [
        chr(value if kind is codes.LITERAL else value[0])
        for kind, value in items
        if kind in {codes.LITERAL, codes.RANGE}
    ]
    found = [sign for sign in (*_SIGNS, *named) if _holds(items, sign)]
    return list(dict.fromkeys(found)) or ["\U0001f600"]


def _holds(items: Sequence[Any], sign: str) -> bool:
    is_turned = items[0][0] is codes.NEGATE
    return is_turned != any(_fits(kind, value, sign) for kind, value in items)


def _fits(kind: _Code, value: _Value, sign: str) -> bool:
    if kind is codes.LITERAL:
        return bool(ord(sign) == value)
    if kind is codes.RANGE:
        return bool(value[0] <= ord(sign) <= value[1])
    if kind is codes.CATEGORY:
        letter = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}[str(value).rsplit("_", 1)[1]]
        return bool(re.match(f"\\{letter.upper() if '_NOT_' in str(value) else letter}", sign))
    return False
