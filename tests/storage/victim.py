"""Whose rows an intruder is after: a merchant with something in every table."""

from dataclasses import replace
from datetime import timedelta

from plugin.domain.artwork import Artwork, ArtworkKind
from plugin.domain.carrier_claim import CarrierClaim
from plugin.domain.certificates import Certificate, CertificateKind, StoredFile
from plugin.domain.claim.commands.conversing import note, start_timer
from plugin.domain.claim.record import extend
from plugin.domain.claim.replay import replay
from plugin.domain.claim.vocabulary import ENGINE
from plugin.domain.claim_draft import ClaimDraft
from plugin.domain.claim_settings import ClaimSettings
from plugin.domain.connection import Connection, Credentials
from plugin.domain.data_request import AskedThrough, DataRequest, Sought
from plugin.domain.declaration import Declaration, Proof, Statement
from plugin.domain.disconnection import Disconnection
from plugin.domain.evidence import Evidence, Held, Part, Refusal, ScanState
from plugin.domain.ids import (
    ClaimDraftId,
    DataRequestId,
    DeclarationId,
    EvidenceId,
    InboxId,
    LabelId,
    LineId,
    MerchantId,
    OrderId,
    ParkedId,
    PersonId,
    RefundId,
    StaffId,
)
from plugin.domain.key_request import KeyRequest
from plugin.domain.left_notice import LeftNotice
from plugin.domain.legal_documents import AttestedText, Piece
from plugin.domain.money import Money
from plugin.domain.order import Platform
from plugin.domain.passkey import Passkey
from plugin.domain.personal_view import PersonalView, Seen
from plugin.domain.policy.document import write_policy
from plugin.domain.policy.draft import started
from plugin.domain.policy.publication import Publication
from plugin.domain.policy.scope import EVERYTHING
from plugin.domain.posting import Posted, Posting
from plugin.domain.published import Place
from plugin.domain.refund.payee import BankAccount
from plugin.domain.retention import AS_USUAL, Kept
from plugin.domain.returning.kept_return import KeptReturn
from plugin.domain.returning.label import LabelFile
from plugin.domain.returning.points import DropOffPoint
from plugin.domain.returning.settings import ReturnSettings
from plugin.domain.sender import Sender
from plugin.domain.setup_word import SetupSaid, SetupStep, SetupWord
from plugin.domain.shop import JoinCode, Merchant, Role, Session, SignInLink, StaffMember
from plugin.domain.shop_token import Grant, ShopToken
from plugin.domain.shown import ShownText
from plugin.domain.stored import InboxMessage, ParkedRecord
from plugin.ports.claim_drafts import LinkRequest
from plugin.ports.mailer import Mail
from plugin.ports.promises import ProductPromise
from plugin.ports.unit_of_work import UnitOfWork
from plugin.storage import Storage
from plugin.usecases.claim.act import salts
from tests.build import MERCHANT, NOW, PLACED, a_policy, a_product, a_shop, a_stored_order, an_order
from tests.storage.claim_records import CLAIM, SECRETS, opening
from tests.storage.failed_attempts import FAILED
from tests.storage.parcel_attempts import keep_parcels
from tests.storage.projections import a_projection
from tests.support.refunds import an_intent
from tests.support.returning import ACCOUNT, HUB, a_batch, a_label, a_parcel

INTRUDER = MerchantId("intruder")
SHOP = a_shop().id
ORDER = OrderId("order1")
REF = an_order().ref
MESSAGE = InboxMessage(InboxId("in1"), INTRUDER, SHOP, Platform.WOOCOMMERCE, "order.updated", (), b"{}", NOW)
RECORD = ParkedRecord(ParkedId("p1"), SHOP, Platform.WOOCOMMERCE, "order", "missing", "id", b"{}", NOW, subject="7")
MEMBER = StaffMember(StaffId("staff1"), "kaja@nordkap.example", Role.OWNER, "de", NOW)
LINK = SignInLink("link1", MEMBER.id, b"hash", NOW)
JOIN_CODE = JoinCode("code1", MEMBER.id, b"hash", NOW)
PASSKEY = Passkey("passkey1", MEMBER.id, b"credential", b"key", 0, "Phone", NOW)
SESSION = Session("session1", MEMBER.id, b"hash", NOW, NOW, NOW, "Firefox")
MAIL = Mail("ida@example.com", "Subject", "Text", "de")
SENDER = Sender("Nordkap", "help@nordkap.example")
PRODUCT = a_product()
REFUND = an_intent(due_at=NOW)
PAYEE = BankAccount.parse("Ida Holm", "DE89 3704 0044 0532 0130 00")
KEY_REQUEST = KeyRequest("asked1", "https://nordkap.example", b"hash", None, NOW, NOW).came(
    Credentials("ck", "cs"), NOW
)
CONNECTION = Connection(SHOP, Credentials("ck_1", "cs_1"), NOW)
PLACE, POSTED = Place("", "en-DE"), Posted(b"digest", NOW)
SHOP_TOKEN = ShopToken.of(SHOP, Grant("shpat", ("read_orders",)), NOW)
LET_GO = Disconnection.of(CONNECTION, NOW)
LEFT = LeftNotice("notice1", MEMBER.id, NOW, "admin.orders.marked", "good", {}, "admin.undo_mark", {"o": None})
SETUP_WORD = SetupWord(SHOP, SetupStep.THEME, SetupSaid.DONE, MEMBER.id, NOW)
LINE = a_projection(LineId("11"))
DRAFT = started("draft1", write_policy(a_policy()), based_on="v1", at=NOW, by=None)
ATTESTED = AttestedText("att1", Piece.FORM, "de", None, 1, "To {trader}", NOW, MEMBER.id)
SHOWN = ShownText(ORDER, "withdrawal_form", "de", "attested-1", ATTESTED.digest, NOW)
FILE = StoredFile("application/pdf", 5, "0" * 64)
CERTIFICATE = Certificate("cert1", CertificateKind.CE, "CE lamp", EVERYTHING, None, None, FILE, NOW)
ARTWORK = Artwork("art1", ArtworkKind.NOTICE, "de", None, FILE, NOW)

SAID = Statement("Ida Holm", "1001", "ida@example.com")
DECLARED = Declaration(DeclarationId("declared1"), SHOP, SAID, NOW, "Europe/Berlin", "de", "DE", ORDER)
PROVEN = replace(DECLARED, id=DeclarationId("declared3"), proof=Proof.LINK_OPENED, proven_at=NOW)
SECOND = replace(DECLARED, id=DeclarationId("declared2"))
GIVEN = Money(500, "EUR")
LIMITS = ClaimSettings(second_above=(GIVEN,))
LOOK = PersonalView(MEMBER.id, Seen.CLAIM, "claim1", "R-1", NOW)
LINK_REQUEST = LinkRequest("link1", SHOP, "ida@example.com", "de", NOW)
EVIDENCE = EvidenceId("evidence1")
DRAFT_CLAIM = ClaimDraftId("claimdraft1")
REFUSED = Held(ScanState.NOT_SCANNED, refusal=Refusal.KIND)

LABEL = a_label(due_at=None)
ISSUED = LABEL.issued(LabelFile("object1", "application/pdf", 5, "0" * 64), None, NOW, NOW)
BATCH = a_batch(a_parcel())

KEPT = KeptReturn(CLAIM, OrderId("order1"), ("55",), due_at=NOW)
OPENED = extend(CLAIM, (), (*opening(), *start_timer("first_answer", NOW)), NOW, salts(SECRETS))
NOTED = extend(CLAIM, OPENED, note("Mine now", ENGINE), NOW, salts(SECRETS))
FURTHER = replay(CLAIM, (*OPENED, *NOTED)), NOTED

ASKED = DataRequest(DataRequestId("asked1"), SHOP, AskedThrough.PLATFORM, NOW, Sought("ida@example.com"), reference="7")
AT_CARRIER = CarrierClaim(CLAIM, "R-1", ORDER, (), GIVEN, 7, NOW, NOW, NOW)


def a_claim_draft(person: PersonId) -> ClaimDraft:
    return ClaimDraft(DRAFT_CLAIM, SHOP, ORDER, person, "de", NOW, NOW)


def a_file(person: PersonId, size: int = 3) -> Evidence:
    return Evidence(EVIDENCE, SHOP, DRAFT_CLAIM, person, "crack.jpg", "image/jpeg", size, NOW, NOW)


def let_go(storage: Storage) -> None:
    """Fill what retention keeps of itself."""
    with storage.units(MERCHANT) as unit:
        unit.staff.save_session(replace(SESSION, id="old", expires_at=PLACED - timedelta(days=999)))
        unit.commit()
    storage.retention.save_settings(MERCHANT, AS_USUAL.setting(Kept.MAIL, 7), NOW)
    storage.retention.hold(MERCHANT, ORDER, "A lawsuit", NOW)
    assert storage.retention.let_go(MERCHANT, Kept.SIGN_INS, AS_USUAL, NOW, 9) == 1


def claim(unit: UnitOfWork, person: PersonId) -> None:
    """Fill what stands around a claim, from the draft to the refund."""
    unit.evidence.add(a_file(person))
    unit.refunds.save([REFUND, replace(REFUND, id=RefundId("refund2"), due_at=None).failed("no", NOW)])
    unit.refunds.keep_payee(REFUND.id, PAYEE)
    unit.labels.save([ISSUED, replace(LABEL, id=LabelId("label2"), to=HUB, due_at=NOW)])
    unit.labels.save([replace(LABEL, id=LabelId("label3"), to=replace(HUB, id="far")).failed("no", "No", NOW)])
    unit.hub_batches.save(BATCH)
    unit.return_desk.save(ReturnSettings(ACCOUNT), NOW)
    unit.return_desk.save_points([DropOffPoint("Kiosk", "Torstr. 9", "10119", "Berlin", "DE")], NOW)
    unit.evidence.append(EVIDENCE, Part(0, 1, "object1"), NOW)
    unit.declarations.add(DECLARED, form="form1", caller="192.0.2.1")
    unit.declarations.add(PROVEN, form="form3", caller="192.0.2.1")
    unit.attempts.count("finding", "192.0.2.1", NOW)
    unit.link_requests.add(LINK_REQUEST)
    unit.claim_drafts.add(a_claim_draft(person))
    unit.claims.append(replay(CLAIM, OPENED), OPENED)
    unit.kept_returns.save(KEPT)
    keep_parcels(unit)
    unit.carrier_claims.save(AT_CARRIER)
    unit.claim_desk.save_settings(LIMITS, NOW)
    unit.claim_desk.add_goodwill(MEMBER.id, NOW.date(), GIVEN)
    unit.claim_desk.add_view(LOOK)
    unit.data_requests.save(ASKED)
    asked = replace(ASKED, id=DataRequestId("asked2"))
    unit.data_requests.save(asked.about(person).packed("intruded", 1, NOW))


def shop(unit: UnitOfWork) -> None:
    """Fill what connects a shop."""
    unit.connections.save(CONNECTION)
    unit.disconnections.save(LET_GO)
    unit.key_requests.save(KEY_REQUEST)
    unit.hooks.open(SHOP, "secret")
    unit.postings.save(Posting(SHOP, NOW))
    unit.postings.note(SHOP, {PLACE: POSTED}, NOW)
    unit.shop_tokens.save(SHOP_TOKEN)
    unit.shop_tokens.lease(SHOP, NOW, NOW)


def papers(unit: UnitOfWork) -> None:
    """Fill what is written down, attested and shown."""
    unit.attested.add(ATTESTED)
    unit.shown.add([SHOWN])
    unit.certificates.add(CERTIFICATE, b"%PDF-")
    unit.artworks.add(ARTWORK, b"%PDF-")


def fill(storage: Storage) -> PersonId:
    """Fill every table for one merchant, and let another with nothing of their own in."""
    with storage.units(MERCHANT) as unit:
        unit.orders.save([a_stored_order()])
        unit.entitlements.replace(ORDER, [LINE])
        unit.policies.add(a_policy(), Publication(NOW))
        unit.drafts.add(DRAFT)
        unit.staff.save(MEMBER)
        unit.staff.join_user(SHOP, "42", MEMBER.id)
        unit.staff.save_link(LINK)
        unit.staff.save_join_code(JOIN_CODE)
        unit.staff.save_session(SESSION)
        unit.passkeys.add(PASSKEY)
        unit.passkeys.spend(b"digest", NOW + timedelta(minutes=5))
        unit.inbox.add(MESSAGE, "key1")
        unit.parked.add([RECORD])
        unit.failed_effects.add(FAILED)
        unit.mails.add("mail1", MAIL, NOW)
        unit.undelivered.failed("mail1", "recipient_refused", "550", NOW)
        unit.senders.save(SENDER, NOW)
        unit.senders.tested(NOW)
        unit.products.save(SHOP, [PRODUCT])
        unit.promises.save(SHOP, "v1", [ProductPromise(PRODUCT.external_id, "default", "theirs")])
        shop(unit)
        unit.left_notices.leave(LEFT)
        unit.setup_words.save(SETUP_WORD)
        papers(unit)
        person = unit.people.find("ida@example.com")
        assert person
        claim(unit, person)
        unit.commit()
    with storage.units(INTRUDER) as unit:
        unit.shops.add_merchant(Merchant(INTRUDER, "Intruder Ltd", PLACED))
        unit.commit()
    let_go(storage)
    return person
