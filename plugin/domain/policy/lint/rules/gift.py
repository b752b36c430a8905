"""What the law gives every shopper is no feature of the offer."""

import re
from collections.abc import Iterator

from plugin.domain.law.jurisdiction import GuaranteeKind, Jurisdiction
from plugin.domain.policy.lint.eu_duties import RIGHT_AS_GIFT, bound
from plugin.domain.policy.lint.finding import Finding, Severity
from plugin.domain.policy.lint.grounds import findings
from plugin.domain.policy.lint.question import Question
from plugin.domain.policy.lint.sentences import sentences
from plugin.domain.policy.lint.wordings import Wording, matches

CODE = "legal_right_as_gift"
_MONTHS_A_YEAR = 12
_WORDS = {
    "one": 1, "two": 2, "ein": 1, "eine": 1, "zwei": 2, "un": 1, "une": 1, "deux": 2, "uno": 1, "una": 1, "dos": 2,
    "due": 2, "dwa": 2, "dwie": 2, "fourteen": 14, "vierzehn": 14, "quatorze": 14, "catorce": 14, "quattordici": 14,
    "一": 1, "两": 2, "二": 2, "十四": 14,
}  # fmt: skip


def find(question: Question) -> Iterator[Finding]:
    """Days or years advertised as the shop's that are no more than the law's (Directive 2005/29/EC Annex I no. 10)."""
    for served in question.markets:
        for sentence in sentences(served):
            for match in matches(sentence.text, sentence.language, Wording.GIFT):
                places = [place for place in served.places if _is_mere_law(match, place)]
                found = Finding(
                    CODE,
                    Severity.ERROR,
                    sentence.path,
                    served.market.market,
                    clause=sentence.clause,
                    facts=(("said", match.group()),),
                    fix=sentence.removal,
                )
                yield from findings(question, bound(RIGHT_AS_GIFT, places, question.circumstances.today), found)


def _is_mere_law(match: re.Match[str], place: Jurisdiction) -> bool:
    said = {unit: _number(text) for unit, text in match.groupdict().items() if text}
    days, months = said.get("days"), said.get("months")
    if "years" in said:
        months = said["years"] * _MONTHS_A_YEAR
    if days is not None:
        law = place.withdrawal
        return law.exists and law.condition is None and days <= (law.days or 0)
    return months is not None and months <= _legal_months(place)


def _legal_months(place: Jurisdiction) -> int:
    """The months nobody can be given less than; 0 where the law names none."""
    law = place.guarantee
    return (law.months if law.kind is GuaranteeKind.FIXED else law.display_min_months) or 0


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else _WORDS.get(text, 0)
