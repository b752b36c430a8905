from datetime import timedelta

import pytest

from plugin.domain.access import Token, is_live
from plugin.domain.ids import MerchantId, StaffId
from plugin.domain.shop import Session
from tests.build import NOW

SESSION = Session("s1", StaffId("a"), b"hash", NOW, NOW, NOW + timedelta(days=30), "Firefox")


def test_a_token_reads_back_as_it_was_written() -> None:
    token = Token(MerchantId("m"), "record", "secret")
    assert Token.parse(str(token)) == token


@pytest.mark.parametrize("text", ["", "a.b", "a.b.", ".b.c", "a.b.c.d", "secret"])
def test_a_text_that_is_no_token_is_none(text: str) -> None:
    assert Token.parse(text) is None


def test_a_token_shows_its_secret_only_when_asked_for_it_as_text() -> None:
    assert "secret" not in repr(Token(MerchantId("m"), "record", "secret"))


def test_a_session_is_over_after_fourteen_idle_days() -> None:
    assert is_live(SESSION, NOW + timedelta(days=14) - timedelta(seconds=1))
    assert not is_live(SESSION, NOW + timedelta(days=14))
