"""Public addresses that hand out pages, files and data, as the OpenAPI document tells them: one entry an address."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plugin.domain.legal_documents import Piece
from plugin.web.problems import PROBLEM_JSON

Document = Mapping[str, Any]

_PDF, _TEXT, _HTML, _JSON = "application/pdf", "text/plain", "text/html", "application/json"
_PNG, _JPEG, _SVG = "image/png", "image/jpeg", "image/svg+xml"
_WORDS: Document = {"type": "string"}
_SCHEMAS: Mapping[str, Document] = {
    _HTML: _WORDS,
    _TEXT: _WORDS,
    "application/xml": _WORDS,
    _JSON: {"type": "object"},
    "application/ld+json": {"type": "object"},
    "application/schema+json": {"type": "object"},
}
"""What a body is; of every other type, bytes."""
_BYTES: Document = {"type": "string", "format": "binary"}
_LOCATION: Document = {"Location": {"schema": _WORDS}}
_NAMES = re.compile(r"\{(\w+)\}")
_DESCRIBED: Mapping[str, tuple[str, Document]] = {
    "shop_key": ("The shop's public key.", _WORDS),
    "language": ("BCP 47 language the page is written in.", _WORDS),
    "country": ("ISO 3166-1 alpha-2 country the goods go to.", {"type": "string", "pattern": "^[A-Za-z]{2}$"}),
    "piece": ("Which document.", {"type": "string", "enum": [piece.value for piece in Piece]}),
    "kind": ("As PDF or as plain text with the same words.", {"type": "string", "enum": ["pdf", "txt"]}),
    "token": ("The order's capability, written into the shopper's order page by a server.", _WORDS),
    "certificate": ("Id of a document, as the list of documents names it.", _WORDS),
    "artwork": ("Id of an artwork, as pages and answers name it.", _WORDS),
    "filename": ("A built file: `core.js`, `policy-badge.js`, `aftercare.css` ...", _WORDS),
    "lang": ("BCP 47 language of the words; else the browser's, else English.", _WORDS),
    "product": ("The platform's id of the product or variation; else what holds for everything in the shop.", _WORDS),
    "embed": ("`1`: without head and foot, for a frame in the shop's own page.", {"type": "string", "enum": ["1"]}),
}
"""What a part of an address or of its query is, wherever it stands."""


@dataclass(frozen=True, slots=True)
class _Address:
    """One address: its operation's id, what it is, the media types it answers with, and what its query may say."""

    path: str
    id: str
    summary: str
    types: tuple[str, ...]
    query: tuple[str, ...] = ()
    note: str = "Anyone may keep it for a minute."
    redirects: str = ""
    """The status of the answer that leads elsewhere; empty: there is none."""


_SHOP, _PAGE, _DOCUMENTS = "/s/{shop_key}", "/s/{shop_key}/{language}/{country}", "/s/{shop_key}/documents"
_ADDRESSES = (
    _Address(
        f"{_SHOP}/",
        "choosePage",
        "To the after-sales page",
        (),
        ("country", "lang", "embed"),
        "Leads to the page of the country asked for, else of the shop's home, in the reader's language.",
        "302",
    ),
    _Address(_PAGE, "page", "The after-sales page", (_HTML,), ("product", "embed"), redirects="301"),
    _Address(
        f"{_PAGE}.jsonld", "pageData", "Its schema.org data", ("application/ld+json",), ("product",), redirects="301"
    ),
    _Address(
        f"{_SHOP}/policy.schema.json", "policySchema", "The policy document's schema", ("application/schema+json",)
    ),
    _Address(
        f"{_SHOP}/arrival.json",
        "arrival",
        "When what is ordered now should arrive",
        (_JSON,),
        ("country", "lang"),
        "The policy answer's `arrival` alone, null where nobody can say. Anyone may keep it for ten minutes.",
    ),
    _Address(f"{_SHOP}/sitemap.xml", "sitemap", "Every page search engines should know", ("application/xml",)),
    _Address("/robots.txt", "robots", "What search engines may read", (_TEXT,)),
    _Address(
        f"{_DOCUMENTS}/{{piece}}.{{kind}}",
        "withdrawalPaper",
        "Withdrawal form or instruction",
        (_PDF, _TEXT),
        ("country", "lang"),
        "`document_needed` while nobody has said its official words, or what has to be filled into it.",
    ),
    _Address(
        f"{_DOCUMENTS}/orders/{{token}}/confirmation",
        "confirmation",
        "An order's confirmation for the shop's own mails",
        (_JSON,),
        note="Language, subject, text and HTML; what was shown is recorded. Private and never stored.",
    ),
    _Address(
        f"{_DOCUMENTS}/certificates",
        "productPage",
        "What comes with a product, without script",
        (_HTML,),
        ("product", "country", "lang"),
    ),
    _Address(
        f"{_DOCUMENTS}/certificates.json",
        "certificates",
        "The valid documents of a product",
        (_JSON,),
        ("product", "country", "lang"),
    ),
    _Address(
        f"{_DOCUMENTS}/certificates/{{certificate}}",
        "certificate",
        "One document, as a download",
        (_PDF, _PNG, _JPEG),
        note="As it was uploaded, while it is valid.",
    ),
    _Address(f"{_DOCUMENTS}/notice", "notice", "The EU legal-guarantee notice", (_HTML,), ("lang",)),
    _Address(f"{_DOCUMENTS}/label", "label", "The GARAN label of a product", (_HTML,), ("product", "lang")),
    _Address(f"{_DOCUMENTS}/artwork/{{artwork}}", "artwork", "Official artwork, byte for byte", (_SVG, _PNG, _PDF)),
    _Address(
        "/static/widgets/{filename}",
        "widget",
        "The built widgets",
        ("text/javascript", "text/css"),
        note="Anyone may keep it for five minutes.",
    ),
)


def pages(problem: Document) -> Mapping[str, Document]:
    """Operations by path; `problem` is the schema of refusals."""
    return {each.path: {"get": _operation(each, problem)} for each in _ADDRESSES}


def _operation(address: _Address, problem: Document) -> Document:
    named = [_parameter(name, "path") for name in _NAMES.findall(address.path)]
    return {
        "operationId": address.id,
        "summary": address.summary,
        "description": address.note,
        "parameters": [*named, *(_parameter(name, "query") for name in address.query)],
        "responses": dict(_responses(address, problem)),
    }


def _parameter(name: str, where: str) -> Document:
    description, schema = _DESCRIBED[name]
    return {"name": name, "in": where, "required": where == "path", "description": description, "schema": schema}


def _responses(address: _Address, problem: Document) -> Iterator[tuple[str, Document]]:
    if address.types:
        content = {each: {"schema": _SCHEMAS.get(each, _BYTES)} for each in address.types}
        yield "200", {"description": f"{address.summary}.", "content": content}
        yield "304", {"description": "What `If-None-Match` names still holds."}
    if address.redirects:
        yield address.redirects, {"description": "To the address as it is written.", "headers": _LOCATION}
    refusal = {"content": {_HTML: {"schema": _WORDS}, PROBLEM_JSON: {"schema": problem}}}
    yield "404", {"description": "There is no such thing.", **refusal}
    if address.path.startswith(_SHOP) and not address.path.endswith("schema.json"):
        yield "422", {"description": "`country` is no country code, or is needed.", **refusal}
