"""All that is kept about somebody, to read: one page without script and without anything from elsewhere."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from babel.numbers import format_currency

from plugin.documents.person_claims import claim_section
from plugin.documents.person_rows import Row, Section
from plugin.domain.declaration import Declaration
from plugin.domain.order import Address, Price
from plugin.domain.person_file import PackedFile, PersonFile, PersonOrder
from plugin.domain.refund.payee import BankAccount, Payee
from plugin.i18n import Catalogue, catalogue
from plugin.wording.withdrawal import declaration_rows

_STYLE: Final = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1b1d21}"
    "h2{border-top:1px solid #ccc;padding-top:1rem}h3{margin-bottom:.25rem}dl{margin:0}dl div{margin:.25rem 0}"
    "dt{color:#5a6068}dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}@media print{body{margin:0}}"
)


def person_paper(file: PersonFile, language: str) -> str:
    """The page, in a language of the desk."""
    return "".join(_Paper(file, catalogue(language)).page())


class _Paper:
    def __init__(self, file: PersonFile, words: Catalogue) -> None:
        self._file = file
        self._words = words

    def page(self) -> Iterator[str]:
        words, title = self._words, self._text("title", shop=self._file.shop)
        yield f'<!doctype html>\n<html lang="{words.language}" dir="{words.direction}"><head><meta charset="utf-8">'
        yield '<meta name="viewport" content="width=device-width,initial-scale=1">'
        yield f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>\n<h1>{escape(title)}</h1>\n"
        for key in ("lead", "parts", "rights"):
            yield f"<p>{escape(self._text(key, shop=self._file.shop, moment=self._moment(self._file.as_of)))}</p>\n"
        for heading, sections in self._chapters():
            told = list(sections)
            if told:
                yield f"<h2>{escape(heading)}</h2>\n"
                yield from (piece for section in told for piece in _markup(section))
        yield "</body></html>\n"

    def _chapters(self) -> Iterator[tuple[str, Iterable[Section]]]:
        file = self._file
        yield self._text("orders"), map(self._order, file.orders)
        yield self._text("claims"), (claim_section(each.case, self._words) for each in file.claims)
        yield self._text("declarations"), map(self._declaration, file.declarations)
        yield self._text("drafts"), self._drafts()
        yield self._text("files"), self._files()
        yield self._text("mails"), (Section(each.subject, ((None, each.text),)) for each in file.mails)
        yield self._text("looks"), self._looks()
        yield self._text("unread"), self._unread()

    def _order(self, each: PersonOrder) -> Section:
        order = each.order
        rows = [
            (self._text("ordered"), self._moment(order.placed.at)),
            *((None, self._words.text("case_file.item", quantity=e.quantity, title=e.title)) for e in order.lines),
            (self._text("total"), self._amount(order.total)),
            *self._shopper(each),
            *self._rights(each),
            *self._money(each),
            *((self._text("shown"), f"{text.what} {self._moment(text.shown_at)}") for text in each.shown),
        ]
        return Section(self._words.text("admin.order.title", number=order.number), tuple(rows))

    def _shopper(self, each: PersonOrder) -> Iterator[Row]:
        who = each.order.shopper
        for key, value in (("name", who.name), ("email", who.email), ("phone", who.phone), ("note", who.note)):
            if value:
                yield self._text(key), value
        for key, address in (("delivery", who.delivery), ("billing", who.billing)):
            if address:
                yield self._text(key), _postal(address)
        for typed in who.line_properties.values():
            yield from ((name, value) for name, value in typed)

    def _rights(self, each: PersonOrder) -> Iterator[Row]:
        titles = {line.id: line.title for line in each.order.lines}
        for line in each.entitlements:
            for clock in line.clocks:
                if clock.last_day is not None:
                    until = self._text("until", day=clock.last_day, title=titles.get(line.line, line.line))
                    yield self._words.text(f"right.{clock.right.value}"), until

    def _money(self, each: PersonOrder) -> Iterator[Row]:
        payees = {paid.refund: paid.payee for paid in each.paid_to}
        for intent in each.refunds:
            payee = payees.get(intent.id)
            account = _account(payee) if payee else ()
            told = (self._amount(intent.total), self._moment(intent.created_at), *account)
            yield self._text("refund"), ", ".join(told)

    def _declaration(self, declared: Declaration) -> Section:
        return Section(self._text("declared"), declaration_rows(declared, self._words))

    def _drafts(self) -> Iterator[Section]:
        for draft in self._file.drafts:
            typed = ((line.note, line.serial, line.instead) for line in draft.lines)
            rows = [(None, text) for texts in typed for text in texts if text]
            yield Section(self._moment(draft.touched_at), tuple(rows))

    def _files(self) -> Iterator[Section]:
        rows = tuple((each.path, self._file_row(each)) for each in self._file.files)
        if rows:
            yield Section("", rows)

    def _file_row(self, each: PackedFile) -> str:
        name = each.name or each.media_type
        return name if each.is_readable else f"{name}\n{self._text('unreadable')}"

    def _looks(self) -> Iterator[Section]:
        looks = self._file.looks
        rows = ((self._moment(e.at), self._text(f"look.{e.seen.value}", number=e.number)) for e in looks)
        if looks:
            yield Section(self._text("looks.lead"), tuple(rows))

    def _unread(self) -> Iterator[Section]:
        rows = tuple((self._moment(each.parked_at), each.topic or each.code) for each in self._file.unread)
        if rows:
            yield Section(self._text("unread.lead"), rows)

    def _text(self, key: str, **facts: object) -> str:
        return self._words.text(f"person.{key}", **facts)  # type: ignore[arg-type]  # numbers, days and texts, as its callers see

    def _moment(self, at: datetime) -> str:
        return format_datetime(at, "medium", tzinfo=ZoneInfo("UTC"), locale=self._words.locale) + " UTC"

    def _amount(self, price: Price) -> str:
        shown = price.presentment
        return str(format_currency(shown.decimal(), shown.currency, locale=self._words.locale))


def _markup(section: Section) -> Iterator[str]:
    if section.title:
        yield f"<h3><bdi>{escape(section.title)}</bdi></h3>\n"
    yield "<dl>\n"
    for name, value in section.rows:
        yield f"<div>{f'<dt>{escape(name)}</dt>' if name else ''}<dd><bdi>{escape(value)}</bdi></dd></div>\n"
    yield "</dl>\n"


def _account(payee: Payee) -> tuple[str, ...]:
    if isinstance(payee, BankAccount):
        return payee.holder, payee.iban
    return payee.holder, payee.service, payee.account


def _postal(address: Address) -> str:
    city = " ".join(part for part in (address.postcode, address.city, address.state) if part)
    parts = (address.name, address.company, *address.lines, city, address.country, address.phone)
    return "\n".join(part for part in parts if part)
