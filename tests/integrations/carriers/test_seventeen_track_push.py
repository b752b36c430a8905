"""What 17TRACK pushes: believed by its sign alone, and read as its answers are."""

from __future__ import annotations

from hashlib import sha256

import pytest

from integrations.carriers.seventeen_track.translate import told
from integrations.carriers.seventeen_track.verify import SeventeenTrackPush
from plugin.ports.carrier import Told
from plugin.ports.errors import Unreadable
from tests.integrations.carrier_contract import NOW
from tests.support.carriers.server import Reply
from tests.support.carriers.seventeen_track import DELIVERED, NUMBER

YT = "YT2607821272012345"
BODY = b'{"event":"TRACKING_STOPPED","data":{"number":"YT2607821272012345","carrier":190008,"param":null,"tag":null}}'
SIGN = sha256(BODY + b"/a-key").hexdigest()


@pytest.mark.parametrize(
    ("headers", "body", "key", "is_genuine"),
    [
        ({"sign": SIGN}, BODY, "a-key", True),
        ({"Sign": SIGN.upper()}, BODY, "a-key", True),
        ({"sign": SIGN}, BODY + b" ", "a-key", False),
        ({"sign": SIGN}, BODY, "another", False),
        ({"sign": "é"}, BODY, "a-key", False),
        ({}, BODY, "a-key", False),
        ({"sign": sha256(BODY + b"/").hexdigest()}, BODY, "", False),
    ],
)
def test_a_push_is_genuine_with_the_hash_of_body_and_key(
    headers: dict[str, str],
    body: bytes,
    key: str,
    is_genuine: bool,  # noqa: FBT001 - a case of the table
) -> None:
    assert SeventeenTrackPush(key).is_genuine(headers, body) is is_genuine


def test_a_push_tells_what_an_answer_does() -> None:
    body = Reply(body={"event": "TRACKING_UPDATED", "data": DELIVERED}).content
    assert SeventeenTrackPush("a-key").read(body, NOW) == (told(NUMBER, DELIVERED, NOW),)


def test_that_following_has_stopped_tells_nothing_of_the_parcel() -> None:
    assert SeventeenTrackPush("a-key").read(BODY, NOW) == (Told(YT, is_known=True),)


def test_other_pushes_are_left_alone_and_broken_ones_said_to_be() -> None:
    reader = SeventeenTrackPush("a-key")
    assert reader.read(b'{"event":"QUOTA_LOW","data":{"left":3}}', NOW) == ()
    for body in (b"[]", b"{", b'{"event":"TRACKING_UPDATED","data":[]}'):
        with pytest.raises(Unreadable):
            reader.read(body, NOW)
