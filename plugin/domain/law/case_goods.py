"""Whether goods of a worked case can be withdrawn from: one line, or a cart decided line by line."""

from plugin.domain.law.case_answers import Answer
from plugin.domain.law.case_facts import Facts
from plugin.domain.law.case_reading import goods_traits
from plugin.domain.law.exceptions import exception_of
from plugin.domain.law.jurisdiction import Jurisdiction

NO_STATUTORY_RIGHT = "no_statutory_right"
_RIGHT = "right"


def exception_answer(facts: Facts, jurisdiction: Jurisdiction) -> Answer:
    """`right_of_withdrawal` with the exception's code; for a cart `partial` when mixed, with a reason per line."""
    if not facts.states("cart"):
        reason = _reason(facts, jurisdiction)
        return {"right_of_withdrawal": reason is None, "reason": reason}
    lines = [(line, _reason(line, jurisdiction)) for line in facts.objects("cart")]
    kept = [reason is None for _, reason in lines]
    return {
        "right_of_withdrawal": "partial" if any(kept) and not all(kept) else all(kept),
        "reason": [f"{_item(line)}:{reason or _RIGHT}" for line, reason in lines],
    }


def _reason(facts: Facts, jurisdiction: Jurisdiction) -> str | None:
    exception = exception_of(goods_traits(facts), jurisdiction)
    return exception if jurisdiction.withdrawal.exists else NO_STATUTORY_RIGHT


def _item(line: Facts) -> str:
    item = line.text("item")
    if item is None:
        raise line.missing("item")
    return item
