"""What a call to the Admin API comes to, whatever answers: each outcome has its name, and none shows the token."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from integrations.guarded_http import open_session
from integrations.platforms.shopify.access import ShopAccess
from integrations.platforms.shopify.admin_api.client import AdminClient, Line, Refused
from integrations.platforms.shopify.documents import Operation
from plugin.domain.connection_faults import (
    AccessRevoked,
    AccessTooNarrow,
    ShopBlocks,
    ShopClosed,
    ShopFault,
    ShopUnavailable,
    ShopUnreadable,
)
from plugin.domain.shop_domain import ShopDomain
from tests.support.shopify_admin.server import TOKEN, AdminServer, Reply, serving

QUESTION = Operation("Question", "query Question { shop { name } }", may_repeat=True)
COMMAND = Operation("Command", "mutation Command { act { userErrors { message } } }", may_repeat=False)
HTML = b"<!doctype html><title>Down for maintenance</title>"
SHOP = ShopDomain("nordkap.myshopify.com")

Said = dict[str, Any]


class Name(msgspec.Struct):
    name: str | None


class Shop(msgspec.Struct):
    shop: Name


class Act(msgspec.Struct):
    id: str


class Answers:
    """Answers with what a test says."""

    def __init__(self) -> None:
        self.says: Said = {"data": {"shop": {"name": "Nordkap"}}}

    def __call__(self, _query: str, _variables: Said, _operation: str | None) -> Said:
        return self.says


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def server(answers: Answers) -> Iterator[AdminServer]:
    with serving(AdminServer(answers)) as server:
        yield server


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def client(server: AdminServer, waits: list[float]) -> Iterator[AdminClient]:
    session = open_session(allows_private=True, timeouts=(2, 0.5))

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        server.points.fill(seconds)

    line = Line(server.origin, sleep, lambda: 0.0)
    with AdminClient(ShopAccess(SHOP, TOKEN), session, line) as client:
        yield client


def refused(*errors: Said) -> Said:
    return {"data": {"act": {"userErrors": list(errors)}}}


def test_a_call_carries_the_token_to_the_one_version_we_speak(server: AdminServer, client: AdminClient) -> None:
    assert client.ask(QUESTION).read(Shop).shop.name == "Nordkap"
    (asked,) = server.asked
    assert (asked.operation, asked.headers["x-shopify-access-token"]) == ("Question", TOKEN)
    assert server.paths == ["/admin/api/2026-10/graphql.json"]


MISBEHAVIOURS: list[tuple[Reply, type[ShopFault]]] = [
    (Reply(200, HTML), ShopUnreadable),
    (Reply(200, b'{"data": {"shop": {"na'), ShopUnreadable),
    (Reply(200, b'{"data": null}'), ShopUnreadable),
    (Reply(200, b"[" * 100_000), ShopUnreadable),
    (Reply(200, b'{"data": {}}', length=400), ShopUnreadable),
    (Reply(200, b'{"errors": [{"message": "Field nope", "extensions": {"code": "undefinedField"}}]}'), ShopUnreadable),
    (Reply(200, b'{"errors": [{"message": "no", "extensions": {"code": "ACCESS_DENIED"}}]}'), AccessTooNarrow),
    (Reply(200, b'{"errors": [{"message": "no", "extensions": {"code": "SHOP_INACTIVE"}}]}'), ShopClosed),
    (Reply(302, b"", (("Location", "https://elsewhere.example/"),)), ShopUnreadable),
    (Reply(400, b'{"errors": "Required parameter missing"}'), ShopUnreadable),
    (Reply(401, b'{"errors": "[API] Invalid API key"}'), AccessRevoked),
    (Reply(402, b'{"errors": "Unavailable Shop"}'), ShopClosed),
    (Reply(403, HTML), ShopBlocks),
    (Reply(404, HTML), ShopClosed),
    (Reply(423, b'{"errors": "Locked"}'), ShopClosed),
]


@pytest.mark.parametrize(("reply", "fault"), MISBEHAVIOURS)
def test_every_misbehaviour_has_its_name_and_is_not_asked_about_again(
    server: AdminServer, client: AdminClient, waits: list[float], reply: Reply, fault: type[ShopFault]
) -> None:
    server.misbehave(reply)
    with pytest.raises(fault) as caught:
        client.ask(QUESTION)
    assert caught.value.is_final == (fault in {AccessRevoked, AccessTooNarrow})
    assert (waits, len(server.asked)) == ([], 1)
    assert TOKEN not in repr(caught.value) + str(caught.value.__cause__) + str(caught.value.__context__)


def test_a_question_that_got_no_answer_is_asked_three_times_at_most(
    server: AdminServer, client: AdminClient, waits: list[float]
) -> None:
    server.misbehave(Reply(503, HTML), Reply(429, b"", (("Retry-After", "2.0"),)))
    assert client.ask(QUESTION).read(Shop).shop.name == "Nordkap"
    server.misbehave(Reply(500), Reply(502, HTML), Reply(504))
    with pytest.raises(ShopUnavailable):
        client.ask(QUESTION)
    assert waits == [1.0, 4.0, 1.0, 4.0]


def test_a_shop_that_wants_to_be_left_alone_for_long_is(
    server: AdminServer, client: AdminClient, waits: list[float]
) -> None:
    server.misbehave(Reply(429, b"", (("Retry-After", "90"),)))
    with pytest.raises(ShopUnavailable) as caught:
        client.ask(QUESTION)
    assert (caught.value.retry_after, waits) == (90.0, [])


@pytest.mark.parametrize("reply", [Reply(500), Reply(502, HTML), Reply(429), Reply(200, b'{"da')])
def test_a_command_is_sent_once_whatever_became_of_it(server: AdminServer, client: AdminClient, reply: Reply) -> None:
    server.misbehave(reply)
    with pytest.raises(ShopFault):
        client.change(COMMAND, {}, "act", Act)
    assert len(server.asked) == 1


def test_a_command_that_was_not_let_in_is_sent_again_when_the_points_are_there(
    server: AdminServer, client: AdminClient, answers: Answers, waits: list[float]
) -> None:
    server.points.available = 5.0
    answers.says = {"data": {"act": {"id": "7", "userErrors": []}}}
    assert client.change(COMMAND, {}, "act", Act).id == "7"
    assert (len(server.asked), waits) == (2, [1.0])


def test_what_an_operation_is_known_to_cost_is_waited_for_before_it_is_sent(
    server: AdminServer, client: AdminClient, waits: list[float]
) -> None:
    server.price = lambda _: 600.0
    server.points.available = 700.0
    client.ask(QUESTION)  # charged 200: 500 are left, and 600 are asked for
    client.ask(QUESTION)
    assert waits == [1.0]
    assert len(server.asked) == 2


def test_nobody_waits_for_more_points_than_a_bucket_holds(
    server: AdminServer, client: AdminClient, waits: list[float]
) -> None:
    server.points.available, server.points.rate = 0.0, 0.5
    with pytest.raises(ShopUnavailable):
        client.ask(QUESTION)
    assert waits == [20.0, 20.0]


def test_what_the_app_may_not_see_is_null_and_named_and_no_fault(client: AdminClient, answers: Answers) -> None:
    denied = {"message": "not approved to access", "path": ["shop", "name"], "extensions": {"code": "ACCESS_DENIED"}}
    answers.says = {"data": {"shop": {"name": None}}, "errors": [denied]}
    reply = client.ask(QUESTION)
    assert (reply.read(Shop).shop.name, reply.withheld) == (None, ("shop.name",))


def test_a_refusal_says_why_in_codes(client: AdminClient, answers: Answers) -> None:
    answers.says = refused({"message": "Return is not approvable.", "field": ["id"], "code": "INVALID_STATE"})
    with pytest.raises(Refused) as caught:
        client.change(COMMAND, {}, "act", Act)
    assert caught.value.codes == {"INVALID_STATE"}
    assert caught.value.said == "id: Return is not approvable."


def test_a_shop_that_is_not_there_is_unavailable(client: AdminClient, waits: list[float]) -> None:
    client.line = Line(lambda _: "http://127.0.0.1:9", waits.append, lambda: 0.0)
    with pytest.raises(ShopUnavailable):
        client.ask(QUESTION)
    assert waits == [1.0, 4.0]
