"""Writes the tables of `docs/privacy.md` from the data map; nothing is written twice.

Run `python -m tools.privacy` after changing the map or the rules of retention; a test compares.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from plugin.domain.retention import RULES, SWEPT, Kept, Swept
from plugin.storage.data_map import FILES, OUTSIDE, SHOPPERS, TABLES, Holds, Mapped

PAGE: Final = Path(__file__).parents[1] / "docs" / "privacy.md"
_BEGIN, _END = "<!-- {name}: written by tools/privacy.py -->", "<!-- end of {name} -->"


def written(page: str) -> str:
    """The page with each part between its marks written anew."""
    for name, lines in _PARTS.items():
        begin, end = _BEGIN.format(name=name), _END.format(name=name)
        before, _, rest = page.partition(begin)
        _, _, after = rest.partition(end)
        page = f"{before}{begin}\n\n{chr(10).join(lines())}\n\n{end}{after}"
    return page


def _shoppers() -> Iterator[str]:
    yield from _tables(SHOPPERS)


def _merchants() -> Iterator[str]:
    yield from _tables({name: entry for name, entry in TABLES.items() if name not in SHOPPERS})


def _tables(entries: Mapping[str, Mapped]) -> Iterator[str]:
    heads = "table", "what for", "basis", "sealed by person", "sealed by merchant", "readable", "kept", "read by"
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for name, entry in sorted(entries.items()):
        by = {holds: [column for column, each in entry.columns() if each is holds] for holds in Holds}
        sealed = [*by[Holds.MERCHANT], *(f"{column} (key)" for column in by[Holds.KEYS])]
        clear = "; ".join(f"{column}: {why}" for column, why in entry.clear.items())
        linked = "facts of an order or person, by id" if by[Holds.LINKED] else ""
        readable = "; ".join(filter(None, (clear, linked))) or "nothing personal"
        kept = ", ".join(each.value for each in entry.kept)
        cells = (
            f"`{name}`",
            entry.purpose,
            entry.basis.value,
            _named(by[Holds.PERSON]),
            _named(sealed),
            readable,
            kept,
        )
        yield f"| {' | '.join(cells)} | {entry.readers} |"


def _retention() -> Iterator[str]:
    yield "| class | days | bounds | counted from | what goes | why |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for kept in Kept:
        rule = RULES[kept]
        bounds = f"{rule.least} to {rule.most}"
        yield f"| `{kept.value}` | {rule.days} | {bounds} | {rule.since} | {rule.goes} | {rule.because} |"
    yield ""
    yield "| class | when it goes |"
    yield "| --- | --- |"
    for swept in Swept:
        yield f"| `{swept.value}` | {SWEPT[swept]} |"


def _files() -> Iterator[str]:
    yield "| file | where | what is in it | sealed | kept |"
    yield "| --- | --- | --- | --- | --- |"
    for name, each in FILES.items():
        yield f"| {name} | `{each.where}` | {each.holds} | {each.sealed} | {each.kept} |"
    for name, what in OUTSIDE.items():
        yield f"| {name} | outside | {what} | | |"


def _named(columns: list[str]) -> str:
    return ", ".join(columns) or "–"


_PARTS: Final = {"shoppers": _shoppers, "merchants": _merchants, "retention": _retention, "files": _files}

if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
