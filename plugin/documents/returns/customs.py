"""The customs paper: a declaration of returned goods, its fields in the order's language and in English.

Declarations are completed in English, French or a language of the country of destination (Universal Postal Union, form
CN 23, instructions), so every field is named in English beside the shopper's language.
"""

from babel.numbers import format_currency

from plugin.documents.returns.addresses import place_lines, sender_lines
from plugin.documents.returns.canvas import BODY, SMALL, TITLE, Canvas, Text
from plugin.domain.money import Money
from plugin.domain.returning.customs import CustomsArticle, CustomsPaper
from plugin.domain.returning.customs_facts import CustomsFact
from plugin.i18n import Catalogue, Fact, catalogue

_GRAMS_A_KILOGRAM = 1000
_HEADS = ("description", "value", "tariff", "origin")
_SHARES = [32, 13, 19, 20, 16]


def customs_pdf(paper: CustomsPaper, language: str) -> bytes:
    """The declaration on A4, to be signed by the sender."""
    return _Declaration(paper, catalogue(language), catalogue("en")).drawn()


class _Declaration:
    def __init__(self, paper: CustomsPaper, words: Catalogue, english: Catalogue) -> None:
        self._paper = paper
        self._words = words
        self._english = english

    def drawn(self) -> bytes:
        """The PDF."""
        title, paper = self._both("paper.customs"), self._paper
        addresses = (*sender_lines(paper.sender, self._words), *place_lines(paper.to, self._words))
        titles = tuple(article.title for article in paper.articles)
        said = (*self._sentences(), *(both for row in self._facts() for both in row), *self._heads())
        canvas = Canvas(self._words, title, "\n".join((title, *addresses, *titles, *said, *_FIXED)))
        canvas.write(title, TITLE)
        for sentence in self._lead():
            canvas.write(sentence, BODY)
        canvas.bar_code(paper.claim_number, height=12, width=80)
        for key, lines in (("paper.from", sender_lines(paper.sender, self._words)), ("paper.to", self._receiver())):
            canvas.write(self._both(key), SMALL)
            for line in lines:
                canvas.write(line, Text(10, 0.1))
            canvas.page.ln(2)
        canvas.table(self._heads(), [self._row(article) for article in paper.articles], _SHARES)
        for name, value in self._facts():
            canvas.write(f"{name}: {value}", BODY)
        canvas.page.ln(2)
        for sentence in self._sentences():
            canvas.write(sentence, Text(9, 1))
        canvas.page.ln(10)
        canvas.rule()
        canvas.write(self._both("paper.customs.signature"), SMALL)
        return canvas.finished()

    def _receiver(self) -> tuple[str, ...]:
        english = self._english.country(self._paper.to.address.country)
        return tuple(dict.fromkeys((*place_lines(self._paper.to, self._words), english)))

    def _heads(self) -> list[str]:
        first, *others = (self._both(f"paper.customs.{name}") for name in _HEADS)
        return [first, self._both("paper.quantity"), *others]

    def _row(self, article: CustomsArticle) -> list[str]:
        goods = article.goods
        return [
            article.title,
            self._words.number(article.quantity),
            self._money(article.value),
            goods.tariff_number or self._unknown(),
            self._country(goods.origin) if goods.origin else self._unknown(),
        ]

    def _facts(self) -> list[tuple[str, str]]:
        """Name and value of what is told of the parcel as a whole."""
        paper, export = self._paper, self._paper.export
        weight = f"{paper.grams / _GRAMS_A_KILOGRAM:.3f} kg" if paper.grams is not None else self._unknown()
        left = export.left_on.isoformat() if export.left_on else self._unknown()
        return [
            (self._both("paper.customs.total"), self._money(paper.value)),
            (self._both("paper.customs.weight"), weight),
            (self._both("paper.claim"), paper.claim_number),
            (self._both("paper.order"), f"{paper.order_number} ({paper.ordered_on.isoformat()})"),
            (self._both("paper.customs.left"), left),
            (self._both("paper.customs.export"), export.reference or self._unknown()),
        ]

    def _lead(self) -> tuple[str, ...]:
        return self._told("paper.customs.lead")

    def _sentences(self) -> tuple[str, ...]:
        """What can be claimed and what is not known, then the sender's word; in both languages."""
        paper = self._paper
        gaps = self._told("paper.customs.gaps") if paper.gaps else ()
        refund = self._fact("paper.customs.refund", paper.refund, paper.sent_from) if paper.refund else ()
        return (*self._relief(), *refund, *gaps, *self._told("paper.customs.declared"))

    def _relief(self) -> tuple[str, ...]:
        paper = self._paper
        country = paper.to.address.country
        if paper.relief is None:
            return self._told("paper.customs.relief_unknown", country=country)
        return self._fact("paper.customs.relief", paper.relief, country)

    def _fact(self, key: str, fact: CustomsFact, country: str) -> tuple[str, ...]:
        years = self._told("paper.customs.years", years=fact.years) if fact.years is not None else ()
        told = self._told(key, country=country, source=fact.citation)
        return tuple(" ".join(parts) for parts in zip(told, years, strict=True)) if years else told

    def _told(self, key: str, **facts: Fact) -> tuple[str, ...]:
        """A sentence in both languages; `country` is named in each."""
        return tuple(dict.fromkeys(_said(words, key, facts) for words in (self._words, self._english)))

    def _both(self, key: str) -> str:
        return " / ".join(self._told(key))

    def _unknown(self) -> str:
        return self._both("paper.customs.unknown")

    def _country(self, code: str) -> str:
        return " / ".join(dict.fromkeys((self._words.country(code), self._english.country(code))))

    def _money(self, amount: Money) -> str:
        return f"{amount.currency} {format_currency(amount.decimal(), amount.currency, '#,##0.00', locale='en')}"


_FIXED = ("0123456789 kg.,:/()-", "EUR")


def _said(words: Catalogue, key: str, facts: dict[str, Fact]) -> str:
    country = facts.get("country")
    named: dict[str, Fact] = {"country": words.country(country)} if isinstance(country, str) else {}
    return words.text(key, **{**facts, **named})
