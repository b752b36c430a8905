"""The data map: tables about merchants, their staff and their shops."""

from collections.abc import Mapping
from typing import Final

from plugin.domain.retention import Kept, Swept
from plugin.storage.data_map.entry import Basis, Mapped

_HERE = (Swept.MERCHANT,)
_STAFF = "staff"
_APP = "nobody; the app itself"

MERCHANTS: Final[Mapping[str, Mapped]] = {
    "merchants": Mapped(
        "Whose installation this is",
        Basis.CONTRACT,
        _HERE,
        "staff; the operator",
        plain="created_at",
        clear={"name": "the firm, as every offer names it; a sole trader's may be a person's"},
    ),
    "merchant_keys": Mapped(
        "The key of what belongs to no one person",
        Basis.NONE,
        _HERE,
        _APP,
        keys="key_id wrapped_key",
    ),
    "shops": Mapped(
        "The shops of a merchant",
        Basis.CONTRACT,
        _HERE,
        "everybody: it is public",
        plain="id name platform key created_at is_demo address withdrawal_since companion_since delivered_statuses",
    ),
    "staff": Mapped(
        "Who may work here, and as what",
        Basis.CONTRACT,
        (Kept.STAFF,),
        "staff of the same merchant",
        merchant="email",
        linked="id email_hash role language invited_at removed_at",
    ),
    "passkeys": Mapped(
        "Let staff in without mail",
        Basis.CONTRACT,
        _HERE,
        "the member themselves",
        merchant="name",
        linked="id staff_id sign_count made_at used_at copied_at",
        keys="credential public_key",
    ),
    "spent_challenges": Mapped(
        "Take no answer twice", Basis.NONE, (Swept.NOTICES,), _APP, keys="challenge", plain="until"
    ),
    "failed_effects": Mapped(
        "Jobs that ran out of tries",
        Basis.NONE,
        (Swept.FAILURES,),
        _STAFF,
        linked="id fields request",
        plain="name fault first_at failed_at times retried_at dismissed_at",
    ),
    "worker_slots": Mapped(
        "Which workers there are",
        Basis.NONE,
        (Swept.WORKERS,),
        "the operator",
        plain="slot started_at beat_at version counts",
    ),
    "retention_settings": Mapped(
        "How long what is kept", Basis.NONE, _HERE, "staff; the operator", plain="days saved_at"
    ),
    "retention_runs": Mapped(
        "How much was let go when, as counts", Basis.OBLIGATION, _HERE, "owners; the operator", plain="day kept count"
    ),
    "platform_staff": Mapped(
        "Who comes in from a shop's own admin", Basis.CONTRACT, (Kept.STAFF,), _APP, linked="shop_id user_id staff_id"
    ),
    "sign_in_links": Mapped(
        "Let staff in by mail",
        Basis.CONTRACT,
        (Kept.SIGN_INS,),
        _APP,
        linked="id staff_id expires_at used_at",
        keys="secret_hash",
    ),
    "join_codes": Mapped(
        "Let one more shop join",
        Basis.CONTRACT,
        (Kept.SIGN_INS,),
        _APP,
        linked="id made_by expires_at used_at",
        keys="secret_hash",
    ),
    "sessions": Mapped(
        "Keep staff signed in, and let them see where",
        Basis.INTEREST,
        (Kept.SIGN_INS,),
        "the member themselves",
        merchant="agent",
        linked="id staff_id created_at last_seen_at expires_at revoked_at",
        keys="secret_hash",
    ),
    "personal_data_views": Mapped(
        "The access log: who of the staff saw whose data",
        Basis.OBLIGATION,
        (Kept.ACCESS_LOG,),
        "owners; the shopper in their copy, without who",
        linked="staff_id seen subject day number at",
    ),
    "goodwill_given": Mapped(
        "Budgets for goodwill", Basis.INTEREST, (Kept.STAFF,), _STAFF, linked="staff_id month currency minor"
    ),
    "left_notices": Mapped(
        "What a page says after an action, inside a platform's admin",
        Basis.CONTRACT,
        (Swept.NOTICES,),
        "the member themselves",
        merchant="content",
        linked="staff_id name left_at is_told has_undo",
    ),
    "setup_words": Mapped(
        "What staff say of a shop's setup",
        Basis.CONTRACT,
        _HERE,
        _STAFF,
        linked="staff_id said_at",
        plain="shop_id step said",
    ),
    "key_requests": Mapped(
        "Ask a shop for its keys",
        Basis.CONTRACT,
        (Swept.KEY_REQUESTS,),
        _STAFF,
        linked="asked_by",
        keys="name_hash keys",
        plain="id address asked_at expires_at state due_at attempts fault fault_detail shop_id companion",
    ),
    "connections": Mapped(
        "Read a shop",
        Basis.NONE,
        _HERE,
        _STAFF,
        keys="credentials",
        plain="shop_id connected_at read_until catalogue_at polled_at due_at leased_until failures failing_since "
        "fault fault_detail first_reading",
    ),
    "disconnections": Mapped(
        "Let a shop go",
        Basis.NONE,
        _HERE,
        _STAFF,
        keys="key_ending credentials",
        plain="shop_id began_at due_at attempts fault fault_detail",
    ),
    "shop_hooks": Mapped(
        "A shop's webhooks",
        Basis.NONE,
        _HERE,
        _STAFF,
        keys="secret",
        linked="sweep_after",
        plain="shop_id hooks checked_at fault fault_detail heard_at delay_seconds swept_at mended_at",
    ),
    "shop_tokens": Mapped(
        "Call a shop's API",
        Basis.NONE,
        _HERE,
        _APP,
        keys="token",
        plain="shop_id granted_at keep_at leased_until failures fault",
    ),
    "senders": Mapped(
        "Who a merchant's mail comes from, with the server's password",
        Basis.CONTRACT,
        _HERE,
        "staff; everybody who gets a letter",
        keys="content",
        plain="saved_at tested_at",
    ),
    "carrier_accounts": Mapped(
        "Ask carriers about parcels",
        Basis.NONE,
        _HERE,
        "owners",
        keys="secrets push_hash",
        plain="kind since is_on rank failures failing_since open_until fault asked_at pushed_at leased_until version",
    ),
    "claim_settings": Mapped(
        "How claims are worked on: limits, texts, the account that payouts leave from",
        Basis.CONTRACT,
        _HERE,
        "staff",
        merchant="content",
        plain="saved_at",
    ),
    "alert_settings": Mapped("How parcels are watched", Basis.NONE, _HERE, _STAFF, plain="content saved_at"),
    "return_settings": Mapped(
        "How goods come back, with the label provider's key",
        Basis.CONTRACT,
        _HERE,
        _STAFF,
        keys="content",
        plain="points saved_at",
    ),
    "hub_batches": Mapped(
        "Returns that travel together",
        Basis.NONE,
        _HERE,
        _STAFF,
        plain="id hub_id number state open_hub opened_at version record",
    ),
    "lanes": Mapped(
        "How long parcels take, as counted over many",
        Basis.NONE,
        _HERE,
        "everybody",
        plain="name shop_id begun carrier origin destination service first_days last_days deliveries "
        "is_six_day made_on",
    ),
    "scorecards": Mapped(
        "How carriers did, as counted over many parcels",
        Basis.NONE,
        _HERE,
        "everybody",
        plain="days made_at is_cut card",
    ),
    "products": Mapped(
        "What a shop sells",
        Basis.NONE,
        _HERE,
        "everybody: it is public",
        plain="shop_id external_id parent_id updated_at document",
    ),
    "product_promises": Mapped(
        "What is promised of a product",
        Basis.NONE,
        _HERE,
        "everybody: it is public",
        plain="shop_id external_id market class_id version",
    ),
    "postings": Mapped(
        "Promises written into shops",
        Basis.NONE,
        _HERE,
        _STAFF,
        plain="shop_id due_at board asked_at posted_at policy places refused refusal failures fault fault_detail "
        "leased_until",
    ),
    "posted_promises": Mapped(
        "What stands where", Basis.NONE, _HERE, _APP, plain="shop_id owner key digest at refusal"
    ),
    "policies": Mapped(
        "What a merchant promises",
        Basis.OBLIGATION,
        _HERE,
        "everybody: it is public",
        linked="published_by",
        plain="id effective_from published_at replaces findings is_declared",
        clear={
            "document": "the trader's name and address, which every offer has to name (Directive 2011/83/EU art. 6)"
        },
    ),
    "policy_drafts": Mapped(
        "What a merchant is about to promise",
        Basis.CONTRACT,
        _HERE,
        _STAFF,
        plain="id version",
        clear={"draft": "the same, not yet published"},
    ),
    "attested_texts": Mapped(
        "Legal texts a merchant stands for",
        Basis.OBLIGATION,
        _HERE,
        "everybody: it is public",
        linked="attested_by",
        plain="id piece language country version digest attested_at",
        clear={"text": "public words, with the trader's name and address where the merchant put them in"},
    ),
    "certificates": Mapped(
        "Papers about products",
        Basis.OBLIGATION,
        _HERE,
        "staff; shoppers of the product",
        plain="id added_at record",
        merchant="content",
    ),
    "artworks": Mapped(
        "Labels and notices to print",
        Basis.OBLIGATION,
        _HERE,
        "everybody: it is public",
        plain="id added_at record",
        merchant="content",
    ),
}
