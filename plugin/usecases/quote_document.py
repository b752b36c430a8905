"""Say which words a legal document of a shop has in a country and language, and what is filled into it."""

from dataclasses import dataclass
from datetime import datetime

from plugin.domain.errors import NotFound
from plugin.domain.legal_documents import LegalDocument, Piece, legal_document
from plugin.domain.policy.identity import ReturnAddress, Trader
from plugin.domain.policy.terms import Track
from plugin.domain.policy.version import MarketPolicy, PolicyVersion
from plugin.ports.unit_of_work import Directory, Units
from plugin.usecases.quote_policy import quote_policy


class DocumentNeeded(NotFound):
    """Nobody has said the words of this document yet, or what has to be filled into it."""

    code = "document_needed"


@dataclass(frozen=True, slots=True)
class DocumentQuote:
    """A document for one country, with who sells there and where goods go back to."""

    country: str
    document: LegalDocument
    trader: Trader | None
    return_to: ReturnAddress | None


def quote_document(  # noqa: PLR0913 - which document, and the ports it takes
    shop_key: str,
    piece: Piece,
    country: str | None,
    language: str,
    *,
    directory: Directory,
    units: Units,
    now: datetime,
) -> DocumentQuote:
    """The document in use at `now`. Raises `DocumentNeeded`, and what `quote_policy` raises."""
    quoted = quote_policy(shop_key, country, directory=directory, units=units, now=now)
    with units.read(quoted.shop.merchant) as unit:
        attested = unit.attested.all()
    document = legal_document(piece, language, quoted.country, attested)
    if document is None:
        raise DocumentNeeded
    policy, market = quoted.policy, quoted.market
    trader = policy.trader_of(market) if policy and market else None
    return DocumentQuote(quoted.country, document, trader, return_address(policy, market))


def return_address(policy: PolicyVersion | None, market: MarketPolicy | None) -> ReturnAddress | None:
    """Where goods go back to when a contract is withdrawn from; None where no rule names an address."""
    rules = market.rules if market else ()
    named = next((rule.return_to for rule in rules if rule.track is Track.WITHDRAWAL and rule.return_to), None)
    return next((each for each in policy.return_addresses if each.id == named), None) if policy else None
