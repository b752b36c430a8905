"""Files of the admin: each can be loaded inside the shop's frame too, and is kept nowhere."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from http import HTTPStatus
from types import FunctionType
from typing import Any

import pytest

from plugin.domain.shop import Role
from plugin.web.admin import passes
from tests.support.admin import Installation

_TABLES = ("/admin/claims/export.csv", "/admin/insights/carriers.csv?days=30")


def _reached(view: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """The view, and what its own module or another of the admin has it call."""
    waiting, seen = [view], set()
    while waiting:
        each = inspect.unwrap(waiting.pop())
        if isinstance(each, FunctionType) and each not in seen and each.__module__.startswith("plugin.web."):
            seen.add(each)
            yield each
            waiting += [each.__globals__[name] for name in each.__code__.co_names if name in each.__globals__]


def _answers_a_file(view: Callable[..., Any]) -> bool:
    return any('.headers["Content-Disposition"] = ' in inspect.getsource(each) for each in _reached(view))


def test_every_file_of_the_admin_can_be_loaded_inside_the_shops_frame(light: Installation) -> None:
    app = light.app
    gets = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    of_admin = {name for name in gets if name.startswith("admin.")}
    files = {name for name in of_admin if _answers_a_file(app.view_functions[name])}
    assert {"admin.claims_table", "admin.case_file", "admin.scorecard_table"} <= files
    assert files <= passes.FILES
    assert gets >= passes.FILES


@pytest.mark.parametrize("path", _TABLES)
def test_no_table_is_kept_by_whoever_loads_it(light: Installation, path: str) -> None:
    answer = light.signed_in(Role.VIEWER).get(path)
    assert answer.status_code == HTTPStatus.OK
    assert answer.headers["Cache-Control"] == "no-store"
