"""Makes what is handed over on paper or as a file, from values the core decides on."""

from collections.abc import Callable
from dataclasses import dataclass

from plugin.domain.legal_documents import LegalDocument
from plugin.domain.policy.identity import ReturnAddress, Trader
from plugin.ports.confirmation import Confirm


@dataclass(frozen=True, slots=True)
class Paper:
    """A filled-in document: `text` and `pdf` have the same words; `language` is theirs."""

    language: str
    text: str
    pdf: Callable[[], bytes]


Fill = Callable[[LegalDocument, Trader | None, ReturnAddress | None], Paper | None]
"""Fills a document in; None while something it leaves room for is not known."""


@dataclass(frozen=True, slots=True)
class Papers:
    """Everything that makes documents."""

    fill: Fill
    confirm: Confirm
