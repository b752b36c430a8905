"""The case file as PDF: what happened in words, with the digest of the signed file, which is inside."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from babel.dates import format_datetime
from babel.numbers import format_currency

from plugin.documents.pdf import attach, first_page, write
from plugin.domain.order import Price
from plugin.i18n import Catalogue, catalogue
from plugin.ports.case_paper import CasePaper, Told

_Line = tuple[str, str]
"""A role (title, heading, body, notice), and a paragraph."""


def print_case(paper: CasePaper) -> bytes:
    """The PDF; the same paper is the same bytes."""
    made = _Words(paper, catalogue(paper.language))
    lines = tuple(made.lines())
    page = first_page(made.title, made.said.language, "\n".join(text for _, text in lines))
    for role, text in lines:
        write(page, text, role)
    attach(page, file_name(paper.case.claim.number), paper.data, "application/json")
    return bytes(page.output())


def file_name(number: str) -> str:
    """What the signed file of a claim is called."""
    return f"case-{number}.json"


@dataclass(frozen=True, slots=True)
class _Words:
    paper: CasePaper
    said: Catalogue

    @property
    def title(self) -> str:
        return self._text("title", number=self.paper.case.claim.number)

    def lines(self) -> Iterator[_Line]:
        yield "title", self.title
        yield "body", self._text("note", file=file_name(self.paper.case.claim.number))
        yield "body", self._text("digest", digest=sha256(self.paper.data).hexdigest())
        yield "body", self._text("key", key_id=self.paper.key_id, address=self.paper.key_address)
        yield from (("body", line) for line in self._about())
        yield "heading", self._text("record")
        for told in self.paper.told:
            yield from self._entry(told)
        yield from self._section("money", self._refunds())
        yield from self._section("files", self._files())
        yield from self._section("texts", self._texts())

    def _about(self) -> Iterator[str]:
        case = self.paper.case
        yield self._text("issuer", issuer=case.issuer, moment=self._moment(case.as_of))
        for key, name in (("seller", case.parties.trader), ("shop", case.parties.shop)):
            if name:
                yield self._text(key, name=name)
        shopper = ", ".join(filter(None, (case.parties.shopper_name, case.parties.shopper_email)))
        yield self._text("shopper", name=shopper) if shopper else self._text("erased")
        order = case.order
        placed, total = self._moment(order.placed.at), self._amount(order.total)
        yield self._text("order", number=order.number, moment=placed, amount=total)
        yield from (self._text("item", quantity=line.quantity, title=line.title) for line in order.lines)
        if case.policy is not None:
            yield self._text("policy", version=case.policy.version, digest=case.policy.digest or "–")
        yield self._text("law", version=case.law.rulebook, calendar=case.law.calendar)
        yield from (self._text("cited", citation=basis.citation) for basis in case.law.cited)

    def _entry(self, told: Told) -> Iterator[_Line]:
        yield "body", self._text("entry", n=told.seq, moment=self._moment(told.at), who=told.who, text=told.text)
        if told.words:
            yield "notice", told.words
        elif told.is_erased:
            yield "notice", self._text("erased")

    def _section(self, key: str, lines: Iterator[str]) -> Iterator[_Line]:
        found = tuple(lines)
        if found:
            yield "heading", self._text(key)
            yield from (("body", line) for line in found)

    def _refunds(self) -> Iterator[str]:
        for row in self.paper.case.refunds:
            amount, moment = self._amount(row.total), self._moment(row.created_at)
            yield self._text("refund", amount=amount, moment=moment, id=row.platform_refund or row.id)

    def _files(self) -> Iterator[str]:
        for file in self.paper.case.evidence:
            yield self._text("file", name=file.name, digest=file.digest or "–")

    def _texts(self) -> Iterator[str]:
        for text in self.paper.case.shown:
            moment = self._moment(text.shown_at)
            yield self._text("text", what=text.what, version=text.version or "–", moment=moment, digest=text.digest)

    def _text(self, key: str, **facts: str | int) -> str:
        return self.said.text(f"case_file.{key}", **facts)

    def _moment(self, at: datetime) -> str:
        return f"{format_datetime(at, 'short', locale=self.said.locale)} UTC"

    def _amount(self, price: Price) -> str:
        money = price.presentment
        return str(format_currency(money.decimal(), money.currency, locale=self.said.locale))
