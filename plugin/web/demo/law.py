"""What the rulebook holds for a country: each parameter with its value, source, and how sure it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Response

from plugin.domain.law.jurisdiction import Block, Jurisdiction, NotInformedExtension, Unit
from plugin.domain.law.rulebook import Rulebook
from plugin.i18n import Catalogue
from plugin.web.demo.pages import page
from plugin.web.demo.products import quoted
from plugin.web.demo.shops import brand
from plugin.web.demo.visit import visit
from plugin.web.demo.why import Cited, address_of
from plugin.web.deps import deps
from plugin.wording import lengths

WITHDRAWAL = ("exists", "days", "starts", "weekend_rule", "not_informed_extension", "who_pays_return", "refund_days")
GUARANTEE = ("kind", "months", "burden_of_proof_months", "second_hand_months", "weekend_rule")
_FIELDS = {"who_pays_return": "who_pays_return_default"}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a country's law as a row to read; `certainty` is the rulebook's mark."""

    name: str
    value: str
    sources: Sequence[Cited]
    certainty: str
    valid_from: date | None


def show() -> Response:
    """The law of the visitor's country, or of the shop's default market."""
    owner = brand()
    quote = quoted(owner)
    rulebook, words = deps().law.rulebook, visit().words
    law = rulebook.jurisdictions.get(quote.country)
    return page(
        "law.html",
        country=words.country(quote.country),
        is_default=quote.is_default,
        law=law,
        withdrawal=list(_withdrawal(law, rulebook, words)) if law else (),
        guarantee=list(_guarantee(law, rulebook, words)) if law else (),
        rulebook=rulebook,
    )


def _withdrawal(law: Jurisdiction, rulebook: Rulebook, words: Catalogue) -> Iterator[Parameter]:
    right = law.withdrawal
    for name in WITHDRAWAL if right.exists else WITHDRAWAL[:1]:
        field = _FIELDS.get(name, name)
        text = _value(name, getattr(right, field), words, working=right.unit is Unit.BUSINESS)
        yield _parameter(f"withdrawal.{name}", field, text, right.block, rulebook)


def _guarantee(law: Jurisdiction, rulebook: Rulebook, words: Catalogue) -> Iterator[Parameter]:
    right = law.guarantee
    for name in GUARANTEE:
        text = _value(name, getattr(right, name), words, working=False)
        yield _parameter(f"guarantee.{name}", name, text, right.block, rulebook)


def _parameter(name: str, field: str, value: str, block: Block, rulebook: Rulebook) -> Parameter:
    found = block.provenance.get(field)
    if found is None:
        return Parameter(name, value, (), block.verified.value, None)
    sources = [Cited(rulebook.source(source).citation, address_of(source, rulebook)) for source in found.sources]
    return Parameter(name, value, sources, found.certainty.value, found.valid_from)


def _value(name: str, value: object, words: Catalogue, *, working: bool) -> str:
    """The value in words; a code nobody has worded is shown as it is."""
    match value:
        case None:
            return words.text("demo.law.unset")
        case bool():
            return words.text("demo.law.yes" if value else "demo.law.no")
        case int():
            return (
                lengths.months(value, words) if name.endswith("months") else lengths.days(value, words, working=working)
            )
        case NotInformedExtension():
            return _extension(value, words)
        case _:
            key = f"demo.law.{name}.{value}"
            return words.text(key) if words.has(key) else str(value)


def _extension(extension: NotInformedExtension, words: Catalogue) -> str:
    if extension.days_total is not None:
        return words.text("demo.law.not_informed.instead", length=lengths.days(extension.days_total, words))
    if extension.months is None:
        return words.text("demo.law.unset")
    key = (
        "demo.law.not_informed.from_delivery"
        if extension.counted_from == "delivery"
        else "demo.law.not_informed.longer"
    )
    return words.text(key, length=lengths.months(extension.months, words))
