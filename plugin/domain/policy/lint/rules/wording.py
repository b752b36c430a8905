"""Sentences of the shop's own that say what the law forbids to say, or promise what nobody could hold the shop to."""

from collections.abc import Callable, Iterable, Iterator

from plugin.domain.law.answers import Certainty
from plugin.domain.law.jurisdiction import GuaranteeKind, Jurisdiction
from plugin.domain.policy.lint.eu_duties import (
    COMMERCIAL_GUARANTEE,
    GREEN_CLAIM,
    NEUTRAL_CLAIM,
    NOTICE_OF_DEFECTS,
    Duty,
    bound,
)
from plugin.domain.policy.lint.finding import Finding, Severity
from plugin.domain.policy.lint.grounds import Ground, findings, ground
from plugin.domain.policy.lint.question import Question, Served
from plugin.domain.policy.lint.sentences import Sentence, sentences
from plugin.domain.policy.lint.wordings import Wording, matches

SOLE_RIGHT, DAMAGE_CUTOFF, RIGHT_DENIED = "warranty_as_sole_right", "damage_cutoff", "right_denied"
GREEN, VAGUE = "green_claim", "vague_promise"
_UNPROTECTED = frozenset({GuaranteeKind.IMPLIED_WARRANTY})
"""Where a seller may limit its liability by contract (United States, within 15 U.S.C. 2302 and state law)."""


def find_sole_right(question: Question) -> Iterator[Finding]:
    """A warranty presented as all a shopper has (Directive (EU) 2019/771 art. 17(2)(a))."""
    yield from _worded(question, SOLE_RIGHT, Wording.SOLE_RIGHT, _by_guarantee(COMMERCIAL_GUARANTEE, question))


def find_damage_cutoff(question: Question) -> Iterator[Finding]:
    """Claims for damage cut off after hours or days (Directive (EU) 2019/771 arts 10(1), 12)."""
    yield from _worded(question, DAMAGE_CUTOFF, Wording.DAMAGE_CUTOFF, _by_guarantee(NOTICE_OF_DEFECTS, question))


def find_right_denied(question: Question) -> Iterator[Finding]:
    """Sentences that deny returns altogether where a right of withdrawal exists (Directive 2011/83/EU arts 9, 25)."""

    def grounds(served: Served) -> Iterator[Ground]:
        for place in served.with_withdrawal:
            yield ground(place.code, place.withdrawal.block, "exists", "days")

    yield from _worded(question, RIGHT_DENIED, Wording.RIGHT_DENIED, grounds)


def find_green_claim(question: Question) -> Iterator[Finding]:
    """Environmental claims without a measure (Directive 2005/29/EC Annex I nos 4a, 4c, since 27 September 2026)."""
    for wording, duty in ((Wording.GREEN, GREEN_CLAIM), (Wording.NEUTRAL, NEUTRAL_CLAIM)):
        yield from _worded(question, GREEN, wording, _by_duty(duty, question))


def find_vague(question: Question) -> Iterator[Finding]:
    """Promises without a measure: nobody can hold the shop to them, so nobody trusts them."""
    for served, sentence, said in _said(question, Wording.VAGUE):
        yield Finding(
            VAGUE,
            Severity.WARNING,
            sentence.path,
            served.market.market,
            clause=sentence.clause,
            facts=(("said", said),),
            fix=sentence.removal,
        )


def _worded(
    question: Question, code: str, wording: Wording, grounds: Callable[[Served], Iterable[Ground]]
) -> Iterator[Finding]:
    for served, sentence, said in _said(question, wording):
        found = Finding(
            code,
            Severity.ERROR,
            sentence.path,
            served.market.market,
            clause=sentence.clause,
            facts=(("said", said),),
            fix=sentence.removal,
        )
        yield from findings(question, grounds(served), found)


def _said(question: Question, wording: Wording) -> Iterator[tuple[Served, Sentence, str]]:
    """Each sentence worded so, with the first words that are."""
    for served in question.markets:
        for sentence in sentences(served):
            match = next(matches(sentence.text, sentence.language, wording), None)
            if match is not None:
                yield served, sentence, match.group()


def _by_duty(duty: Duty, question: Question) -> Callable[[Served], Iterable[Ground]]:
    return lambda served: bound(duty, served.places, question.circumstances.today)


def _by_guarantee(duty: Duty, question: Question) -> Callable[[Served], Iterable[Ground]]:
    """By EU law in EU and EEA; elsewhere a seller is liable too, and nobody has confirmed what may be said."""

    def grounds(served: Served) -> Iterator[Ground]:
        by_eu_law = {each.country: each for each in bound(duty, served.places, question.circumstances.today)}
        for place in served.places:
            if place.guarantee.kind not in _UNPROTECTED:
                yield by_eu_law.get(place.code) or _unconfirmed(place)

    return grounds


def _unconfirmed(place: Jurisdiction) -> Ground:
    return Ground(place.code, place.guarantee.block.sources("kind"), Certainty.UNVERIFIED)
