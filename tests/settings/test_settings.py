import base64
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.system.secrets import SystemSecrets
from plugin.settings import Mode, Secret, Settings, SettingsError
from plugin.settings.settings import NAMES
from tests.support.repository import ROOT

KEY = base64.b64encode(b"k" * 32).decode()
RING = json.dumps({"current": "a", "keys": {"a": KEY}})


def faults(**environ: str) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        Settings.from_env(environ)
    return caught.value.faults


def test_without_any_variable_the_embedded_demo_runs_on_this_machine_alone() -> None:
    settings = Settings.from_env({})
    assert settings.mode is Mode.DEMO
    assert settings.has_demo
    assert settings.bind == "127.0.0.1"
    assert settings.base_url == "http://localhost:8000"
    assert settings.sqlite_file == Path("var/aftercare.sqlite3").absolute()
    assert (settings.web_concurrency, settings.web_threads) == (1, 16)


def test_a_public_address_means_production_and_no_demo_store() -> None:
    settings = Settings.from_env({"PUBLIC_URL": "https://Aftercare.Example.com/"})
    assert settings.mode is Mode.PRODUCTION
    assert not settings.has_demo
    assert settings.base_url == "https://aftercare.example.com"


def test_a_demo_may_have_a_public_address_when_asked_for() -> None:
    assert Settings.from_env({"PUBLIC_URL": "https://demo.example.com", "AFTERCARE_ENV": "demo"}).has_demo


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_a_postgresql_address_is_understood(scheme: str) -> None:
    settings = Settings.from_env({"DATABASE_URL": f"{scheme}://u:p%40ss@db.example.com:5433/shop?sslmode=require"})
    assert settings.database_url.reveal() == "postgresql+psycopg://u:p%40ss@db.example.com:5433/shop?sslmode=require"
    assert settings.sqlite_file is None


def test_all_faults_are_told_at_once() -> None:
    told = faults(
        PORT="http",
        PUBLIC_URL="http://shop.example.com",
        DATABASE_URL="mysql://root:hunter2@localhost/shop",
        TRUSTED_PROXIES="all",
        AFTERCARE_ENV="staging",
        AFTERCARE_KEYS="{}",
        WORKER_SLOT="a b",
        ALLOW_PRIVATE_SHOPS="maybe",
        AFTERCARE_HOEM="/srv",
    )
    assert [fault.split()[0] for fault in told] == [
        "AFTERCARE_HOEM",
        "DATABASE_URL",
        "PUBLIC_URL",
        "AFTERCARE_ENV",
        "PORT",
        "TRUSTED_PROXIES",
        "WORKER_SLOT",
        "AFTERCARE_KEYS",
        "AFTERCARE_KEYS",
        "ALLOW_PRIVATE_SHOPS",
    ]
    assert "did you mean AFTERCARE_HOME?" in told[0]
    assert "hunter2" not in " ".join(told)


@pytest.mark.parametrize(
    "url",
    ["shop.example.com", "ftp://shop.example.com", "https://", "https://a.example/path", "https://u:p@a.example",
     "https://a.example:99999", "https://a.example/?x=1", "https://[::1"],
)  # fmt: skip
def test_an_address_the_world_cannot_use_is_refused(url: str) -> None:
    assert faults(PUBLIC_URL=url)[0].startswith("PUBLIC_URL ")


@pytest.mark.parametrize(
    "url", ["sqlite://", "sqlite:///:memory:", "sqlite:///?mode=memory", "postgres://db", "nonsense"]
)
def test_a_database_that_could_not_be_shared_by_web_and_worker_is_refused(url: str) -> None:
    assert faults(DATABASE_URL=url)[0].startswith("DATABASE_URL ")


@pytest.mark.parametrize(
    ("library", "name", "value", "lock"),
    [
        ("boto3", "FILES_BUCKET", "evidence", "requirements-s3.lock"),
        ("redis", "REDIS_URL", "redis://localhost:6379/0", "requirements-redis.lock"),
    ],
)
def test_a_library_that_is_not_installed_is_told_with_the_lock_that_has_it(
    monkeypatch: pytest.MonkeyPatch, library: str, name: str, value: str, lock: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)  # so Python remembers what it cannot import
    (told,) = (fault for fault in faults(**{name: value}) if fault.startswith(f"{name} needs"))
    assert told.endswith(f"-r {lock}")
    assert f"{library}==" in (ROOT / lock).read_text()


def test_shops_in_private_networks_are_called_only_by_the_operators_word() -> None:
    assert not Settings.from_env({}).allows_private_shops
    assert not Settings.from_env({"ALLOW_PRIVATE_SHOPS": "no"}).allows_private_shops
    assert Settings.from_env({"ALLOW_PRIVATE_SHOPS": "Yes"}).allows_private_shops


def test_half_of_the_secrets_in_the_environment_is_refused() -> None:
    assert faults(AFTERCARE_KEYS=RING) == ("AFTERCARE_KEYS and AFTERCARE_SESSION must be set together or not at all",)


def test_a_signing_secret_is_rotated_in_the_environment_by_putting_a_fresh_one_first() -> None:
    fresh = base64.b64encode(b"f" * 32).decode()

    def signing(session: str) -> SystemSecrets:
        given = Settings.from_env({"AFTERCARE_KEYS": RING, "AFTERCARE_SESSION": session}).given_secrets
        assert given
        return SystemSecrets(given.sessions)

    def counts(signature: bytes, at: SystemSecrets) -> bool:
        return signature in [each.sign("link", "claim1") for each in at.accepted()]

    before, both, after = signing(KEY), signing(f"{fresh}, {KEY}"), signing(fresh)
    link = before.sign("link", "claim1")
    assert both.sign("link", "claim1") == after.sign("link", "claim1") != link
    assert counts(link, both)
    assert not counts(link, after)
    assert "AFTERCARE_SESSION must be base64 of at least 32 bytes" in faults(
        AFTERCARE_KEYS=RING, AFTERCARE_SESSION=f"{KEY},"
    )


BAD_RINGS = (
    json.dumps({"current": "b", "keys": {"a": KEY}}),
    json.dumps({"current": "a", "keys": {"a": "c2hvcnQ="}}),
    '{"keys": []}',
    "[]",
    "{",
)


@pytest.mark.parametrize("ring", BAD_RINGS)
def test_a_key_ring_that_could_not_open_what_it_locks_is_refused(ring: str) -> None:
    assert any(
        fault.startswith("AFTERCARE_KEYS must be JSON") for fault in faults(AFTERCARE_KEYS=ring, AFTERCARE_SESSION=KEY)
    )


def test_secrets_never_show() -> None:
    settings = Settings.from_env(
        {"DATABASE_URL": "postgres://u:hunter2@db/shop", "AFTERCARE_KEYS": RING, "AFTERCARE_SESSION": KEY}
    )
    assert settings.given_secrets is not None
    assert settings.given_secrets.keys.reveal() == RING
    shown = f"{settings} {settings!r} {settings.database_url} {settings.given_secrets.session:>9}"
    assert "hunter2" not in shown
    assert KEY not in shown


def test_a_secret_shows_as_three_stars_however_it_is_formatted() -> None:
    assert {str(Secret("x")), repr(Secret("x")), f"{Secret('x')}"} == {"***"}


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=40)))
def test_whatever_the_environment_says_it_is_read_or_refused_in_sentences(environ: dict[str, str]) -> None:
    told: tuple[str, ...] = ()
    try:
        Settings.from_env(environ)
    except SettingsError as error:
        told = error.faults
    assert all(fault.startswith(NAMES) for fault in told)


def test_the_example_file_names_every_setting_and_no_other() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    named = [line.removeprefix("#").split("=")[0].strip() for line in lines if "=" in line]
    setup = re.search(r"^locks_of\(\) \{.*?^\}", (ROOT / "script" / "lib.sh").read_text(), re.DOTALL | re.MULTILINE)
    assert setup
    assert sorted(named) == sorted({*NAMES, *re.findall(r"\$\{(\w+):-\}", setup[0])})


def test_a_shell_reads_the_example_file_with_every_line_switched_on(tmp_path: Path) -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    (tmp_path / ".env").write_text("\n".join(line.removeprefix("#") for line in lines if not line.startswith("# ")))
    show = shlex.join([sys.executable, "-c", "import json, os; print(json.dumps(dict(os.environ)))"])
    done = subprocess.run(
        ["sh", "-c", f"set -a; . ./.env; {show}"], cwd=tmp_path, env={}, check=True, capture_output=True, text=True
    )
    seen = {name: value for name, value in json.loads(done.stdout).items() if name in NAMES}
    with pytest.raises(SettingsError) as caught:
        Settings.from_env(seen)
    placeholders = ("AFTERCARE_KEYS", "AFTERCARE_SESSION", "FILES_ACCESS_KEY and FILES_SECRET_KEY", "METRICS_TOKEN")
    assert seen.keys() == set(NAMES)
    assert [fault for fault in caught.value.faults if not fault.startswith(placeholders)] == []
