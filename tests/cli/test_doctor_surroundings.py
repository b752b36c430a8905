"""What the doctor says of what stands around an installation: a proxy, Redis, a clock to compare with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plugin.doctor.finding import State
from plugin.doctor.home import lasting
from plugin.settings import Secrets, Settings
from tests.cli.conftest import Run
from tests.support.redis import RedisServer


def told(run: Run, check: str) -> tuple[str, str] | None:
    """Return a check's state and words; None where nothing is said of it."""
    document = json.loads(run("doctor", "--json").stdout)
    return next(((each["state"], each["told"]) for each in document["findings"] if each["check"] == check), None)


@pytest.mark.parametrize(
    ("public_url", "proxies", "said"),
    [
        ("https://shop.invalid", None, "warning"),
        ("https://shop.invalid", "1", "ok"),
        ("http://localhost:1", None, None),
    ],
)
def test_a_proxy_that_is_not_believed_is_told(
    run: Run, monkeypatch: pytest.MonkeyPatch, public_url: str, proxies: str | None, said: str | None
) -> None:
    monkeypatch.setenv("PUBLIC_URL", public_url)
    if proxies:
        monkeypatch.setenv("TRUSTED_PROXIES", proxies)
    found = told(run, "proxy")
    assert (found and found[0]) == said


def test_a_redis_that_is_away_is_a_warning_and_one_that_answers_is_not(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told(run, "rate limits") is None, "nobody named one"
    server = RedisServer(tmp_path)
    server.start()
    monkeypatch.setenv("REDIS_URL", server.url)
    there = told(run, "rate limits")
    server.kill()
    away = told(run, "rate limits")
    assert (there and there[0], away and away[0]) == ("ok", "warning")


def test_a_clock_that_nothing_can_be_compared_with_is_said_to_be_unknown(run: Run) -> None:
    assert run("db", "upgrade").exit_code == 0
    found = told(run, "clock")
    assert found
    assert found[0] == "unknown"
    assert "NTP" in found[1]


def test_what_is_on_a_disk_that_heroku_does_not_keep_is_named(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told(run, "lasting") is None, "nobody knows of the disk"
    monkeypatch.setenv("DYNO", "web.1")
    found = told(run, "lasting")
    assert found
    assert found[0] == "failed"
    assert all(each in found[1] for each in ("the database", "secrets.json", "files", "the list of erasures"))

    given = Secrets.generate()
    elsewhere = {
        "AFTERCARE_HOME": str(tmp_path),
        "DATABASE_URL": "postgresql://db.example/aftercare",
        "AFTERCARE_KEYS": given.keys.reveal(),
        "AFTERCARE_SESSION": given.session.reveal(),
        "FILES_BUCKET": "kept",
        "FILES_REGION": "us-east-1",
        "FILES_ACCESS_KEY": "key",
        "FILES_SECRET_KEY": "secret",
    }
    (left,) = lasting(Settings.from_env(elsewhere), {"DYNO": "web.1"})
    assert (left.state, left.told) == (State.WARNING, "a dyno's disk is not kept: the list of erasures")
