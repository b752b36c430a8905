"""Why something was refused: the clause, the law with the way to its text, and how another person is asked."""

from collections.abc import Iterable, Iterator

from plugin.documents.claim_letters.about import About
from plugin.documents.mail import Block, Facts, Link, Paragraph
from plugin.domain.basis import Basis
from plugin.domain.claim.commands.ending import APPEAL_HOLDS
from plugin.wording.claim.clauses import Clauses

_LAW = "law"


def refusal_basis(bases: tuple[Basis, ...], about: About) -> Iterator[Block]:
    """What a refusal rests on; with the shop's own clause, the law that holds beside it."""
    yield from rests_on((*bases, *_law_beside(bases, about)), about)


def rests_on(bases: Iterable[Basis], about: About) -> Iterator[Block]:
    """The clauses by name, each with the way to its text."""
    clauses = Clauses(about.words, about.law.rulebook, about.news.policy, _policy_address(about))
    cited = dict.fromkeys(clauses.cited(basis) for basis in bases)
    name = about.text("mail.claim.refusal.basis")
    yield Facts(tuple((name, each.citation) for each in cited))
    yield from (Link(each.citation, each.url) for each in cited if each.url is not None)


def appeal(about: About) -> Iterator[Block]:
    """Until when another person is asked; a second refusal came from another person already."""
    if any(not line.is_appealed for line in about.lines):
        yield Paragraph(about.text("mail.claim.refusal.appeal", day=about.whole_day(about.news.at + APPEAL_HOLDS)))
    else:
        yield Paragraph(about.text("mail.claim.refusal.final"))


def _law_beside(bases: tuple[Basis, ...], about: About) -> Iterator[Basis]:
    if not any(basis.kind == _LAW for basis in bases):
        yield from (basis for line in about.lines for basis in line.judged.basis if basis.kind == _LAW)


def _policy_address(about: About) -> str | None:
    country = about.news.stored.order.place.country
    return f"{about.base_url}/s/{about.news.shop.key}/{about.words.language}/{country}" if country else None
