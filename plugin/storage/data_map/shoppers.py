"""The data map: tables about shoppers, their orders and what they ask for."""

from collections.abc import Mapping
from typing import Final

from plugin.domain.retention import Kept, Swept
from plugin.storage.data_map.entry import Basis, Mapped

_DESK = "staff at the desk, on record in the access log; the shopper"
_STAFF = "staff"

SHOPPERS: Final[Mapping[str, Mapped]] = {
    "people": Mapped(
        "One key for each person, so that they can be forgotten whole",
        Basis.CONTRACT,
        (Kept.ORDERS, Kept.DECLARATIONS),
        "nobody; the app itself",
        linked="id email_hash erased_at",
        keys="key_id wrapped_key",
    ),
    "orders": Mapped(
        "Know what was bought, by whom and until when which right holds",
        Basis.CONTRACT,
        (Kept.ORDERS,),
        _DESK,
        person="personal",
        linked="id external_id number number_normalised standing country placed_at updated_at total_minor currency "
        "line_count policy_version is_gone awaits_delivery version digest person_id facts awaits_products shop_id",
    ),
    "projections": Mapped(
        "The rights of an order, as last computed",
        Basis.CONTRACT,
        (Swept.ORDER,),
        _DESK,
        linked="order_id lines",
        plain="law",
    ),
    "entitlements": Mapped(
        "The same, to list and warn by",
        Basis.CONTRACT,
        (Swept.ORDER,),
        _DESK,
        linked="order_id line_id right starts_at source event_day last_day closes_at absent",
        plain="rulebook_version calendar_version policy_version",
    ),
    "shown_texts": Mapped(
        "Prove which legal text was shown for an order",
        Basis.OBLIGATION,
        (Swept.ORDER,),
        _STAFF,
        linked="order_id shown_at what language version digest",
    ),
    "claims": Mapped(
        "Work on claims by when they are due",
        Basis.CONTRACT,
        (Swept.ORDER,),
        _DESK,
        linked="id shop_id order_id number track status tier country zone language assignee is_open needs_person "
        "waits_for_answer timer answer_due_at due_order due_day_at wakes_at money_due_at money_stuck_at "
        "has_failed_refund refunded_at refund_seconds survey opened_at changed_at version",
    ),
    "claim_entries": Mapped(
        "The record of each claim: who said and did what, when",
        Basis.OBLIGATION,
        (Kept.CLAIMS,),
        _DESK,
        person="words",
        linked="claim_id seq at body hash person_id",
    ),
    "claim_lines": Mapped(
        "What was claimed, to count by",
        Basis.CONTRACT,
        (Swept.ORDER,),
        _DESK,
        linked="claim_id no order_line quantity reason fault ground wanted decision remedy remedy_state leg inspection "
        "disposition price_minor currency",
    ),
    "claim_drafts": Mapped(
        "A claim that a shopper is still writing",
        Basis.CONTRACT,
        (Swept.DRAFTS,),
        "the shopper",
        person="content",
        linked="id shop_id order_id person_id language created_at touched_at claim_id capabilities",
    ),
    "evidence": Mapped(
        "Photos, videos and papers handed in for a claim",
        Basis.CONTRACT,
        (Swept.EVIDENCE, Kept.CLAIMS),
        _DESK,
        person="name",
        linked="id shop_id draft_id claim_id person_id declared_type size received state scan refusal object "
        "media_type stored_size digest created_at touched_at completed_at",
    ),
    "evidence_parts": Mapped(
        "Uploads that are not finished",
        Basis.CONTRACT,
        (Swept.EVIDENCE,),
        "nobody; the app itself",
        linked="evidence_id offset length object",
    ),
    "refund_intents": Mapped(
        "Refunds we grant, and where they are paid to",
        Basis.CONTRACT,
        (Kept.PAYEES,),
        _DESK,
        person="payee",
        linked="id order_id purpose state code platform_refund total_minor currency created_at changed_at due_at "
        "version record",
    ),
    "labels": Mapped(
        "Labels for goods on their way back",
        Basis.CONTRACT,
        (Swept.LABELS, Kept.CLAIMS),
        _DESK,
        person="detail",
        linked="id order_id claim_id state source parcel live_parcel replaces created_at changed_at due_at valid_until "
        "object is_dropped version record",
    ),
    "hub_parcels": Mapped(
        "Returns that a hub has received",
        Basis.CONTRACT,
        (Swept.ORDER,),
        _STAFF,
        linked="key batch_id position order_id claim_id received_at grams record",
    ),
    "kept_returns": Mapped(
        "How far the platform's own returns follow claims",
        Basis.CONTRACT,
        (Swept.ORDER,),
        "nobody; the app itself",
        linked="claim_id order_id seen due_at version record",
    ),
    "carrier_claims": Mapped(
        "What carriers are asked for",
        Basis.INTEREST,
        (Swept.ORDER,),
        _STAFF,
        linked="claim_id order_id state notice_by version record",
    ),
    "shipments": Mapped(
        "Where parcels are",
        Basis.CONTRACT,
        (Kept.PARCELS,),
        _DESK,
        person="told told_since",
        linked="id shop_id order_id person_id purpose belongs_to sent_as carrier service origin destination status "
        "since last_scan delivered_at delivered_source shipped_at created_at expected_first expected_last "
        "first_expected_first first_expected_last next_at leased_until is_void version record sent_with gist",
    ),
    "shipment_numbers": Mapped(
        "Find a parcel by its number; carriers' pages tell its route to who knows it, for some months",
        Basis.CONTRACT,
        (Swept.ORDER,),
        _DESK,
        linked="number shipment_id",
    ),
    "alerts": Mapped(
        "Parcels that went wrong, and what the shopper chose",
        Basis.CONTRACT,
        (Kept.PARCELS,),
        _DESK,
        person="address",
        linked="id shipment_id order_id person_id kind raised_at needs_attention promised promised_in version record",
    ),
    "alert_watches": Mapped(
        "When a parcel is looked at again",
        Basis.CONTRACT,
        (Swept.ORDER,),
        "nobody; the app itself",
        linked="shipment_id look_at",
    ),
    "declarations": Mapped(
        "Withdrawals as they were declared",
        Basis.OBLIGATION,
        (Kept.DECLARATIONS,),
        _DESK,
        person="words reason aside_reason",
        linked="id shop_id person_id form caller received_at zone language country order_id proof proven_at proven_by "
        "version is_to_be_read units aside_at aside_by",
    ),
    "data_requests": Mapped(
        "Answer who asks for their data",
        Basis.OBLIGATION,
        (Swept.DATA_REQUESTS,),
        "owners and managers, on record in the access log",
        merchant="sought",
        linked="id shop_id person_id through asked_by reference asked_at packed_at object size handed_over_at "
        "handed_over_by is_dropped version",
    ),
    "legal_holds": Mapped(
        "Orders that nothing is let go of, for a lawsuit or an audit",
        Basis.INTEREST,
        (Swept.MERCHANT,),
        "the operator",
        merchant="reason",
        linked="order_id held_at",
    ),
    "link_requests": Mapped(
        "Send a shopper the link to their claim",
        Basis.CONTRACT,
        (Swept.ATTEMPTS,),
        "nobody; the app itself",
        merchant="content",
        plain="id shop_id asked_at",
    ),
    "attempts": Mapped(
        "Stop whoever guesses: counts by the keyed hash of a network address or name",
        Basis.INTEREST,
        (Swept.ATTEMPTS,),
        "nobody; the app itself",
        linked="who",
        plain="what slot count",
    ),
    "inbox": Mapped(
        "What a platform told us, until it is applied",
        Basis.CONTRACT,
        (Swept.INBOX,),
        "nobody; the app itself",
        merchant="content",
        linked="delivery_key event_key",
        plain="id shop_id platform topic received_at due_at leased_until attempts reason",
    ),
    "parked": Mapped(
        "What a platform told us and we could not read",
        Basis.CONTRACT,
        (Kept.PARKED,),
        "staff at the desk",
        merchant="body",
        linked="subject body_hash",
        plain="id shop_id platform topic code field parked_at attempts size",
    ),
    "carrier_pushes": Mapped(
        "What a carrier's service told us, until it is applied",
        Basis.CONTRACT,
        (Swept.PUSHES,),
        "nobody; the app itself",
        merchant="body",
        linked="body_hash",
        plain="id kind received_at due_at leased_until attempts fault fault_field",
    ),
    "mails": Mapped(
        "Letters that are to leave",
        Basis.CONTRACT,
        (Kept.MAIL,),
        "staff, where one is stuck; who it is for",
        merchant="content detail",
        linked="id",
        plain="queued_at sent_at attempts failed_at fault parked_at",
    ),
}
