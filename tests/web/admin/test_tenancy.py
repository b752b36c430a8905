"""No address of the admin shows or changes anything of another merchant."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

import pytest

from plugin.domain.artwork import Artwork, ArtworkKind
from plugin.domain.certificates import Certificate, CertificateKind, sniffed
from plugin.domain.data_request import AskedThrough, DataRequest
from plugin.domain.declaration import Declaration, Statement
from plugin.domain.failed_effect import FailedEffect
from plugin.domain.ids import DataRequestId, DeclarationId, MerchantId
from plugin.domain.key_request import KeyRequest
from plugin.domain.passkey import Passkey
from plugin.domain.policy.scope import EVERYTHING
from plugin.domain.sender import Sender
from plugin.domain.shop import Role
from plugin.domain.tracking.exceptions.episode import AlertKind
from plugin.ports.mailer import Mail
from plugin.ports.views import OrderQuery
from tests.build import MERCHANT, NOW, a_policy, a_shop, a_shopper, an_order
from tests.support.admin import RIVAL, Installation
from tests.support.alert_cases import keep_alert
from tests.support.carrier_accounts import PUSHED, SEVENTEEN_TRACK
from tests.support.claim_cases import open_case
from tests.support.refunds import an_intent
from tests.support.returning import a_batch, a_label, a_parcel

THEIRS = "rival-secret"
PDF = b"%PDF-1.7"
THEIR_PAPER = Certificate("paper1", CertificateKind.CE, THEIRS, EVERYTHING, None, None, sniffed(PDF), NOW)
THEIR_ART = Artwork("art1", ArtworkKind.NOTICE, "en", None, sniffed(PDF), NOW)
THEIR_WORDS = Statement(THEIRS, THEIRS, f"{THEIRS}@example.com")
THEIR_DECLARATION = Declaration(DeclarationId("d1"), a_shop("Rival").id, THEIR_WORDS, NOW, "UTC", "en")
# Every route: which foreign id it takes, or None for those that take no id at all.
ROUTES = {
    "sign_in": None,
    "send_link": None,
    "confirm": None,  # a token names its own merchant
    "enter": None,
    "sign_out": None,
    "bounce": None,
    "connect_again": None,
    "access_granted": None,
    "hand_out": None,  # a pass lets its holder in as themselves
    "say_setup": "shop",
    "home": None,
    "claims": None,
    "claims_bulk": "claim",
    "claim_settings": None,
    "save_claim_settings": None,
    "save_claim_costs": None,
    "save_claim_survey": None,
    "save_vouchers": None,
    "add_text": None,
    "remove_text": None,
    "claim": "claim",
    "claim_file": "claim",
    "case_file": "claim",
    "case_paper": "claim",
    "claim_act": "claim",
    "add_files": "claim",
    "goodwill": "claim",
    "goodwill_back": "claim",
    "voucher_again": "claim",
    "strike_note": "claim",
    "unassign": None,  # takes what the signed session holds
    "refund_retry": "claim",
    "refund_stop": "claim",
    "claims_table": None,
    "scorecard": None,
    "scorecard_table": None,
    "carrier_claims": None,
    "carrier_file": "claim",
    "carrier_move": "claim",
    "save_carrier_days": None,
    "alerts": None,
    "undo_alert": None,  # takes what the signed session holds
    "alert_settings": None,
    "save_alert_settings": None,
    "save_alert_lane": None,
    "remove_alert_lane": None,
    "alert_resolve": "alert",
    "alert_take_up": "alert",
    "alert_claim": "alert",
    "alert_restock": "alert",
    "payouts": None,
    "payouts_file": "refund",
    "payouts_paid": "refund",
    "personal_views": None,
    "retention": None,
    "save_retention": None,
    "orders": None,
    "parked": None,
    "stuck": None,
    "retry_stuck": "stuck",
    "dismiss_stuck": "stuck",
    "undo_stuck": None,  # takes what the signed session holds
    "shipments": None,
    "shipment": "shipment",
    "report_parcel": "shipment",
    "strike_report": "shipment",
    "correct_parcel": "shipment",
    "undo_parcel": None,  # takes what the signed session holds
    "account": None,
    "passkey_ask": None,
    "passkey_enter": None,  # an answer names its own merchant
    "passkey_begin": None,
    "passkey_add": None,
    "passkey_rename": "passkey",
    "passkey_remove": "passkey",
    "revoke_others": None,
    "language": None,
    "staff": None,
    "invite": None,
    "mail": None,
    "save_sender": None,
    "forget_sender": None,
    "try_mail": None,
    "stuck_mail": None,
    "send_again": "mail",
    "dismiss_mail": "mail",
    "letters": None,
    "letter": None,  # names a kind of letter, not anybody's
    "letter_page": None,
    "shops": None,
    "make_join_code": None,
    "plugin_zip": None,
    "connect": None,
    "ask_for_keys": None,
    "plugin_asks": None,
    "decide_plugin": None,
    "asked": "asked",
    "shop_health": "shop",
    "statuses": "shop",
    "save_statuses": "shop",
    "disconnect": "shop",
    "close_disconnection": "shop",
    "switch_withdrawal": "shop",
    "declarations": None,
    "match_declaration": "declaration",
    "confirm_declaration": "declaration",
    "read_declaration": "declaration",
    "set_aside": "declaration",
    "take_up": "declaration",
    "undo_mark": None,  # takes what the signed session holds
    "mark_many": "order",
    "order": "order",
    "mark": "order",
    "unmark": "order",
    "retry": "record",
    "dismiss": "record",
    "parked_record": "record",
    "revoke": "session",
    "remove": "member",
    "data_requests": None,
    "data_requests_begin": "order",
    "data_request_file": "data_request",
    "data_request_done": "data_request",
    "documents": None,
    "documents_attest": None,
    "documents_add": None,
    "documents_upload": None,
    "documents_remove": "certificate",
    "documents_remove_art": "artwork",
    "returns": None,
    "returns_account": None,
    "returns_forget": None,
    "returns_limits": None,
    "returns_points": None,
    "returns_retry": "label",
    "returns_upload": "label",
    "returns_close": "batch",
    "returns_dispatch": "batch",
    "returns_receive": "batch",
    "returns_manifest": "batch",
    "carriers": None,
    "save_carrier": None,
    "retry_pushes": None,
    "switch_carrier": "carrier",
    "prefer_carrier": "carrier",
    "remove_carrier": "carrier",
    "ask_carrier": "carrier",
    "policy": None,
    "policy_past": None,
    "policy_version": "version",
    "policy_download": "version",
    "policy_simulate": None,
    "policy_products": None,
    "policy_lines": None,
    "policy_start": None,
    "policy_draft": "draft",  # everything below takes no id: there is one draft, and here there is none of ours
    "policy_discard": "draft",
    "policy_edit": "draft",
    "policy_add": "draft",
    "policy_remove": "draft",
    "policy_countries": "draft",
    "policy_decide": "draft",
    "policy_draft_page": "draft",
    "policy_fix": "draft",
    "policy_undo": "draft",
    "policy_redo": "draft",
    "policy_document": "draft",
    "policy_write": "draft",
    "policy_check": "draft",
    "policy_keep_check": "draft",
    "policy_publish": "draft",
    "policy_part": "draft",
}


@pytest.fixture
def foreign(installation: Installation) -> dict[str, str]:
    shopper = a_shopper(f"{THEIRS}@example.com", name=THEIRS)
    (order,) = installation.keep(an_order("4711", shopper=shopper), at=RIVAL)
    record = installation.park(THEIRS.encode(), at=RIVAL)
    member, token = installation.invite(Role.OWNER, f"{THEIRS}@rival.example", at=RIVAL)
    browser = installation.browser()
    browser.send(f"/admin/sign-in/{token}", form_at=f"/admin/sign-in/{token}")
    browser.send("/admin/policy/draft/start", source="preset:eu-cross-border")
    with installation.deps.units(RIVAL) as unit:
        (session,) = unit.staff.sessions(member.id)
        unit.passkeys.add(Passkey("passkey9", member.id, b"credential", b"key", 0, THEIRS, NOW))
        unit.policies.add(a_policy(f"{THEIRS}-version"))
        draft = unit.drafts.open()
        unit.certificates.add(THEIR_PAPER, PDF)
        unit.artworks.add(THEIR_ART, PDF)
        unit.refunds.save([replace(an_intent(), order=order)])
        unit.carrier_accounts.save(replace(SEVENTEEN_TRACK, push_token=THEIRS))
        unit.carrier_pushes.add(replace(PUSHED, fault_field=THEIRS))
        unit.mails.add(f"{THEIRS}-mail", Mail(f"{THEIRS}@example.com", THEIRS, THEIRS, "en"), NOW)
        unit.undelivered.failed(f"{THEIRS}-mail", "recipient_refused", THEIRS, NOW)
        unit.undelivered.park(f"{THEIRS}-mail", NOW)
        unit.failed_effects.add(FailedEffect(f"{THEIRS}-failure", "send_mail", "{}", THEIRS, NOW, NOW, request=THEIRS))
        unit.senders.save(Sender(THEIRS, f"help@{THEIRS}.example"), NOW)
        unit.declarations.add(THEIR_DECLARATION, form="form1", caller="192.0.2.1")
        unit.labels.save([a_label("label9", order=order).failed(THEIRS, THEIRS, NOW)])
        unit.hub_batches.save(a_batch(a_parcel(order=order, claim_number=THEIRS)))
        keep_alert(unit, order, a_shop("Rival").id, AlertKind.LOST, "parcel9", address=THEIRS)
        unit.key_requests.save(KeyRequest("asked9", f"https://{THEIRS}.example", b"", None, NOW, NOW))
        wanted = DataRequest(DataRequestId("wanted9"), installation.shop(RIVAL), AskedThrough.DESK, NOW)
        unit.data_requests.save(wanted.about(unit.people.behind([order])[order]).packed(THEIRS, 1, NOW))
        unit.commit()
    assert draft
    claim = open_case(installation, order, quantity=1, words=THEIRS, at=RIVAL, draft=f"{THEIRS}-claim")
    ids = {"shop": installation.shop(RIVAL), "session": session.id, "version": f"{THEIRS}-version", "draft": draft.id}
    ids |= {"certificate": THEIR_PAPER.id, "artwork": THEIR_ART.id, "mail": f"{THEIRS}-mail"}
    ids |= {"declaration": THEIR_DECLARATION.id, "label": "label9", "batch": a_batch().id, "asked": "asked9"}
    ids |= {"alert": "parcel9-alert", "shipment": "parcel9", "report": "by-hand:1"}
    ids |= {"step": "theme", "carrier": "17track", "stuck": f"{THEIRS}-failure"}
    ids |= {"data_request": "wanted9", "claim": claim.id, "refund": an_intent().id}
    ids |= {"evidence": "file1", "action": "note", "passkey": "passkey9"}
    return {"order": order, "record": record, "member": member.id, **ids}


def test_every_route_is_listed_here(light: Installation) -> None:
    rules = {rule.endpoint.removeprefix("admin.") for rule in light.app.url_map.iter_rules("admin.home")}
    every = {
        r.endpoint.removeprefix("admin.") for r in light.app.url_map.iter_rules() if r.endpoint.startswith("admin.")
    }
    assert rules == {"home"}
    assert every == ROUTES.keys()


def test_a_foreign_id_answers_as_if_it_did_not_exist(installation: Installation, foreign: dict[str, str]) -> None:
    browser = installation.signed_in(Role.OWNER)
    before = state(installation, RIVAL)
    for rule in installation.app.url_map.iter_rules():
        kind = ROUTES.get(rule.endpoint.removeprefix("admin.")) if rule.endpoint.startswith("admin.") else None
        if kind is None:
            continue
        path = rule.rule
        for name in rule.arguments:
            path = path.replace(
                f"<{name}>", foreign[kind] if kind == "data_request" else foreign.get(name, foreign[kind])
            )
        form = {kind: foreign[kind], "on": "2026-11-05", "number": "1", "reason": "Phoned", "is_on": "0"}
        form |= {"aside_reason": "Junk"}
        answer = browser.get(path) if "GET" in (rule.methods or ()) else browser.send(path, **form)
        assert answer.status_code == HTTPStatus.NOT_FOUND, rule.rule
        assert THEIRS not in answer.text, rule.rule
    assert state(installation, RIVAL) == before
    assert installation.jobs.waiting == []


def test_lists_figures_and_searches_show_nothing_foreign(installation: Installation, foreign: dict[str, str]) -> None:
    browser = installation.signed_in(Role.OWNER)
    searches = ("4711", f"{THEIRS}@example.com", f"{THEIRS}@rival.example")
    paths = [
        "/admin/",
        "/admin/parked",
        "/admin/stuck",
        "/admin/staff",
        "/admin/shops",
        "/admin/account",
        "/admin/orders",
    ]
    paths += ["/admin/shipments", "/admin/shipments?q=4711"]
    paths += ["/admin/claims?view=all", "/admin/payouts", "/admin/claims/settings", "/admin/personal-data-views"]
    paths += ["/admin/declarations", "/admin/mail", "/admin/mail/stuck", "/admin/mail/letters/confirmation"]
    paths += [
        "/admin/data-requests",
        "/admin/alerts?all=1",
        "/admin/returns",
        "/admin/carriers",
        "/admin/policy",
        "/admin/policy/simulate",
        "/admin/policy/lines",
    ]
    for path in (*paths, *(f"/admin/orders?q={text}" for text in searches), "/admin/orders?shop=shop-Rival"):
        page = browser.get(path).text.replace(f'value="{THEIRS}', "").replace(f"<bdi>{THEIRS}", "")  # what we searched
        assert THEIRS not in page, path
        assert foreign["order"] not in page, path


def test_a_cursor_of_theirs_turns_only_pages_of_ours(installation: Installation, foreign: dict[str, str]) -> None:
    installation.keep(an_order("4712"), at=RIVAL)
    installation.keep(an_order("1001"))
    theirs = installation.deps.views.orders(RIVAL, OrderQuery(), None, 1, installation.clock.now())
    assert theirs.next_cursor
    page = installation.signed_in().get(f"/admin/orders?cursor={theirs.next_cursor}").text
    assert foreign["order"] not in page
    assert ">471" not in page


def state(installation: Installation, merchant: MerchantId) -> object:
    """Everything of a merchant that the admin could change."""
    with installation.deps.units.read(merchant) as unit:
        members = unit.staff.all()
        return (
            unit.orders.batch(None, None, 100),
            list(unit.parked.all()),
            members,
            [unit.staff.sessions(member.id) for member in members],
            [unit.passkeys.of(member.id) for member in members],
            unit.policies.all(),
            unit.drafts.open(),
            unit.undelivered.all(10),
            unit.failed_effects.waiting(NOW, 10),
            unit.data_requests.all(10),
            unit.senders.get(),
            [unit.claims.record(claim) for claim in unit.claims.batch(None, 10)],
            [unit.refunds.of([order.id]) for order in unit.orders.batch(None, None, 10)],
            unit.labels.waiting(10),
            unit.shipments.of_orders([order.id for order in unit.orders.batch(None, None, 10)]),
            unit.hub_batches.latest(10),
            unit.declarations.waiting(None, 10),
            unit.shops.all(),
        )


def test_the_state_that_is_compared_sees_a_change(installation: Installation, foreign: dict[str, str]) -> None:
    del foreign
    before = state(installation, RIVAL)
    installation.park(b"more", at=RIVAL)
    assert state(installation, RIVAL) != before
    assert state(installation, MERCHANT) != before
