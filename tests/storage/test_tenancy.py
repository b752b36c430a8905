"""No repository and no view gives one merchant what is another's, or lets them change it.

The attempts are found by inspection: a new method without an attempt here fails. All are tried on one database of each
kind; what an attempt wrote is looked at before it is rolled back.
"""

import inspect
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import get_type_hints

import pytest
from sqlalchemy import select

from plugin.domain.capabilities import Capabilities
from plugin.domain.carrier_claim import CarrierClaimState
from plugin.domain.claim_engine.safety import Batch
from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.declaration import Recent
from plugin.domain.effects import SendMail
from plugin.domain.errors import Conflict, NotAllowed, NotFound
from plugin.domain.evidence import Limits, Part, Tally
from plugin.domain.identity import by_email
from plugin.domain.ids import (
    ClaimId,
    OrderId,
)
from plugin.domain.posting import Posted, Posting
from plugin.domain.refund.intent import RefundState
from plugin.domain.returning.batch import Closing
from plugin.domain.returning.settings import NOTHING_SET, ReturnSettings
from plugin.domain.shop import Merchant
from plugin.ports.claim_views import ClaimQuery, QueueView
from plugin.ports.promises import ProductPromise
from plugin.ports.shipment_views import ShipmentQuery
from plugin.ports.unit_of_work import UnitOfWork
from plugin.ports.views import OrderQuery, Views
from plugin.storage.encoded_orders import encode_order
from plugin.storage.tables import people
from tests.build import MERCHANT, NOW, PLACED, a_policy, a_shop, a_stored_order, an_order
from tests.storage.claim_records import CLAIM
from tests.storage.failed_attempts import FAILED_ATTEMPTS, FIELDS
from tests.storage.parcel_attempts import PARCEL, PARCEL_ATTEMPTS, Attempt
from tests.storage.tenancy_world import World, database
from tests.storage.victim import (
    ARTWORK,
    ASKED,
    AT_CARRIER,
    ATTESTED,
    BATCH,
    CERTIFICATE,
    CONNECTION,
    DECLARED,
    DRAFT,
    DRAFT_CLAIM,
    EVIDENCE,
    FURTHER,
    GIVEN,
    INTRUDER,
    JOIN_CODE,
    KEPT,
    KEY_REQUEST,
    LABEL,
    LEFT,
    LET_GO,
    LIMITS,
    LINE,
    LINK,
    LINK_REQUEST,
    LOOK,
    MAIL,
    MEMBER,
    MESSAGE,
    ORDER,
    PASSKEY,
    PAYEE,
    PLACE,
    PRODUCT,
    RECORD,
    REF,
    REFUND,
    REFUSED,
    SECOND,
    SENDER,
    SESSION,
    SETUP_WORD,
    SHOP,
    SHOP_TOKEN,
    SHOWN,
    a_claim_draft,
    a_file,
    fill,
)
from tests.support.named import named
from tests.support.returning import ACCOUNT

ATTEMPTS: dict[str, dict[str, Attempt]] = {
    "shops": {
        "add_merchant": lambda shops, _: shops.add_merchant(Merchant(MERCHANT, "Mine now", NOW)),
        "add": lambda shops, _: shops.add(a_shop("Another")),
        "get": lambda shops, _: shops.get(SHOP),
        "by_name": lambda shops, _: shops.by_name("Nordkap"),
        "all": lambda shops, _: shops.all(),
        "name_statuses": lambda shops, _: shops.name_statuses(SHOP, ("arrived",)),
        "switch_withdrawal": lambda shops, _: shops.switch_withdrawal(SHOP, NOW),
        "connect_companion": lambda shops, _: shops.connect_companion(SHOP, NOW),
    },
    "orders": {
        "get": lambda orders, _: orders.get(ORDER),
        "numbers": lambda orders, _: orders.numbers([ORDER]),
        "by_ref": lambda orders, _: orders.by_ref(SHOP, [REF]),
        "digest": lambda orders, _: orders.digest(an_order()) and None,  # reads no row; keyed apart, see below
        "digests": lambda orders, _: orders.digests(SHOP, [REF]),
        "expect": lambda orders, _: orders.expect([encode_order(an_order())]),  # reads no row and keeps none
        "of_shopper": lambda orders, _: orders.of_shopper(SHOP, "ida@example.com"),
        "of_person": lambda orders, person: orders.of_person(SHOP, person),
        "by_number": lambda orders, _: orders.by_number(SHOP, "1001"),
        "batch": lambda orders, _: (*orders.batch(SHOP, None, 10), *orders.batch(None, None, 10)),
        "save": lambda orders, _: orders.save([a_stored_order(an_order("1002"))]),
    },
    "entitlements": {
        "replace": lambda entitlements, _: entitlements.replace(ORDER, [LINE]),
        "of": lambda entitlements, _: entitlements.of(ORDER),
        "outdated": lambda entitlements, _: entitlements.outdated("new", "new", 10),
    },
    "policies": {
        "add": lambda policies, _: policies.add(a_policy()),
        "get": lambda policies, _: policies.get("v1"),
        "in_force": lambda policies, _: policies.in_force(NOW),
        "all": lambda policies, _: policies.all(),
        "publications": lambda policies, _: policies.publications(),
        "since": lambda policies, _: policies.since(NOW - timedelta(days=3650)),
        "hold": lambda policies, _: policies.hold(),
    },
    "drafts": {
        "open": lambda drafts, _: drafts.open(),
        "get": lambda drafts, _: drafts.get(DRAFT.id),
        "add": lambda drafts, _: drafts.add(DRAFT),
        "save": lambda drafts, _: drafts.save(replace(DRAFT, document={"format": 1}), was=DRAFT.version),
        "remove": lambda drafts, _: drafts.remove(DRAFT),
    },
    "staff": {
        "save": lambda staff, _: staff.save(MEMBER),
        "get": lambda staff, _: staff.get(MEMBER.id),
        "by_email": lambda staff, _: staff.by_email(MEMBER.email),
        "by_user": lambda staff, _: staff.by_user(SHOP, "42"),
        "join_user": lambda staff, _: staff.join_user(SHOP, "42", MEMBER.id),
        "all": lambda staff, _: staff.all(),
        "hold": lambda staff, _: staff.hold(),
        "choose_language": lambda staff, _: staff.choose_language(MEMBER.id, "fr"),
        "remove": lambda staff, _: staff.remove(MEMBER.id, NOW),
        "save_link": lambda staff, _: staff.save_link(LINK),
        "link": lambda staff, _: staff.link(LINK.id),
        "use_link": lambda staff, _: staff.use_link(LINK.id, NOW),
        "save_join_code": lambda staff, _: staff.save_join_code(JOIN_CODE),
        "join_code": lambda staff, _: staff.join_code(JOIN_CODE.id),
        "use_join_code": lambda staff, _: staff.use_join_code(JOIN_CODE.id, NOW),
        "save_session": lambda staff, _: staff.save_session(SESSION),
        "seen": lambda staff, _: staff.seen(SESSION.id, NOW + timedelta(days=1)),
        "revoke": lambda staff, _: staff.revoke([SESSION.id], NOW),
        "session": lambda staff, _: staff.session(SESSION.id),
        "sessions": lambda staff, _: staff.sessions(MEMBER.id),
    },
    "passkeys": {
        "of": lambda passkeys, _: passkeys.of(MEMBER.id),
        "by_credential": lambda passkeys, _: passkeys.by_credential(PASSKEY.credential),
        "add": lambda passkeys, _: passkeys.add(PASSKEY),
        "save": lambda passkeys, _: passkeys.save(replace(PASSKEY, name="Mine now"), was=PASSKEY),
        "rename": lambda passkeys, _: passkeys.rename(PASSKEY.id, "Mine now"),
        "remove": lambda passkeys, _: passkeys.remove([PASSKEY.id]),
        "spend": lambda passkeys, _: passkeys.spend(b"digest", NOW) and None,  # each merchant's own
        "forget_spent": lambda passkeys, _: passkeys.forget_spent(NOW + timedelta(days=1)),
    },
    "inbox": {
        "add": lambda inbox, _: inbox.add(MESSAGE, "key1"),
        "done": lambda inbox, _: inbox.done([MESSAGE.id]),
        "retry_at": lambda inbox, _: inbox.retry_at(MESSAGE.id, NOW, "stolen"),
        "hasten": lambda inbox, _: inbox.hasten(MESSAGE.id, NOW),
        "late": lambda inbox, _: inbox.late(NOW + timedelta(days=1), 10),
    },
    "parked": {
        "add": lambda parked, _: parked.add([RECORD]),
        "get": lambda parked, _: parked.get(RECORD.id),
        "codes": lambda parked, _: (*parked.codes(), *parked.codes(SHOP)),
        "all": lambda parked, _: (*parked.all(), *parked.all(SHOP)),
        "about": lambda parked, _: parked.about(SHOP, ["7"]),
        "resolve": lambda parked, _: parked.resolve(SHOP, "order", [b"{}"]),
        "remove": lambda parked, _: parked.remove([RECORD.id]),
    },
    "people": {
        "find": lambda people, _: people.find("ida@example.com"),
        "behind": lambda people, _: people.behind([ORDER]),
        "orders_of": lambda people, person: people.orders_of(person),
        "only_of": lambda people, _: people.only_of(SHOP, 10),
        "erase": lambda people, person: people.erase(person, NOW),
        "forget_address": lambda people, _: people.forget_address("ida@example.com", NOW),
        "forget_order": lambda people, _: people.forget_order(ORDER, NOW),
    },
    "mails": {
        "add": lambda mails, _: mails.add("mail1", MAIL, NOW),
        "get": lambda mails, _: mails.get("mail1"),
        "is_known": lambda mails, _: mails.is_known("mail1"),
        "sent": lambda mails, _: mails.sent("mail1", NOW),
        "unsent": lambda mails, _: mails.unsent(PLACED, NOW + timedelta(days=1), 10),
    },
    "undelivered": {
        "failed": lambda undelivered, _: undelivered.failed("mail1", "stolen", "", NOW),
        "park": lambda undelivered, _: undelivered.park("mail1", NOW),
        "give_up": lambda undelivered, _: undelivered.give_up(NOW + timedelta(days=1), NOW),
        "all": lambda undelivered, _: undelivered.all(10),
        "revive": lambda undelivered, _: (*undelivered.revive(["mail1"], NOW), *undelivered.revive(None, NOW)),
        "dismiss": lambda undelivered, _: undelivered.dismiss(["mail1"]),
        "forget": lambda undelivered, _: undelivered.forget(by_email(MAIL.to)),
    },
    "senders": {
        "get": lambda senders, _: senders.get(),
        "save": lambda senders, _: senders.save(SENDER, NOW),
        "tested": lambda senders, _: senders.tested(NOW),
        "last_test_sent": lambda senders, _: senders.last_test_sent(),
    },
    "connections": {
        "save": lambda connections, _: connections.save(CONNECTION),
        "get": lambda connections, _: connections.get(SHOP),
        "all": lambda connections, _: connections.all(),
        "advance": lambda connections, _: connections.advance(replace(CONNECTION, read_until=NOW), NOW),
        "settle": lambda connections, _: connections.settle(replace(CONNECTION, fault="stolen")),
        "hasten": lambda connections, _: connections.hasten(SHOP, NOW + timedelta(days=1)),
        "remove": lambda connections, _: connections.remove(SHOP),
    },
    "disconnections": {
        "save": lambda disconnections, _: disconnections.save(LET_GO),
        "get": lambda disconnections, _: disconnections.get(SHOP),
        "all": lambda disconnections, _: disconnections.all(),
        "due": lambda disconnections, _: disconnections.due(NOW, 5),
        "remove": lambda disconnections, _: disconnections.remove(SHOP),
    },
    "postings": {
        "get": lambda postings, _: postings.get(SHOP),
        "all": lambda postings, _: postings.all(),
        "save": lambda postings, _: postings.save(Posting(SHOP, NOW, fault="stolen")),
        "ask": lambda postings, _: postings.ask(SHOP, NOW),
        "hasten": lambda postings, _: postings.hasten(SHOP, NOW + timedelta(days=1)),
        "lease": lambda postings, _: postings.lease(SHOP, NOW, NOW + timedelta(minutes=1)),
        "posted": lambda postings, _: postings.posted(SHOP),
        "note": lambda postings, _: postings.note(SHOP, {PLACE: Posted(b"stolen", NOW)}, NOW),
        "note_removed": lambda postings, _: postings.note_removed(SHOP, [PLACE]),
        "forget": lambda postings, _: postings.forget(SHOP),
    },
    "shop_tokens": {
        "save": lambda tokens, _: tokens.save(SHOP_TOKEN),
        "get": lambda tokens, _: tokens.get(SHOP),
        "lease": lambda tokens, _: tokens.lease(SHOP, NOW, NOW + timedelta(minutes=1)),
        "settle": lambda tokens, _: tokens.settle(SHOP_TOKEN, NOW),
        "due": lambda tokens, _: tokens.due(NOW),
        "remove": lambda tokens, _: tokens.remove(SHOP),
    },
    "left_notices": {
        "leave": lambda notices, _: notices.leave(LEFT),
        "tell": lambda notices, _: notices.tell(MEMBER.id, LEFT.name, PLACED),
        "take_back": lambda notices, _: notices.take_back(MEMBER.id, LEFT.name, PLACED),
        "forget": lambda notices, _: notices.forget(NOW + timedelta(days=1)),
    },
    "setup_words": {
        "save": lambda words, _: words.save(SETUP_WORD),
        "of": lambda words, _: words.of(SHOP),
        "remove": lambda words, _: words.remove(SHOP, SETUP_WORD.step),
    },
    "hooks": {
        "open": lambda hooks, _: hooks.open(SHOP, "mine"),
        "renew": lambda hooks, _: hooks.renew(SHOP, "mine"),
        "forget_previous": lambda hooks, _: hooks.forget_previous(SHOP),
        "get": lambda hooks, _: hooks.get(SHOP),
        "checked": lambda hooks, _: hooks.checked(SHOP, [], NOW, was_mended=True),
        "unchecked": lambda hooks, _: hooks.unchecked(SHOP, "stolen", None, NOW),
        "heard": lambda hooks, _: hooks.heard(SHOP, NOW, timedelta(0)),
        "swept": lambda hooks, _: hooks.swept(SHOP, None, NOW, None),
        "remove": lambda hooks, _: hooks.remove(SHOP),
    },
    "key_requests": {
        "save": lambda requests, _: requests.save(KEY_REQUEST),
        "get": lambda requests, _: requests.get(KEY_REQUEST.id),
        "hold": lambda requests, _: requests.hold(KEY_REQUEST.id),
        "since": lambda requests, _: requests.since(PLACED),
        "due": lambda requests, _: requests.due(NOW, 10),
        "forget": lambda requests, _: requests.forget(NOW + timedelta(days=1)),
    },
    "promises": {
        "due": lambda promises, _: promises.due(SHOP, "v2", None, 10),
        "classes": lambda promises, _: promises.classes(SHOP, "v1", "default"),
        "page": lambda promises, _: promises.page(SHOP, "v1", "default", None, 10),
        "save": lambda promises, _: promises.save(SHOP, "v1", [ProductPromise(PRODUCT.external_id, "default", "mine")]),
    },
    "products": {
        "has_any": lambda products, _: products.has_any(SHOP),
        "of": lambda products, _: products.of(SHOP, [PRODUCT.external_id]),
        "variations": lambda products, _: products.variations(SHOP, "501"),
        "with_variations": lambda products, _: products.with_variations(SHOP, ["501"]),
        "save": lambda products, _: products.save(SHOP, [replace(PRODUCT, title="Mine now")]),
    },
    "attested": {
        "add": lambda attested, _: attested.add(ATTESTED),
        "all": lambda attested, _: attested.all(),
    },
    "shown": {
        "add": lambda shown, _: shown.add([SHOWN]),
        "of": lambda shown, _: shown.of(ORDER),
    },
    "certificates": {
        "add": lambda certificates, _: certificates.add(CERTIFICATE, b"mine"),
        "all": lambda certificates, _: certificates.all(),
        "content": lambda certificates, _: certificates.content(CERTIFICATE.id),
        "remove": lambda certificates, _: certificates.remove(CERTIFICATE.id),
    },
    "artworks": {
        "add": lambda artworks, _: artworks.add(ARTWORK, b"mine"),
        "all": lambda artworks, _: artworks.all(),
        "content": lambda artworks, _: artworks.content(ARTWORK.id),
        "remove": lambda artworks, _: artworks.remove(ARTWORK.id),
    },
    "evidence": {
        "add": lambda evidence, person: evidence.add(a_file(person)),
        "get": lambda evidence, _: evidence.get(EVIDENCE),
        "of_draft": lambda evidence, _: evidence.of_draft(DRAFT_CLAIM),
        "of_claim": lambda evidence, _: evidence.of_claim(ClaimId("claim1")),
        "tally": lambda evidence, _: evidence.tally(SHOP, DRAFT_CLAIM, PLACED) != Tally(0, 0, 0),
        "cipher": lambda evidence, _: evidence.cipher(EVIDENCE),
        "append": lambda evidence, _: evidence.append(EVIDENCE, Part(1, 1, "mine"), NOW),
        "parts": lambda evidence, _: evidence.parts(EVIDENCE),
        "settle": lambda evidence, _: evidence.settle(EVIDENCE, REFUSED, NOW),
        "attach": lambda evidence, _: evidence.attach(DRAFT_CLAIM, ClaimId("mine")),
        "drop": lambda evidence, _: evidence.drop(EVIDENCE),
        "drop_due": lambda evidence, _: evidence.drop_due(Limits(), NOW + timedelta(days=3650)),
        "has_due": lambda evidence, _: evidence.has_due(Limits(), NOW + timedelta(days=3650)),
        "dropped": lambda evidence, _: evidence.dropped(10),
        "remove": lambda evidence, _: evidence.remove([EVIDENCE], NOW + timedelta(days=1)),
        "stuck": lambda evidence, _: evidence.stuck(NOW + timedelta(days=1), 10),
    },
    "refunds": {
        "hold": lambda refunds, _: refunds.hold(ORDER),
        "of": lambda refunds, _: refunds.of([ORDER]),
        "get": lambda refunds, _: refunds.get(REFUND.id),
        "for_purpose": lambda refunds, _: refunds.for_purpose(REFUND.purpose),
        "save": lambda refunds, _: refunds.save([replace(REFUND, version=1).failed("stolen", NOW)]),
        "due": lambda refunds, _: refunds.due(NOW + timedelta(days=1), 10),
        "changed": lambda refunds, _: refunds.changed(NOW - timedelta(days=900), NOW + timedelta(days=1), 10),
        "keep_payee": lambda refunds, _: refunds.keep_payee(REFUND.id, PAYEE),
        "payee": lambda refunds, _: refunds.payee(REFUND.id),
    },
    "declarations": {
        "add": lambda declarations, _: declarations.add(DECLARED, form="form1", caller="192.0.2.1"),
        "get": lambda declarations, _: declarations.get(DECLARED.id),
        "by_form": lambda declarations, _: declarations.by_form("form1"),
        "save": lambda declarations, _: declarations.save(replace(DECLARED.about(ORDER), version=1)),
        "recent": lambda declarations, _: declarations.recent(SECOND, caller="192.0.2.1", since=PLACED) != Recent(),
        "unopened": lambda declarations, _: declarations.unopened(NOW + timedelta(days=1), 10),
        "set_aside": lambda declarations, _: declarations.set_aside(None, 10),
        "waiting": lambda declarations, _: declarations.waiting(None, 10),
    },
    "attempts": {
        "count": lambda attempts, _: attempts.count("finding", "192.0.2.1", NOW) != 1,
        "forget": lambda attempts, _: attempts.forget(NOW + timedelta(days=1)),
    },
    "link_requests": {
        "add": lambda requests, _: requests.add(LINK_REQUEST),
        "take": lambda requests, _: requests.take(LINK_REQUEST.id),
        "waiting": lambda requests, _: requests.waiting(NOW + timedelta(days=1), 10),
        "forget": lambda requests, _: requests.forget(NOW + timedelta(days=1)),
    },
    "claim_drafts": {
        "open": lambda drafts, _: drafts.open(ORDER),
        "hold": lambda drafts, _: drafts.hold(DRAFT_CLAIM),
        "add": lambda drafts, person: drafts.add(a_claim_draft(person)),
        "save": lambda drafts, person: drafts.save(replace(a_claim_draft(person), claim=ClaimId("mine"))),
        "learn": lambda drafts, _: drafts.learn(DRAFT_CLAIM, Capabilities()),
        "forget": lambda drafts, _: drafts.forget(NOW + timedelta(days=1)),
    },
    "kept_returns": {
        "get": lambda kept, _: kept.get(CLAIM),
        "of_order": lambda kept, _: kept.of_order(OrderId("order1")),
        "save": lambda kept, _: kept.save(replace(KEPT, version=1)),
        "due": lambda kept, _: kept.due(NOW + timedelta(days=1), 10),
        "behind": lambda kept, _: kept.behind([SHOP], NOW - timedelta(days=1), NOW + timedelta(days=1), 10),
    },
    "labels": {
        "get": lambda labels, _: labels.get(LABEL.id),
        "of_claim": lambda labels, _: labels.of_claim(LABEL.claim),
        "save": lambda labels, _: labels.save([replace(LABEL, version=1).closed(NOW)]),
        "due": lambda labels, _: labels.due(NOW + timedelta(days=1), 10),
        "run_out": lambda labels, _: labels.run_out(NOW + timedelta(days=3650), 10),
        "waiting": lambda labels, _: labels.waiting(10),
        "untold": lambda labels, _: labels.untold(NOW + timedelta(days=3650), 10),
        "cipher": lambda labels, _: labels.cipher(LABEL.id),
        "drop_due": lambda labels, _: labels.drop_due(NOW + timedelta(days=3650)),
        "dropped": lambda labels, _: labels.dropped(10),
        "remove": lambda labels, _: labels.remove([LABEL.id]),
    },
    **PARCEL_ATTEMPTS,
    **FAILED_ATTEMPTS,
    "carrier_claims": {
        "of": lambda records, _: records.of(CLAIM),
        "listed": lambda records, _: records.listed(list(CarrierClaimState), 10),
        "save": lambda records, _: records.save(replace(AT_CARRIER, version=1).filed("mine", MEMBER.id, NOW)),
    },
    "hub_batches": {
        "get": lambda batches, _: batches.get(BATCH.id),
        "open_at": lambda batches, _: batches.open_at(BATCH.hub.id),
        "holding": lambda batches, _: batches.holding(BATCH.parcels[0].key),
        "of_claim": lambda batches, _: batches.of_claim(BATCH.parcels[0].claim),
        "open": lambda batches, _: batches.open(),
        "latest": lambda batches, _: batches.latest(10),
        "last_number": lambda batches, _: batches.last_number(BATCH.hub.id),
        "untold": lambda batches, _: batches.untold(10),
        "save": lambda batches, _: batches.save(replace(BATCH, version=1).closed(Closing.PERSON, NOW)),
    },
    "return_desk": {
        "settings": lambda desk, _: desk.settings() != NOTHING_SET,
        "save": lambda desk, _: desk.save(ReturnSettings(ACCOUNT), NOW),
        "points": lambda desk, _: desk.points(),
        "save_points": lambda desk, _: desk.save_points([], NOW),
    },
    "claim_desk": {
        "settings": lambda desk, _: desk.settings() != ClaimSettings(),
        "save_settings": lambda desk, _: desk.save_settings(LIMITS, NOW),
        "hold_goodwill": lambda desk, _: desk.hold_goodwill(MEMBER.id, NOW.date(), "EUR").minor,
        "goodwill": lambda desk, _: desk.goodwill(MEMBER.id, NOW.date(), "EUR").minor,
        "add_goodwill": lambda desk, _: desk.add_goodwill(MEMBER.id, NOW.date(), GIVEN),
        "is_view_known": lambda desk, _: desk.is_view_known(LOOK),
        "add_view": lambda desk, _: desk.add_view(LOOK),
        "views": lambda desk, _: desk.views(10),
    },
    "data_requests": {
        "save": lambda requests, _: requests.save(replace(ASKED, version=1, reference="stolen")),
        "get": lambda requests, _: requests.get(ASKED.id),
        "all": lambda requests, _: requests.all(10),
        "open": lambda requests, _: requests.open(),
        "is_known": lambda requests, _: requests.is_known(SHOP, "7"),
        "cipher": lambda requests, person: requests.cipher(ASKED.id, person),
        "forget_sought": lambda requests, _: requests.forget_sought(SHOP),
        "drop_due": lambda requests, _: requests.drop_due(NOW + timedelta(days=1), NOW + timedelta(days=1)),
        "dropped": lambda requests, _: requests.dropped(10),
        "remove": lambda requests, _: requests.remove([ASKED.id]),
    },
    "personal_records": {
        "declarations": lambda records, person: records.declarations(person, SHOP),
        "written": lambda records, person: records.written(person, CLAIM),
        "parcels": lambda records, person: records.parcels(person, ORDER),
        "looks": lambda records, _: records.looks(["claim1"]),
        "mails": lambda records, _: records.mails(MAIL.to),
        "forget": lambda records, _: records.forget(by_email(MAIL.to)),
    },
    "claims": {
        "record": lambda claims, _: claims.record(CLAIM),
        "append": lambda claims, _: claims.append(*FURTHER),
        "rebuild": lambda claims, _: claims.rebuild(FURTHER[0]),
        "of_order": lambda claims, _: claims.of_order(ORDER),
        "on_record": lambda claims, _: claims.on_record([CLAIM]),
        "by_number": lambda claims, _: claims.by_number(SHOP, FURTHER[0].number),
        "next_number": lambda claims, _: claims.next_number(SHOP, NOW) and None,  # reads whether it is taken, no more
        "hold": lambda claims, _: claims.hold(ORDER),
        "due": lambda claims, _: claims.due(NOW + timedelta(days=3650), 10),
        "batch": lambda claims, _: claims.batch(None, 10),
    },
    "queue": {
        "add": lambda queue, _: queue.add([SendMail(MERCHANT, "mail1")]),
        "again": lambda queue, _: queue.again("stop_shipping", FIELDS, key="stolen"),
    },
}
"""What an intruder tries with another merchant's ids: it is refused, finds nothing, or makes a row of their own."""

GLANCES: dict[str, Callable[[Views], object]] = {
    "orders": lambda views: (
        views.orders(INTRUDER, OrderQuery(), None, 10, NOW).rows
        + views.orders(INTRUDER, OrderQuery("1001", shop=SHOP), None, 10, NOW).rows
        + views.orders(INTRUDER, OrderQuery("ida@example.com"), None, 10, NOW).rows
    ),
    "claims": lambda views: (
        views.claims(INTRUDER, ClaimQuery(), None, 10, NOW).rows
        + views.claims(INTRUDER, ClaimQuery(QueueView.ALL, "1001", shop=SHOP), None, 10, NOW).rows
        + views.claims(INTRUDER, ClaimQuery(QueueView.ALL, "ida@example.com"), None, 10, NOW).rows
    ),
    "shipments": lambda views: (
        views.shipments(INTRUDER, ShipmentQuery(), None, 10).rows
        + views.shipments(INTRUDER, ShipmentQuery(PARCEL.number.number, shop=SHOP), None, 10).rows
        + views.shipments(INTRUDER, ShipmentQuery("1001"), None, 10).rows
        + views.shipments(INTRUDER, ShipmentQuery("ida@example.com", needs_attention=True), None, 10).rows
    ),
    "claim_counts": lambda views: [count for count in views.claim_counts(INTRUDER, MEMBER.id, NOW).values() if count],
    "scored_parcels": lambda views: views.scored_parcels(INTRUDER, PLACED, NOW, 10),
    "refund_pace": lambda views: views.refund_pace(INTRUDER, NOW - timedelta(days=90)),
    "claims_of_order": lambda views: views.claims_of_order(INTRUDER, ORDER),
    "claims_of_shopper": lambda views: views.claims_of_shopper(INTRUDER, ORDER, 10),
    "exported_claims": lambda views: views.exported_claims(INTRUDER, None, 10),
    "parked": lambda views: views.parked(INTRUDER, 10),
    "products": lambda views: views.products(INTRUDER, None, 10),
    "products_like": lambda views: views.products_like(INTRUDER, PRODUCT.title, 10),
    "line_properties": lambda views: views.line_properties(INTRUDER, 10),
    "orders_with": lambda views: views.orders_with(INTRUDER, Batch(sku="LANTERN"), SHOP, 10),
    "refunds_in": lambda views: views.refunds_in(INTRUDER, RefundState.FAILED, 10),
    "figures": lambda views: [count for count in vars_of(views.figures(INTRUDER, NOW)).values() if count],
}


def vars_of(value: object) -> dict[str, object]:
    return {name: getattr(value, name) for name in type(value).__dataclass_fields__}  # type: ignore[attr-defined]  # a dataclass


def methods(protocol: type) -> set[str]:
    return {name for name, _ in inspect.getmembers(protocol, inspect.isfunction) if not name.startswith("_")}


def repositories() -> dict[str, type]:
    return {name: kind for name, kind in get_type_hints(UnitOfWork).items() if inspect.isclass(kind)}


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def world(
    request: pytest.FixtureRequest, run_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    """Give both databases once: nobody commits, so that every attempt meets the same."""
    home = tmp_path_factory.mktemp("tenancy")
    with database(request, run_folder, home) as url:
        world = World(url, home, fill, INTRUDER)
        yield world
        world.storage.close()


def test_every_method_of_every_repository_is_tried() -> None:
    declared = {name: methods(kind) for name, kind in repositories().items()}
    assert {name: set(tries) for name, tries in ATTEMPTS.items()} == declared


def test_every_view_is_tried() -> None:
    assert set(GLANCES) == methods(Views)


@pytest.mark.parametrize("repository", ATTEMPTS)
def test_a_repository_neither_shows_nor_changes_what_is_anothers(world: World, repository: str) -> None:
    for method, attempt in ATTEMPTS[repository].items():
        with named(method), world.storage.units(INTRUDER) as unit, suppress(NotFound, NotAllowed, Conflict):
            found = attempt(getattr(unit, repository), world.victim)
            assert not found
            assert world.theirs() == world.before


def test_a_view_shows_nothing_of_anothers(world: World) -> None:
    for view, glance in GLANCES.items():
        with named(view):
            assert not glance(world.storage.views)


def test_the_victim_really_has_something_in_every_table(world: World) -> None:
    assert all(world.before.values())


def test_what_is_compared_sees_a_change_before_it_is_rolled_back(world: World) -> None:
    with world.storage.units(MERCHANT) as unit:
        unit.staff.save(replace(MEMBER, language="fr"))
        assert world.theirs() != world.before
    with world.storage.units(INTRUDER):
        assert world.theirs() == world.before


def test_hashes_of_one_merchant_mean_nothing_to_another(world: World) -> None:
    with world.storage.units(INTRUDER) as unit:
        unit.shops.add(a_shop("Own", merchant=INTRUDER))
        unit.orders.save([a_stored_order(shop=a_shop("Own").id)])
        intruders = unit.orders.digest(an_order())
        assert len(set(world.connection.execute(select(people.c.email_hash)).scalars())) == 2
    with world.storage.units.read(MERCHANT) as unit:
        assert unit.orders.digest(an_order()) != intruders
