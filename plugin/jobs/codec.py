"""Effects as JSON primitives and back: what travels through the job tables holds ids, never personal data."""

import msgspec

from plugin.domain.decoding import decoder
from plugin.domain.effects import (
    AskCapabilities,
    CarryOutRemedy,
    CheckEvidence,
    CompilePromises,
    Effect,
    ExecuteRefund,
    FollowBatch,
    FollowLabel,
    FollowRefund,
    FollowShipments,
    IssueLabel,
    KeepReturn,
    MarkRefused,
    OpenWithdrawal,
    PackPersonData,
    ProveKeys,
    PublishPromises,
    RebuildEntitlements,
    RemoveHooks,
    RereadOrder,
    RestockGoods,
    SendClaimLink,
    SendMail,
    SendVoucher,
    StopShipping,
)

_REQUEST = "_request"


class _Queued(msgspec.Struct):
    """What stands beside an effect's own fields."""

    request: str | None = msgspec.field(default=None, name=_REQUEST)


type_of: dict[str, type[Effect]] = {
    "ask_capabilities": AskCapabilities,
    "carry_out_remedy": CarryOutRemedy,
    "send_claim_link": SendClaimLink,
    "send_mail": SendMail,
    "send_voucher": SendVoucher,
    "stop_shipping": StopShipping,
    "restock_goods": RestockGoods,
    "rebuild_entitlements": RebuildEntitlements,
    "remove_hooks": RemoveHooks,
    "reread_order": RereadOrder,
    "compile_promises": CompilePromises,
    "check_evidence": CheckEvidence,
    "execute_refund": ExecuteRefund,
    "follow_batch": FollowBatch,
    "follow_label": FollowLabel,
    "follow_refund": FollowRefund,
    "follow_shipments": FollowShipments,
    "issue_label": IssueLabel,
    "keep_return": KeepReturn,
    "mark_refused": MarkRefused,
    "open_withdrawal": OpenWithdrawal,
    "pack_person_data": PackPersonData,
    "prove_keys": ProveKeys,
    "publish_promises": PublishPromises,
}
_names = {kind: name for name, kind in type_of.items()}


def name_of(effect: Effect) -> str:
    """The job name of an effect."""
    return _names[type(effect)]


def dump(effect: Effect, request: str | None = None) -> str:
    """The effect's fields as a JSON text, and beside them the id of the request it was queued in.

    A worker of an older release reads past it, and an older web's jobs come without: neither waits for the other.
    """
    fields = msgspec.to_builtins(effect)
    return msgspec.json.encode(fields | {_REQUEST: request} if request else fields).decode()


def request_of(fields: str) -> str | None:
    """The id of the request that a job was queued in; None: the clock's, or an older release's."""
    return decoder(_Queued).decode(fields).request


def load(name: str, fields: str) -> Effect:
    """The effect a job row names; raises `KeyError` or `msgspec.ValidationError` on a row that is not ours."""
    return decoder(type_of[name]).decode(fields)
