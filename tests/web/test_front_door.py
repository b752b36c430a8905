"""Who types the bare address arrives somewhere."""

from pathlib import Path

import pytest

from plugin.app import create_app
from plugin.settings import Settings


@pytest.mark.parametrize(("mode", "door"), [("demo", "/demo"), ("production", "/admin/")])
def test_the_bare_address_leads_to_the_demo_or_to_the_desk(tmp_path: Path, mode: str, door: str) -> None:
    app = create_app(Settings.from_env({"AFTERCARE_HOME": str(tmp_path), "AFTERCARE_ENV": mode}))
    answer = app.test_client().get("/")
    assert (answer.status_code, answer.location) == (302, door)
    assert answer.headers["Cache-Control"] == "no-store"
