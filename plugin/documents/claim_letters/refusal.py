"""Why something was refused: the clause, the law with the way to its text, and how another person is asked."""

from collections.abc import Iterator

from plugin.documents.claim_letters.about import About
from plugin.documents.mail import Block, Facts, Link, Paragraph
from plugin.domain.basis import Basis
from plugin.domain.claim.commands.ending import APPEAL_HOLDS
from plugin.domain.law.errors import UnknownSource
from plugin.wording.trace import source_text

_LAW = "law"


def refusal_basis(bases: tuple[Basis, ...], about: About) -> Iterator[Block]:
    """The clauses as cited, each with the way to its text; with the shop's own, the law that holds beside it."""
    cited = dict.fromkeys((*bases, *_law_beside(bases, about)))
    name = about.text("mail.claim.refusal.basis")
    yield Facts(tuple((name, _said(basis, about)) for basis in cited))
    for basis in cited:
        address = law_address(basis, about) if basis.kind == _LAW else _policy_address(about)
        if address is not None:
            yield Link(_said(basis, about), address)


def appeal(about: About) -> Iterator[Block]:
    """Until when another person is asked; a second refusal came from another person already."""
    if any(not line.is_appealed for line in about.lines):
        yield Paragraph(about.text("mail.claim.refusal.appeal", day=about.whole_day(about.news.at + APPEAL_HOLDS)))
    else:
        yield Paragraph(about.text("mail.claim.refusal.final"))


def law_address(basis: Basis, about: About) -> str | None:
    """Where the law can be read; None for a source without an address of its own."""
    try:
        found = about.law.rulebook.source(basis.id).url
    except UnknownSource:
        return None
    return found if found and found.startswith(("https://", "http://")) else None


def _said(basis: Basis, about: About) -> str:
    """A clause of the policy with its number, so that it can be found there."""
    if basis.kind == _LAW:
        return basis.citation
    return f"{source_text(basis, about.words)}: {basis.citation}"


def _law_beside(bases: tuple[Basis, ...], about: About) -> Iterator[Basis]:
    if not any(basis.kind == _LAW for basis in bases):
        yield from (basis for line in about.lines for basis in line.judged.basis if basis.kind == _LAW)


def _policy_address(about: About) -> str | None:
    country = about.news.stored.order.place.country
    return f"{about.base_url}/s/{about.news.shop.key}/{about.words.language}/{country}" if country else None
