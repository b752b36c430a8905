"""What the law lets a shopper choose, told before the choice (Directive (EU) 2024/1799 art. 16)."""

from collections.abc import Iterator

from plugin.domain.claim.vocabulary import Judged
from plugin.domain.remedy import Remedy
from plugin.i18n import Catalogue
from plugin.wording.lengths import months

_EITHER = frozenset({Remedy.REPAIR, Remedy.REPLACEMENT})


def legal_choice(judged: Judged, words: Catalogue) -> tuple[str, ...]:
    """The choice between repair and replacement, and by how much a repair lengthens the guarantee, as far as they are.

    Nothing where the law gives neither of them.
    """
    return tuple(_said(judged, words))


def _said(judged: Judged, words: Catalogue) -> Iterator[str]:
    if set(judged.legal_remedies) >= _EITHER:
        yield words.text("claim.remedy.choice")
    if judged.extends_guarantee_months and Remedy.REPAIR in judged.legal_remedies:
        yield words.text("claim.remedy.extension", length=months(judged.extends_guarantee_months, words))
