"""Addresses for Shopify's UI extensions, as the OpenAPI document tells them: one entry a question."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from plugin.web.extensions.claim_schemas import ClaimAnswer
from plugin.web.extensions.draft_schemas import ClaimDraftAnswer, ClaimSubmission, ClaimWish
from plugin.web.extensions.schemas import OrderAnswer, OrdersAnswer, OrderWindowsAnswer
from plugin.web.extensions.withdrawal_schemas import (
    WithdrawalCheckAnswer,
    WithdrawalConfirmation,
    WithdrawalFormAnswer,
    WithdrawalReceiptAnswer,
    WithdrawalWish,
)
from plugin.web.problems import PROBLEM_JSON
from plugin.web.storefront.schemas import PolicyAnswer

Document = Mapping[str, Any]

SECURITY: Final[Document] = {
    "extension": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "The session token that Shopify gives an extension: signed with the app's secret, for its "
        "client id, five minutes long. `sub` names who is signed in; nothing in it names an order.",
    }
}
_SIGNED: Final[Sequence[Document]] = [{"extension": []}]
_NAMES: Final = re.compile(r"\{(\w+)\}")
_DESCRIBED: Final[Mapping[str, str]] = {
    "order": "Shopify's id of the order, in figures.",
    "claim": "Id of a claim, as an order names it.",
    "lang": "BCP 47 language of the words; else the order's own.",
    "country": "ISO 3166-1 alpha-2 country the goods go to.",
    "products": "Shopify's ids of the products or variants in the cart, in figures, with commas, at most 100.",
    "ids": "Shopify's ids of orders, in figures, with commas, at most 20.",
}
_NEEDED: Final = frozenset({"ids"})


@dataclass(frozen=True, slots=True)
class _Question:
    """One question: its operation's id, what it is, what is sent and what is answered."""

    method: str
    path: str
    id: str
    summary: str
    answer: type
    sent: type | None = None
    query: tuple[str, ...] = ()
    status: str = "200"
    note: str = "Private and never stored."


_CHECKOUT, _ACCOUNT = "/extensions/v1/checkout", "/extensions/v1/account"
_ORDER = f"{_ACCOUNT}/orders/{{order}}"
_WINDOWS = (
    "To whom the order is not theirs, or who is not signed in: what the shop promises everybody, and where to look."
)
_QUESTIONS: Final = (
    _Question(
        "get",
        f"{_CHECKOUT}/promises",
        "checkoutPromises",
        "What a shopper at checkout may count on",
        PolicyAnswer,
        query=("country", "products"),
        note="The storefront's own answer about the token's shop. Ask again by its ETag.",
    ),
    _Question(
        "get",
        f"{_CHECKOUT}/orders/{{order}}/windows",
        "checkoutWindows",
        "What an order entitles to, on the thank-you page",
        OrderWindowsAnswer,
        query=("country",),
        note=_WINDOWS,
    ),
    _Question(
        "get",
        f"{_ORDER}/windows",
        "accountWindows",
        "What an order entitles to, on its status page",
        OrderWindowsAnswer,
        query=("country",),
        note=_WINDOWS,
    ),
    _Question(
        "get",
        f"{_ACCOUNT}/orders",
        "accountOrders",
        "The customer's orders",
        OrdersAnswer,
        query=("ids",),
        note="Those asked for that are theirs and on record.",
    ),
    _Question("get", _ORDER, "accountOrder", "One of them, as a claim begins", OrderAnswer),
    _Question(
        "post",
        f"{_ORDER}/claim",
        "quoteClaim",
        "Write a claim, and quote it",
        ClaimDraftAnswer,
        sent=ClaimWish,
        note="Everything said so far, each time; what does not fit is answered as not said.",
    ),
    _Question(
        "post",
        f"{_ORDER}/claim/submit",
        "submitClaim",
        "Send what was written",
        ClaimAnswer,
        sent=ClaimSubmission,
        status="201",
        note="However often it is sent, it is one claim.",
    ),
    _Question("get", f"{_ACCOUNT}/claims/{{claim}}", "accountClaim", "Where a claim stands", ClaimAnswer),
    _Question("post", f"{_ACCOUNT}/claims/{{claim}}/cancel", "cancelClaim", "Call a claim off", ClaimAnswer),
    _Question("get", f"{_ORDER}/withdrawal", "withdrawalForm", "Withdrawal, first screen", WithdrawalFormAnswer),
    _Question(
        "post",
        f"{_ORDER}/withdrawal/check",
        "checkWithdrawal",
        "Withdrawal, second screen",
        WithdrawalCheckAnswer,
        sent=WithdrawalWish,
        note="Declares nothing.",
    ),
    _Question(
        "post",
        f"{_ORDER}/withdrawal",
        "declareWithdrawal",
        "Declare a withdrawal",
        WithdrawalReceiptAnswer,
        sent=WithdrawalConfirmation,
        status="201",
        note="Takes effect as it arrives; sent twice with the same `form` it is declared once.",
    ),
)
SHAPES: Final = tuple(dict.fromkeys(kind for each in _QUESTIONS for kind in (each.answer, each.sent) if kind))


def extension_paths(schemas: Sequence[Document], problem: Document) -> Document:
    """The addresses; `schemas` are those of `SHAPES`, `problem` is that of refusals."""
    known = dict(zip(SHAPES, schemas, strict=True))
    paths: dict[str, dict[str, Document]] = {}
    for each in _QUESTIONS:
        paths.setdefault(each.path, {})[each.method] = _operation(each, known, problem)
    return paths


def _operation(question: _Question, known: Mapping[type, Document], problem: Document) -> Document:
    operation = {
        "operationId": question.id,
        "summary": question.summary,
        "description": question.note,
        "parameters": [
            *(_parameter(name, "path") for name in _NAMES.findall(question.path)),
            *(_parameter(name, "query") for name in (*question.query, "lang")),
        ],
        "security": _SIGNED,
        "responses": dict(_responses(question, known[question.answer], problem)),
    }
    if question.sent:
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": known[question.sent]}},
        }
    return operation


def _parameter(name: str, where: str) -> Document:
    return {
        "name": name,
        "in": where,
        "required": where == "path" or name in _NEEDED,
        "description": _DESCRIBED[name],
        "schema": {"type": "string"},
    }


def _responses(question: _Question, answer: Document, problem: Document) -> Iterator[tuple[str, Document]]:
    yield question.status, _json(question.summary + ".", answer)
    yield (
        "401",
        _json("No session token, or none that holds: ask Shopify for a fresh one.", problem, PROBLEM_JSON),
    )
    if question.path.startswith(_ACCOUNT) and not question.path.endswith("/windows"):
        yield "403", _json("Nobody is signed in.", problem, PROBLEM_JSON)
    yield "404", _json("No such shop, or nothing of the customer's.", problem, PROBLEM_JSON)
    if question.method == "post":
        yield "409", _json("It has moved on since.", problem, PROBLEM_JSON)
        yield "429", _json("Too much at once; `Retry-After` says when.", problem, PROBLEM_JSON)
    yield "422", _json("What was sent cannot be used.", problem, PROBLEM_JSON)


def _json(description: str, schema: Document, media_type: str = "application/json") -> Document:
    return {"description": description, "content": {media_type: {"schema": schema}}}
