"""One person with a marked word in everything that is kept of anybody: what is searched for once they are erased."""

import base64
import json
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from integrations.files.local import LocalFiles
from plugin.domain.claim.record import extend
from plugin.domain.claim.replay import replay
from plugin.domain.claim_draft import ClaimDraft, DraftLine
from plugin.domain.data_request import AskedThrough, DataRequest, Sought
from plugin.domain.declaration import Declaration, Statement
from plugin.domain.evidence import Evidence, Held, Part, ScanState, Stored
from plugin.domain.ids import (
    ClaimDraftId,
    DataRequestId,
    DeclarationId,
    EvidenceId,
    InboxId,
    LabelId,
    LineId,
    OrderId,
    ParkedId,
    PersonId,
    RefundId,
    StaffId,
)
from plugin.domain.order import Address, Platform
from plugin.domain.personal_view import PersonalView, Seen
from plugin.domain.refund.payee import BankAccount
from plugin.domain.returning.label import LabelFile
from plugin.domain.shop import Role, StaffMember
from plugin.domain.stored import InboxMessage, ParkedRecord
from plugin.domain.tracking.exceptions.alert import Alert, AlertFacts
from plugin.domain.tracking.exceptions.episode import AlertKind
from plugin.domain.tracking.push import Push, PushId
from plugin.ports.carrier import Told
from plugin.ports.claim_drafts import LinkRequest
from plugin.ports.mailer import Mail
from plugin.ports.unit_of_work import UnitOfWork
from plugin.storage import Storage
from plugin.usecases.claim.act import salts
from plugin.usecases.tracking.merge_told import merge_told
from tests.build import DELIVERED, MERCHANT, NOW, a_shop, a_shopper, a_stored_order, an_order
from tests.storage.claim_records import CLAIM, SECRETS, an_opening, opening
from tests.storage.parcel_attempts import CARRIER_ACCOUNT
from tests.support.refunds import an_intent
from tests.support.returning import HUB, a_label
from tests.support.shipments import NUMBER, a_report, a_shipment

NAME, EMAIL, PHONE = "Zyxnadel Qorvath", "qorvath.zyx@nadel.example", "+4915799911177"
STREET, IBAN, TEXT, CALLER = "Ösengasse 7719", "DE89370400440532013000", "freitextnadel5521", "203.0.113.77"
NEEDLES: Final = (NAME, EMAIL, PHONE, STREET, IBAN, TEXT, CALLER)
SHOP, ORDER, REFUND = a_shop().id, OrderId("order1"), RefundId("refund1")
ALL = f"{NAME}, {EMAIL}, {PHONE}, {STREET}, {IBAN}, {TEXT}, {CALLER}"
UNADDRESSED = f"{NAME}, {STREET}, {TEXT}, {IBAN}"
"""What names the person too, and holds no e-mail address, telephone number or number of a parcel."""
STAFF = StaffMember(StaffId("staff1"), "kaja@nordkap.example", Role.OWNER, "de", NOW)
JSON_BODY = json.dumps({"email": EMAIL, "said": ALL}).encode()
"""As PHP and Python write it: what is not ASCII escaped."""
FULFILLED = json.dumps({"id": 33, "order_id": 1001, "destination": {"name": NAME, "note": TEXT}}).encode()
"""As a shop tells of a parcel on its way: to whom, and of which order."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Where pieces are put: a unit of work, the person, and the files beside."""

    unit: UnitOfWork
    person: PersonId
    files: LocalFiles
    storage: Storage


def fill(storage: Storage, files: LocalFiles) -> None:
    """Every column of the map, each by its own piece, in the order of what refers to what."""
    with storage.units(MERCHANT) as unit:
        home = Address(NAME, lines=(STREET,), city="Berlin", country="DE", phone=PHONE)
        shopper = a_shopper(EMAIL, name=NAME, phone=PHONE, billing=home, delivery=home, note=ALL)
        unit.orders.save([a_stored_order(an_order(shopper=shopper))])
        unit.entitlements.replace(ORDER, [])
        unit.staff.save(STAFF)
        unit.claim_desk.add_view(PersonalView(STAFF.id, Seen.ORDER, ORDER, "1001", NOW))
        unit.commit()
    for piece in dict.fromkeys(PIECES.values()):
        with storage.units(MERCHANT) as unit:
            person = unit.people.behind([ORDER])[ORDER]
            piece(Bench(unit, person, files, storage))
            unit.commit()
    storage.retention.hold(MERCHANT, ORDER, ALL, NOW)


def _order(bench: Bench) -> None:
    assert TEXT in (bench.unit.orders.get(ORDER).order.shopper.note or "")


def _claim(bench: Bench) -> None:
    entries = extend(CLAIM, (), opening(an_opening(policy_version=None), ALL), NOW, salts(SECRETS))
    bench.unit.claims.append(replay(CLAIM, entries), entries)


def _draft(bench: Bench) -> None:
    lines = (DraftLine(LineId("11"), 1, note=ALL),)
    draft = ClaimDraft(ClaimDraftId("draft1"), SHOP, ORDER, bench.person, "de", NOW, NOW, lines)
    assert bench.unit.claim_drafts.add(draft)


def _evidence(bench: Bench) -> None:
    unit, name, filed = bench.unit, EvidenceId("file1"), ClaimDraftId("filed1")
    unit.evidence.add(Evidence(name, SHOP, filed, bench.person, f"{TEXT}.jpg", "image/jpeg", 1, NOW, NOW))
    unit.evidence.append(name, Part(0, 1, "part"), NOW)
    place = f"{MERCHANT}/{name}/object"
    bench.files.put(place, unit.evidence.cipher(name).seal(place, [ALL.encode()]))
    stored = Stored(place, "image/jpeg", len(ALL), "0" * 64)
    assert unit.evidence.settle(name, Held(ScanState.CLEAN, stored), NOW)
    unit.evidence.attach(filed, CLAIM)


def _payee(bench: Bench) -> None:
    bench.unit.refunds.save([an_intent(refund_id=REFUND, order=ORDER)])
    bench.unit.refunds.keep_payee(REFUND, BankAccount.parse(NAME, IBAN))


def _label(bench: Bench) -> None:
    label = LabelId("label1")
    bench.unit.labels.save([a_label(label), a_label("label2", to=HUB).failed("refused", ALL, NOW)])
    place = f"{MERCHANT}/{label}/object"
    bench.files.put(place, bench.unit.labels.cipher(label).seal(place, [ALL.encode()]))
    known = bench.unit.labels.get(label)
    file = LabelFile(place, "application/pdf", len(ALL), "0" * 64)
    bench.unit.labels.save([known.issued(file, None, NOW, NOW)])


def _parcel(bench: Bench) -> None:
    parcel = a_shipment("parcel1", shop=SHOP, order=ORDER)
    told, since = a_report(message=ALL), a_report(said_at=DELIVERED + timedelta(days=1), message=ALL)
    bench.unit.shipments.save([parcel.with_reports([told])])
    answer = Told(parcel.number.number, is_known=True, reports=(told, since))
    bench.unit.shipments.save([merge_told(bench.unit.shipments.get(parcel.id), answer, NOW).shipment])
    alert = Alert("alert1", AlertKind.LOST, parcel.id, ORDER, SHOP, NOW, NOW, AlertFacts(parcel.number.number))
    bench.unit.alerts.save([replace(alert, address=f"{NAME}, {STREET}")])


def _declared(bench: Bench) -> None:
    said = Statement(NAME, ALL, EMAIL)
    declared = Declaration(DeclarationId("declared1"), SHOP, said, NOW, "Europe/Berlin", "de", "DE")
    bench.unit.declarations.add(declared, form="form1", caller=CALLER)
    (known,) = bench.unit.declarations.waiting(None, 9)
    bench.unit.declarations.save(replace(known.put_aside(NOW, STAFF.id, ALL), reason=ALL))


def _requests(bench: Bench) -> None:
    unit, asked = bench.unit, DataRequest(DataRequestId("asked1"), SHOP, AskedThrough.DESK, NOW, Sought(EMAIL))
    unit.data_requests.save(asked)
    about = replace(asked, id=DataRequestId("asked2")).about(bench.person)
    unit.data_requests.save(about)
    place = f"{MERCHANT}/{about.id}/copy"
    cipher = unit.data_requests.cipher(about.id, bench.person)
    bench.files.put(place, cipher.seal(place, [ALL.encode()]))
    unit.data_requests.save(unit.data_requests.get(about.id).packed(place, len(ALL), NOW))


def _messages(bench: Bench) -> None:
    unit, platform = bench.unit, Platform.WOOCOMMERCE
    unit.link_requests.add(LinkRequest("link1", SHOP, EMAIL, "de", NOW))
    message = InboxMessage(InboxId("in1"), MERCHANT, SHOP, platform, "order.updated", (("X", EMAIL),), JSON_BODY, NOW)
    unit.inbox.add(message, "key1")
    message = replace(message, headers=())
    nameless = replace(message, topic="fulfillments/create")
    state = json.dumps({"id": 1001, "customer_note": TEXT}).encode()
    unit.inbox.add(replace(message, id=InboxId("in5"), body=state), "in5")
    for name, body in (("in2", FULFILLED), ("in3", json.dumps([UNADDRESSED]).encode()), ("in4", _called())):
        unit.inbox.add(replace(nameless, id=InboxId(name), body=body), name)
    unit.parked.add(
        [
            ParkedRecord(ParkedId("p1"), SHOP, platform, "order", "missing", "id", JSON_BODY, NOW),
            ParkedRecord(ParkedId("p2"), SHOP, platform, "order", "x", "id", TEXT.encode(), NOW, subject="1001"),
            ParkedRecord(ParkedId("p3"), SHOP, platform, "fulfillments/create", "x", "id", FULFILLED, NOW),
            ParkedRecord(ParkedId("p4"), SHOP, platform, "order", "x", "id", UNADDRESSED.encode(), NOW),
        ]
    )
    unit.carrier_accounts.save(CARRIER_ACCOUNT)
    followed = json.dumps({"parcel": NUMBER, "signed_by": TEXT}).encode()
    told = f"<To><FirstName>{NAME}</FirstName>\n<Street>{STREET}</Street></To>".encode()
    for number, body in enumerate((JSON_BODY, told, _called(), followed)):
        unit.carrier_pushes.add(Push(PushId(f"push{number}"), "ups", body, NOW, None, fault="not_json"))


def _called() -> bytes:
    """By the telephone number alone, as somebody at home would write it."""
    return json.dumps({"phone": "01579 / 99 11177", "said": TEXT}).encode()


def _mails(bench: Bench) -> None:
    mails, fault = bench.unit.mails, bench.unit.undelivered.failed
    mails.add("mail1", Mail(EMAIL, f"For {NAME}", ALL, "de"), NOW)
    mails.add("mail2", Mail(STAFF.email, "A withdrawal", ALL, "de"), NOW)
    mails.add("mail3", Mail(STAFF.email, "A claim", f"{NAME}:\n1001\n{TEXT}", "de"), NOW)
    mails.add("mail4", Mail(STAFF.email, "A withdrawal", f"Hello,\n{EMAIL} {TEXT}", "de"), NOW)
    fault("mail1", "recipient_refused", ALL, NOW)
    fault("mail2", "recipient_refused", ALL, NOW)


def _held(_bench: Bench) -> None:
    """Once the rest is there: it is not a unit's."""


PIECES: Final[Mapping[tuple[str, str], Callable[[Bench], None]]] = {
    ("orders", "personal"): _order,
    ("claim_entries", "words"): _claim,
    ("claim_drafts", "content"): _draft,
    ("evidence", "name"): _evidence,
    ("refund_intents", "payee"): _payee,
    ("labels", "detail"): _label,
    ("shipments", "told"): _parcel,
    ("shipments", "told_since"): _parcel,
    ("alerts", "address"): _parcel,
    ("declarations", "words"): _declared,
    ("declarations", "reason"): _declared,
    ("declarations", "aside_reason"): _declared,
    ("data_requests", "sought"): _requests,
    ("link_requests", "content"): _messages,
    ("inbox", "content"): _messages,
    ("parked", "body"): _messages,
    ("carrier_pushes", "body"): _messages,
    ("mails", "content"): _mails,
    ("mails", "detail"): _mails,
    ("legal_holds", "reason"): _held,
}
"""What fills each column of the data map that holds something personal about shoppers."""


def found_in(content: bytes) -> list[str]:
    """The needles that stand in these bytes, in any dress they could have come in."""
    layers = [content, *_inflated(content)]
    return [needle for needle in NEEDLES for layer in layers if any(dress in layer for dress in dresses(needle))]


def dresses(needle: str) -> Iterator[bytes]:
    """As text of several encodings and cases, escaped, as hex, and in base64 wherever its three bytes begin."""
    for text in {needle, needle.lower(), needle.upper(), needle.replace(" ", "")}:
        yield from (text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be"), json.dumps(text)[1:-1].encode())
        yield from (text.encode().hex().encode(), text.encode().hex().upper().encode())
        yield from (_base64(text.encode(), begins) for begins in range(3))


def _base64(content: bytes, begins: int) -> bytes:
    """What is certain of it, whatever stands before and behind."""
    encoded = base64.b64encode(b"\0" * begins + content)
    return encoded[(0, 2, 3)[begins] + (begins > 0) * 2 : len(encoded) // 4 * 4 - 4]


def _inflated(content: bytes) -> Iterator[bytes]:
    for found in re.finditer(rb"\x78[\x01\x5e\x9c\xda]", content):
        try:
            yield zlib.decompressobj().decompress(content[found.start() : found.start() + 100_000])
        except zlib.error:
            continue
