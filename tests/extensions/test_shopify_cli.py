"""Shopify's own command line finds nothing wrong with the app, and would: it builds, and refuses what is broken.

Not signed in. `app doctor` is run without the package lists, for which it asks the registry about known holes.
"""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.repository import files
from tests.support.shopify_cli import HAS_CLI, build, copied, copied_within, doctor, theme_check

pytestmark = pytest.mark.skipif(
    not HAS_CLI, reason="no Node 22 with Shopify's command line here; script/test gets both"
)
EXTENSIONS = sorted({path.parent.name for path in files() if path.name == "shopify.extension.toml"})
THEME = "aftercare-theme"
LARGEST = {"aftercare-checkout": 16_000, "aftercare-orders": 16_000, "aftercare-returns": 24_000}
"""Bytes, compressed. Shopify takes 64 KB, and 128 KB for a page; the CLI prints sizes and refuses none."""


@pytest.fixture(scope="module")
def app() -> Iterator[Path]:
    """Give what an owner deploys: the app's file with an id, and the extensions."""
    with copied_within("shopify.app.toml", "extensions/") as app:
        yield app


def test_the_app_builds_with_every_extension_within_its_size(app: Path) -> None:
    (app / ".env").write_text("PUBLIC_URL=https://after.nordkap.example\nSECRET_KEY=never-in-an-extension\n")
    done = build(app)
    assert (done.returncode, "built!" in done.stderr + done.stdout) == (0, True), done.stdout + done.stderr
    assert set(EXTENSIONS) == {THEME, *LARGEST}
    for name, largest in LARGEST.items():
        made = (app / "extensions" / name / "dist" / f"{name}.js").read_bytes()
        assert len(gzip.compress(made)) < largest
        assert b"https://after.nordkap.example" in made
        assert b"process.env" not in made
        assert b"never-in-an-extension" not in made


def test_a_broken_file_does_not_build(app: Path, tmp_path: Path) -> None:
    text = (app / "shopify.app.toml").read_text()
    assert 'uri = "https:' in text
    (tmp_path / "shopify.app.toml").write_text(text.replace('uri = "https:', 'uri = "http:'))
    done = build(tmp_path)
    assert done.returncode == 1
    assert "webhooks.subscriptions.0.uri" in done.stdout + done.stderr


def test_theme_check_finds_nothing(app: Path) -> None:
    done = theme_check(app / "extensions" / THEME)
    assert (done.returncode, json.loads(done.stdout)) == (0, [])


def test_theme_check_would_find_a_broken_block(app: Path, tmp_path: Path) -> None:
    folder = tmp_path / THEME
    shutil.copytree(app / "extensions" / THEME, folder)
    block = folder / "blocks" / "badge.liquid"
    block.write_text(block.read_text().replace("render 'look-badge'", "render 'look-nowhere'"))
    done = theme_check(folder)
    assert done.returncode == 1
    assert "MissingTemplate" in {each["check"] for file in json.loads(done.stdout) for each in file["offenses"]}


def test_the_doctor_finds_nothing_but_the_secret_that_was_put_there(tmp_path: Path) -> None:
    app = copied(tmp_path, "shopify.app.toml", ".env", "extensions/", "plugin/", "integrations/", "static/", "widgets/")
    (app / ".env.local").write_text("SHOPIFY_SECRET_KEY='shpss_0123456789abcdef0123456789abcdef'\n")
    scan = json.loads(doctor(app).stdout)["scan"]
    assert {(each["id"], each["location"]["file"]) for each in scan["issues"]} == {("COMMITTED_SECRET", ".env.local")}
    assert scan["capabilities"]["theme_app_extension"]
    assert scan["capabilities"]["app_embed"]
