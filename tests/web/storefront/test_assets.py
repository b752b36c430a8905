"""The built widgets are served to any store's page."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from flask.testing import FlaskClient

from tests.support.storefront import ROOT


@pytest.mark.parametrize(
    "name", ["core.js", "policy-badge.js", "banner.js", "window-panel.js", "trust-section.js", "aftercare.css"]
)
def test_a_built_file_is_served_as_it_is_to_every_origin(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/static/widgets/{name}", buffered=True)
    assert answer.data == (ROOT / "static" / "widgets" / name).read_bytes()
    assert answer.mimetype == ("text/css" if name.endswith(".css") else "text/javascript")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    again = client.get(f"/static/widgets/{name}", headers={"If-None-Match": answer.headers["ETag"]}, buffered=True)
    assert again.status_code == HTTPStatus.NOT_MODIFIED


@pytest.mark.parametrize("name", ["none.js", "../docs/api.css", "..%2f..%2fpyproject.toml", "/etc/passwd"])
def test_nothing_else_is_served(client: FlaskClient, name: str) -> None:
    assert client.get(f"/static/widgets/{name}").status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.PERMANENT_REDIRECT}
