"""What the person who started the server reads first."""

from pathlib import Path

from plugin.cli.announcement import text
from plugin.settings import Settings


def said(home: Path, **environ: str) -> str:
    return text(Settings.from_env({"AFTERCARE_HOME": str(home), **environ}), "/admin/sign-in/token")


def test_without_a_public_address_it_tells_what_works_and_what_needs_one(tmp_path: Path) -> None:
    announced = said(tmp_path)
    assert "Without PUBLIC_URL imports work, and so do WooCommerce shops connected with pasted keys" in announced
    assert "webhooks and links in mail that work from elsewhere need it" in announced
    assert "TRUSTED_PROXIES" not in announced


def test_a_public_address_without_a_named_proxy_is_warned_of(tmp_path: Path) -> None:
    announced = said(tmp_path, PUBLIC_URL="https://care.example.com")
    assert "TRUSTED_PROXIES" in announced
    assert "Without PUBLIC_URL" not in announced


def test_a_public_address_behind_a_named_proxy_needs_no_word(tmp_path: Path) -> None:
    announced = said(tmp_path, PUBLIC_URL="https://care.example.com", TRUSTED_PROXIES="1")
    assert "TRUSTED_PROXIES" not in announced
    assert "Without PUBLIC_URL" not in announced
