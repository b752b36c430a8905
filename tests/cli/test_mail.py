"""`aftercare mail test` says whether mail leaves, and if not, why."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cli.conftest import Run
from tests.support.mail_server import Post, post_office


@pytest.fixture
def post(run: Run, monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    assert run("owner", "invite", "mara@example.com").exit_code == 0
    with post_office() as server:
        monkeypatch.setenv("SMTP_URL", f"smtp+plain://127.0.0.1:{server.port}")
        monkeypatch.setenv("MAIL_FROM", "Aftercare <mail@example.com>")
        yield server


def test_a_test_mail_leaves_by_the_installations_server(run: Run, post: Post) -> None:
    result = run("mail", "test", "mara@example.com")
    assert (result.exit_code, result.stdout) == (0, "sent: Through this installation’s mail server\n")
    assert [(taken.sender, taken.recipient) for taken in post.taken] == [("mail@example.com", "mara@example.com")]


def test_what_the_server_says_against_it_is_told(run: Run, post: Post) -> None:
    post.says("RCPT", "550 who is that?")
    result = run("mail", "test", "mara@example.com")
    assert result.exit_code == 1
    assert "refuses the recipient’s address. (550 who is that?)" in result.output


def test_without_a_server_it_says_what_to_set(run: Run, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    del post
    for name in ("SMTP_URL", "MAIL_FROM"):
        monkeypatch.delenv(name)
    result = run("mail", "test", "mara@example.com")
    assert result.exit_code == 1
    assert "set SMTP_URL and MAIL_FROM" in result.output


def test_what_is_no_address_is_no_option_that_makes_sense(run: Run) -> None:
    assert run("mail", "test", "mara").exit_code == 2
