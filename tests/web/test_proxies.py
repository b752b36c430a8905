"""Whose word is taken for the address of a visitor and of this server: that of as many proxies as were announced."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import request

from plugin.app import create_app
from plugin.settings import Settings

FORGED = {
    "X-Forwarded-For": "6.6.6.6, 203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "shop.example.com",
    "X-Forwarded-Prefix": "/elsewhere",
}


@pytest.mark.parametrize(
    ("proxies", "visitor", "host"),
    [("0", "127.0.0.1", "localhost"), ("1", "203.0.113.9", "shop.example.com"), ("2", "6.6.6.6", "localhost")],
)
def test_only_proxies_that_were_announced_are_believed(tmp_path: Path, proxies: str, visitor: str, host: str) -> None:
    app = create_app(Settings.from_env({"AFTERCARE_HOME": str(tmp_path), "TRUSTED_PROXIES": proxies}))
    app.add_url_rule("/seen", view_func=lambda: {"visitor": request.remote_addr, "host": request.host})
    seen = app.test_client().get("/seen", headers=FORGED).get_json()
    assert seen == {"visitor": visitor, "host": host}
