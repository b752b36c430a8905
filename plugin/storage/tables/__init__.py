"""The schema, one concern per module; importing this package declares all of it on `metadata`."""

from plugin.storage.tables.alerts import alert_settings, alert_watches, alerts
from plugin.storage.tables.carrier_accounts import carrier_accounts, carrier_pushes
from plugin.storage.tables.carrier_claims import carrier_claims
from plugin.storage.tables.claim_desk import claim_settings, goodwill_given, personal_data_views
from plugin.storage.tables.claims import claim_entries, claim_lines, claims
from plugin.storage.tables.connections import connections
from plugin.storage.tables.data_requests import data_requests
from plugin.storage.tables.declarations import declarations
from plugin.storage.tables.disconnections import disconnections
from plugin.storage.tables.documents import artworks, attested_texts, certificates, shown_texts
from plugin.storage.tables.embedded import left_notices, setup_words
from plugin.storage.tables.entitlements import entitlements, projections
from plugin.storage.tables.evidence import evidence, evidence_parts
from plugin.storage.tables.failed_effects import failed_effects
from plugin.storage.tables.hooks import shop_hooks
from plugin.storage.tables.kept_returns import kept_returns
from plugin.storage.tables.key_requests import key_requests
from plugin.storage.tables.lanes import lanes
from plugin.storage.tables.merchants import merchant_keys, merchants, shops
from plugin.storage.tables.messages import inbox, mails, parked
from plugin.storage.tables.metadata import metadata
from plugin.storage.tables.orders import orders
from plugin.storage.tables.passkeys import passkeys, spent_challenges
from plugin.storage.tables.people import people
from plugin.storage.tables.policies import policies, policy_drafts
from plugin.storage.tables.portal import attempts, claim_drafts, link_requests
from plugin.storage.tables.postings import posted_promises, postings
from plugin.storage.tables.products import product_promises, products
from plugin.storage.tables.refunds import refund_intents
from plugin.storage.tables.retention import legal_holds, retention_runs, retention_settings
from plugin.storage.tables.returning import hub_batches, hub_parcels, labels, return_settings
from plugin.storage.tables.scorecards import scorecards
from plugin.storage.tables.senders import senders
from plugin.storage.tables.shipments import shipment_numbers, shipments
from plugin.storage.tables.shop_tokens import shop_tokens
from plugin.storage.tables.staff import join_codes, platform_staff, sessions, sign_in_links, staff
from plugin.storage.tables.worker_slots import worker_slots

__all__ = [
    "alert_settings",
    "alert_watches",
    "alerts",
    "artworks",
    "attempts",
    "attested_texts",
    "carrier_accounts",
    "carrier_claims",
    "carrier_pushes",
    "certificates",
    "claim_drafts",
    "claim_entries",
    "claim_lines",
    "claim_settings",
    "claims",
    "connections",
    "data_requests",
    "declarations",
    "disconnections",
    "entitlements",
    "evidence",
    "evidence_parts",
    "failed_effects",
    "goodwill_given",
    "hub_batches",
    "hub_parcels",
    "inbox",
    "join_codes",
    "kept_returns",
    "key_requests",
    "labels",
    "lanes",
    "left_notices",
    "legal_holds",
    "link_requests",
    "mails",
    "merchant_keys",
    "merchants",
    "metadata",
    "orders",
    "parked",
    "passkeys",
    "people",
    "personal_data_views",
    "platform_staff",
    "policies",
    "policy_drafts",
    "posted_promises",
    "postings",
    "product_promises",
    "products",
    "projections",
    "refund_intents",
    "retention_runs",
    "retention_settings",
    "return_settings",
    "scorecards",
    "senders",
    "sessions",
    "setup_words",
    "shipment_numbers",
    "shipments",
    "shop_hooks",
    "shop_tokens",
    "shops",
    "shown_texts",
    "sign_in_links",
    "spent_challenges",
    "staff",
    "worker_slots",
]
