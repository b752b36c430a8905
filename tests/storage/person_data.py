"""Everything that can be kept about somebody, each piece with a mark that says whose it is."""

from dataclasses import dataclass, replace
from io import BytesIO
from json import loads
from zipfile import ZipFile

from integrations.files.local import LocalFiles
from plugin.documents.person_package import pack_person
from plugin.domain.claim.record import extend
from plugin.domain.claim.replay import replay
from plugin.domain.claim_draft import ClaimDraft, DraftLine
from plugin.domain.data_request import AskedThrough, DataRequest, Sought
from plugin.domain.declaration import Declaration, Statement
from plugin.domain.evidence import Evidence, Held, Part, ScanState, Stored
from plugin.domain.ids import (
    ClaimDraftId,
    ClaimId,
    DataRequestId,
    DeclarationId,
    EvidenceId,
    LineId,
    MerchantId,
    OrderId,
    ParkedId,
    RefundId,
    ShopId,
    StaffId,
)
from plugin.domain.order import OrderRef, Platform
from plugin.domain.personal_view import PersonalView, Seen
from plugin.domain.refund.payee import Wallet
from plugin.domain.shop import Role, StaffMember
from plugin.domain.stored import ParkedRecord
from plugin.domain.tracking.exceptions.alert import Alert, AlertFacts
from plugin.domain.tracking.exceptions.episode import AlertKind
from plugin.ports.mailer import Mail
from plugin.ports.person_package import PackPerson
from plugin.ports.unit_of_work import UnitOfWork
from plugin.storage import Storage
from plugin.usecases.claim.act import salts
from plugin.usecases.person_data.ask import open_request
from plugin.usecases.person_data.hand_over import take_copy
from plugin.usecases.person_data.pack import PackMeans, pack_person_data
from tests.build import MERCHANT, NOW, a_shop, a_shopper, a_stored_order, an_order
from tests.fakes.sources import FakeIds
from tests.storage.claim_records import SECRETS, an_opening, opening
from tests.support.refunds import an_intent
from tests.support.shipments import a_report, a_shipment

IDA, MAX = "ida@example.com", "max@example.com"
HERE, ELSEWHERE = a_shop().id, a_shop("Elsewhere").id
STAFF = StaffMember(StaffId("staff1"), "kaja@nordkap.example", Role.OWNER, "de", NOW)
PIECES = ("note", "said", "draft", "reason", "wallet", "file", "evidence", "signed", "elsewhere")
"""What `keep` marks in a request's archive."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Whose pieces, where; `mark` is in each of them. `customer` is the platform's id of them."""

    mark: str
    email: str | None
    shop: ShopId = HERE
    merchant: MerchantId = MERCHANT
    customer: str = "7"


def keep(whose: Kept, storage: Storage, files: LocalFiles) -> OrderRef:
    """Put everything on record of one order of theirs."""
    mark, order_id = whose.mark, OrderId(f"order-{whose.mark}")
    ref = OrderRef(Platform.WOOCOMMERCE, f"ref-{mark}")
    shopper = a_shopper(whose.email, note=f"note-{mark}", external_id=whose.customer)
    order = replace(an_order(), ref=ref, number=f"number-{mark}", shopper=shopper)
    with storage.units(whose.merchant) as unit:
        unit.orders.save([replace(a_stored_order(order), id=order_id, shop=whose.shop)])
        _claim(whose, order_id, unit)
        refund = an_intent(refund_id=f"refund-{mark}", order=order_id)
        unit.refunds.save([refund])
        unit.refunds.keep_payee(RefundId(f"refund-{mark}"), Wallet("Ida Holm", "Pay", f"wallet-{mark}"))
        _evidence(whose, order_id, unit, files)
        parcel = a_shipment(f"parcel-{mark}", shop=whose.shop, order=order_id)
        unit.shipments.save([parcel.with_reports([a_report(message=f"signed-{mark}")])])
        facts = AlertFacts(parcel.number.number)
        alert = Alert(f"alert-{mark}", AlertKind.LOST, parcel.id, order_id, whose.shop, NOW, NOW, facts)
        unit.alerts.save([replace(alert, address=f"elsewhere-{mark}")])
        if unit.staff.by_email(STAFF.email) is None:
            unit.staff.save(STAFF)
        unit.claim_desk.add_view(PersonalView(STAFF.id, Seen.ORDER, order_id, f"number-{mark}", NOW))
        if whose.email:
            _addressed(whose, whose.email, unit)
        unit.commit()
    return ref


def _claim(whose: Kept, order: OrderId, unit: UnitOfWork) -> None:
    mark, claim = whose.mark, ClaimId(f"claim-{whose.mark}")
    opened = an_opening(f"R-{mark.upper()}", shop=whose.shop, order=order, policy_version=None)
    entries = extend(claim, (), opening(opened, f"said-{mark}"), NOW, salts(SECRETS))
    unit.claims.append(replay(claim, entries), entries)
    person = unit.people.behind([order])[order]
    lines = (DraftLine(LineId("11"), 1, note=f"draft-{mark}"),)
    draft = ClaimDraft(ClaimDraftId(f"draft-{mark}"), whose.shop, order, person, "de", NOW, NOW, lines)
    assert unit.claim_drafts.add(draft)


def _evidence(whose: Kept, order: OrderId, unit: UnitOfWork, files: LocalFiles) -> None:
    mark, name = whose.mark, EvidenceId(f"evidence-{whose.mark}")
    person, content = unit.people.behind([order])[order], f"evidence-{mark}".encode()
    draft = ClaimDraftId(f"filed-{mark}")
    unit.evidence.add(Evidence(name, whose.shop, draft, person, f"file-{mark}.jpg", "image/jpeg", 1, NOW, NOW))
    unit.evidence.append(name, Part(0, 1, "part"), NOW)
    place = f"{whose.merchant}/{name}/object"
    files.put(place, unit.evidence.cipher(name).seal(place, [content]))
    stored = Stored(place, "image/jpeg", len(content), "0" * 64)
    assert unit.evidence.settle(name, Held(ScanState.CLEAN, stored), NOW)
    unit.evidence.attach(draft, ClaimId(f"claim-{mark}"))


def _addressed(whose: Kept, email: str, unit: UnitOfWork) -> None:
    """What is only there for somebody with an address."""
    mark = whose.mark
    said = Statement(f"reason-{mark}", f"number-{mark}", email)
    declared = Declaration(DeclarationId(f"declared-{mark}"), whose.shop, said, NOW, "Europe/Berlin", "de", "DE")
    unit.declarations.add(declared, form=f"form-{mark}", caller="192.0.2.1")
    unit.mails.add(f"mail-{mark}", Mail(email, f"subject-{mark}", f"text-{mark}", "de"), NOW)
    body = f'{{"email": "{email}", "parked": "{mark}"}}'.encode()
    record = ParkedRecord(ParkedId(f"parked-{mark}"), whose.shop, Platform.WOOCOMMERCE, mark, "x", "id", body, NOW)
    unit.parked.add([record])


@dataclass(slots=True)
class Counter:
    """A merchant's desk of data requests."""

    storage: Storage
    files: LocalFiles
    ids: FakeIds

    def ask(self, sought: Sought, by: PackPerson = pack_person) -> DataRequestId:
        """Ask, and have it put together, whatever further requests it becomes."""
        asked = DataRequest(DataRequestId(self.ids.new()), HERE, AskedThrough.PLATFORM, NOW, sought)
        with self.storage.units(MERCHANT) as unit:
            assert open_request(asked, unit)
            unit.commit()
        for each in self.requests():
            self.pack(each.id, by)
        for each in self.requests():
            self.pack(each.id, by)
        return asked.id

    def numbers(self, sought: Sought) -> list[str]:
        """Ask, and say which orders are in what is new."""
        before = {each.id for each in self.requests()}
        self.ask(sought)
        packed = [self.archive(each.id)["data.json"] for each in self.requests() if each.id not in before]
        return sorted(order["order"]["number"] for data in packed for order in loads(data)["orders"])

    def pack(self, request: DataRequestId, by: PackPerson = pack_person) -> str:
        means = PackMeans(self.storage.units, self.files, self.ids, by, "https://aftercare.example")
        return pack_person_data(request, merchant=MERCHANT, means=means, now=NOW)

    def requests(self) -> list[DataRequest]:
        with self.storage.units.read(MERCHANT) as unit:
            return list(unit.data_requests.all(10))

    def archive(self, request: DataRequestId, by: StaffId = STAFF.id) -> dict[str, bytes]:
        """What is in it, by name."""
        ports = {"merchant": MERCHANT, "units": self.storage.units, "files": self.files, "now": NOW}
        copy = take_copy(request, by, **ports)  # type: ignore[arg-type]  # its ports
        content = b"".join(copy.content)
        assert len(content) == copy.request.size
        with ZipFile(BytesIO(content)) as opened:
            assert opened.testzip() is None
            return {name: opened.read(name) for name in opened.namelist()}
