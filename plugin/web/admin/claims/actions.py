"""Everything an agent can do to a claim: the name of each form, and what reads it into a command."""

from collections.abc import Callable, Mapping

from plugin.usecases.claim.act import Command
from plugin.web.admin.claims import deciding, goods, talking, undoing
from plugin.web.admin.claims.sitter import Sitter
from plugin.web.admin.claims.typed import Typed

Read = Callable[[Typed, Sitter], Command]

ACTIONS: Mapping[str, Read] = {
    "approve": deciding.approve,
    "agree": deciding.agree,
    "refuse": deciding.refuse,
    "undo": deciding.undo,
    "not-received": undoing.not_received,
    "not-inspected": undoing.not_inspected,
    "offer": deciding.offer_other,
    "choose": deciding.choose_for,
    "give-up": deciding.give_up,
    "receive": goods.receive,
    "move": goods.move,
    "hub": goods.take_at_hub,
    "inspect": goods.inspect,
    "dispose": goods.dispose,
    "repair": goods.repair,
    "part": goods.part,
    "send": goods.send,
    "write": talking.write,
    "ask": talking.ask,
    "note": talking.note,
    "assign": talking.assign,
    "urgency": talking.raise_tier,
    "prove": talking.prove,
    "call-off": talking.call_off,
    "reopen": talking.reopen,
    "contest": talking.contest_withdrawal,
    "settle": talking.settle_withdrawal,
}
"""By the last part of the form's address."""
