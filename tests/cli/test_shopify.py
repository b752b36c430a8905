"""The app's file for Shopify's CLI, made an owner's own: once or again, and never with a secret."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from integrations.platforms.shopify.app_file import SHIPPED
from tests.cli.conftest import Run

CLIENT = "0123456789abcdef0123456789abcdef"
SECRET = "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"
OWN = ("--client-id", CLIENT, "--address", "https://after.nordkap.example")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "shopify.app.own.toml"


def configure(run: Run, file: Path, *options: str) -> tuple[int, str]:
    result = run("shopify", "configure", "--out", file, *options)
    return result.exit_code, result.output


def test_an_owners_id_and_address_stand_in_a_copy(run: Run, file: Path) -> None:
    status, told = configure(run, file, *OWN, "--name", "Nordkap after-sales")
    assert (status, "shopify app deploy --config own" in told) == (0, True)
    made = tomllib.loads(file.read_text())
    assert (made["client_id"], made["name"]) == (CLIENT, "Nordkap after-sales")
    assert made["application_url"] == "https://after.nordkap.example/admin/"
    assert "aftercare.example.com" not in file.read_text()


def test_the_same_answers_again_change_nothing_and_say_so(run: Run, file: Path) -> None:
    assert configure(run, file, *OWN)[1].startswith("Written: ")
    before = (file.read_bytes(), file.stat().st_mtime_ns)
    assert configure(run, file, *OWN)[1].startswith("Unchanged: ")
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before


def test_other_answers_and_what_an_older_release_wrote_are_written_over(run: Run, file: Path) -> None:
    configure(run, file, *OWN)
    file.write_text(file.read_text().replace("read_returns,", ""))
    configure(run, file, "--client-id", CLIENT[::-1], "--address", "https://fjell.example")
    made = tomllib.loads(file.read_text())
    assert (made["client_id"], made["application_url"]) == (CLIENT[::-1], "https://fjell.example/admin/")
    assert made["access_scopes"] == tomllib.loads(SHIPPED.read_text())["access_scopes"]


def test_what_no_option_says_the_environment_does_and_its_secret_stays_there(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOPIFY_CLIENT_ID", CLIENT)
    monkeypatch.setenv("SHOPIFY_CLIENT_SECRET", SECRET)
    monkeypatch.setenv("PUBLIC_URL", "https://after.nordkap.example")
    status, told = configure(run, file)
    assert status == 0
    assert tomllib.loads(file.read_text())["client_id"] == CLIENT
    assert SECRET not in file.read_text() + told


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--client-id", CLIENT), "--address"),
        (("--address", "https://after.nordkap.example"), "--client-id"),
        (("--client-id", CLIENT, "--address", "http://after.nordkap.example"), "'--address'"),
        (("--client-id", CLIENT, "--address", "https://after.nordkap.example/shop"), "'--address'"),
        (("--client-id", "an app", "--address", "https://after.nordkap.example"), "'--client-id'"),
        ((*OWN, "--name", ""), "'--name'"),
        ((*OWN, "--name", "a" * 31), "'--name'"),
        ((*OWN, "--out", "settings.toml"), "'--out'"),
    ],
    ids=str,
)
def test_what_does_not_fit_is_refused_by_the_name_of_its_field(
    run: Run, file: Path, options: tuple[str, ...], named: str
) -> None:
    status, told = configure(run, file, *options)
    assert (status, named in told) == (2, True), told
    assert not file.exists()


def test_a_secret_given_for_the_id_is_refused_and_not_shown(run: Run, file: Path) -> None:
    status, told = configure(run, file, "--client-id", SECRET, "--address", "https://after.nordkap.example")
    assert (status, SECRET in told) == (2, False)


def test_an_address_of_this_machine_is_refused_by_its_settings_name(
    run: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLIC_URL", "http://localhost:8000")
    status, told = configure(run, file, "--client-id", CLIENT)
    assert (status, "PUBLIC_URL must begin with https://" in told) == (1, True)


def test_a_folder_that_is_not_there_is_told(run: Run, file: Path) -> None:
    status, told = configure(run, file.parent / "nowhere" / file.name, *OWN)
    assert (status, "--out" in told) == (1, True)


def test_extensions_are_told_the_address_beside_the_file_and_what_else_stands_there_stays(run: Run, file: Path) -> None:
    beside = file.with_name(".env.own")
    configure(run, file, *OWN)
    assert beside.read_text() == "PUBLIC_URL=https://after.nordkap.example\n"
    beside.write_text("SHOPIFY_ID=kept\nPUBLIC_URL=https://old.example\nLAST=kept")
    configure(run, file, *OWN)
    assert beside.read_text() == "SHOPIFY_ID=kept\nPUBLIC_URL=https://after.nordkap.example\nLAST=kept"
    assert f"Unchanged: {beside}" in configure(run, file, *OWN)[1]


def test_the_installations_own_settings_are_never_touched(run: Run, tmp_path: Path) -> None:
    configure(run, tmp_path / "shopify.app.toml", *OWN)
    assert not (tmp_path / ".env").exists()
