"""Who may do what, as the running desk answers and as the use cases say: the table in docs/permissions.md.

`python -m tests.web.security.permissions` writes it anew.
"""

from __future__ import annotations

import ast
import re
import shutil
import tempfile
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path

from werkzeug.test import TestResponse

from plugin.domain.clocks.engine import Law
from plugin.domain.law.calendar import HolidayCalendar
from plugin.domain.law.rulebook import load_rulebook
from plugin.domain.shop import Role
from tests.support import databases
from tests.support.admin import Installation, install
from tests.support.repository import ROOT
from tests.web.security.desk import actions, person

PAGE = ROOT / "docs" / "permissions.md"
ANYONE = "anyone"
RISING = [ANYONE, *(role.value for role in reversed(Role))]
_MARK = "<!-- {}: written by `python -m tests.web.security.permissions` -->"
_TABLE = re.compile(r"(<!-- (routes|usecases): [^\n]+ -->\n).*?(<!-- end -->)", re.DOTALL)
_DOOR = "/admin/sign-in"


def observed(at: Installation) -> dict[str, str]:
    """The least that one has to be for each action of the desk, by how it answers; the first who is let in counts."""
    people = {rank: person(at, None if rank == ANYONE else Role(rank)) for rank in RISING}
    found: dict[str, str] = {}
    for rule, method in actions(at):
        name = f"{method} {rule.rule}"
        found[name] = next((rank for rank in RISING if _is_let_in(people[rank].ask(rule, method))), "nobody")
    return found


def _is_let_in(answer: TestResponse) -> bool:
    is_at_door = answer.status_code == HTTPStatus.FOUND and answer.headers["Location"].endswith(_DOOR)
    return not is_at_door and (answer.get_json(silent=True) or {}).get("code") != "role_too_low"


def declared() -> dict[str, str]:
    """The role that each use case asks for itself, whoever calls it."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "plugin" / "usecases").rglob("*.py")):
        for each in ast.walk(ast.parse(path.read_text())):
            if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == "require_role":
                name = path.relative_to(ROOT / "plugin" / "usecases").with_suffix("").as_posix()
                found[name] = _higher(found.get(name), ast.unparse(each.args[1]).removeprefix("Role.").lower())
    return found


def _higher(one: str | None, other: str) -> str:
    return max((one or ANYONE, other), key=RISING.index)


def written(tables: Mapping[str, Mapping[str, str]], page: str) -> str:
    """The page with these tables."""
    return _TABLE.sub(lambda found: f"{found[1]}\n{_table(found[2], tables[found[2]])}\n{found[3]}", page)


def _table(name: str, rows: Mapping[str, str]) -> str:
    ranks = RISING if name == "routes" else RISING[1:]
    first = "action" if name == "routes" else "use case"
    lines = [f"| {first} | {' | '.join(ranks)} |", f"| --- |{' :-: |' * len(ranks)}"]
    for each, least in rows.items():
        marks = ("yes" if ranks.index(rank) >= ranks.index(least) else "" for rank in ranks)
        lines.append(f"| `{each}` | {' | '.join(marks)} |")
    return "\n".join(line.replace("|  |", "| |").replace("|  |", "| |") for line in lines) + "\n"


def main() -> None:
    """Write the page."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        made = databases.migrated_file(home)
        shutil.copyfile(made, home / "aftercare.sqlite3")
        at = install(databases.sqlite(home / "aftercare.sqlite3"), home, Law(load_rulebook(), HolidayCalendar()))
        PAGE.write_text(written({"routes": observed(at), "usecases": declared()}, PAGE.read_text()))
        at.storage.close()


if __name__ == "__main__":
    main()
