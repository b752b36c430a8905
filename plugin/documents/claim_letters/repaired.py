"""The guarantee after a repair (Directive (EU) 2019/771 art. 10(2a), by Directive (EU) 2024/1799 art. 16)."""

from collections.abc import Iterator

from plugin.documents.claim_letters.about import About
from plugin.documents.mail import Block, Facts, Paragraph
from plugin.domain.claim.events import GuaranteeExtended
from plugin.domain.entitlement import Right
from plugin.wording import lengths
from plugin.wording.names import title


def longer_guarantee(about: About) -> Iterator[Block]:
    """Until when it runs now; by how much it is longer where its end is not known."""
    for event in about.news.events:
        if isinstance(event, GuaranteeExtended) and event.line in about.news.due.lines:
            yield Paragraph(about.text("mail.claim.repaired.longer", length=lengths.months(event.months, about.words)))
            if event.until is not None:
                yield Facts(((title(Right.LEGAL_GUARANTEE, about.words), _until(event, about)),))


def _until(event: GuaranteeExtended, about: About) -> str:
    return about.text("mail.claim.repaired.until", day=event.until) if event.until else ""
