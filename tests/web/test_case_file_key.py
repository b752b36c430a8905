"""Whoever has a case file finds the issuer's public key at one address, in the forms that programs take it."""

from __future__ import annotations

from base64 import urlsafe_b64decode
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

from werkzeug.test import TestResponse

from plugin.app import create_app
from plugin.domain.case_file.signed import key_id
from plugin.settings import Secrets, Settings, change_secrets

WHERE = "/.well-known/aftercare-case-file-key.json"


def published(home: Path) -> TestResponse:
    """The answer of a web process that has just started on this home."""
    settings = Settings.from_env({"AFTERCARE_HOME": str(home), "AFTERCARE_ENV": "production"})
    return create_app(settings).test_client().get(WHERE)


def test_the_public_key_is_published_as_a_key_set_that_any_page_may_read(tmp_path: Path) -> None:
    response = published(tmp_path)
    assert response.status_code == HTTPStatus.OK
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    (found,) = response.get_json()["keys"]
    public = urlsafe_b64decode(found["x"] + "=")
    assert public == bytes.fromhex(found["hex"])
    assert (found["kty"], found["crv"], found["kid"]) == ("OKP", "Ed25519", key_id(public))


def test_an_installation_keeps_its_key_and_no_other_has_it(tmp_path: Path) -> None:
    first, again, other = published(tmp_path / "a"), published(tmp_path / "a"), published(tmp_path / "b")
    assert first.data == again.data
    assert first.data != other.data


def test_a_process_at_work_publishes_the_key_of_a_rotated_secret_at_once(tmp_path: Path) -> None:
    settings = Settings.from_env({"AFTERCARE_HOME": str(tmp_path), "AFTERCARE_ENV": "production"})
    at_work = create_app(settings).test_client()
    before = at_work.get(WHERE).data
    change_secrets(settings, Secrets.with_fresh_session)
    rotated = at_work.get(WHERE).data
    change_secrets(settings, lambda known: replace(known, older_sessions=()))  # `keys retire --signing`
    assert rotated != before
    assert at_work.get(WHERE).data == rotated == published(tmp_path).data
