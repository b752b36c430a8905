"""The EU's platform for online dispute resolution is closed; a link to it misleads."""

import re
from collections.abc import Iterator

from plugin.domain.policy.lint.eu_duties import ODR_LINK, bound
from plugin.domain.policy.lint.finding import Finding, Severity
from plugin.domain.policy.lint.fix import Fix
from plugin.domain.policy.lint.grounds import findings
from plugin.domain.policy.lint.question import Question, Served
from plugin.domain.policy.lint.sentences import sentences

CODE = "odr_link"
_ADDRESS = re.compile(r"(?:webgate\.)?ec\.europa\.eu/(?:consumers/)?odr", re.IGNORECASE)


def find(question: Question) -> Iterator[Finding]:
    """Links to the platform in any text or contact (Regulation (EU) 2024/3228: closed on 20 July 2025)."""
    for served in question.markets:
        grounds = list(bound(ODR_LINK, served.places, question.circumstances.today))
        for path, clause, fix in (*_in_texts(served), *_in_contacts(served)):
            found = Finding(CODE, Severity.ERROR, path, served.market.market, clause=clause, fix=fix)
            yield from findings(question, grounds, found)


def _in_texts(served: Served) -> Iterator[tuple[str, str | None, Fix | None]]:
    for sentence in sentences(served):
        if _ADDRESS.search(sentence.text):
            yield sentence.path, sentence.clause, sentence.removal


def _in_contacts(served: Served) -> Iterator[tuple[str, str | None, Fix | None]]:
    support = served.market.support
    for i, channel in enumerate(support.channels if support else ()):
        if _ADDRESS.search(channel.contact):
            at = f"{served.path}.support.channels.{i}"
            yield at, None, Fix(at)
