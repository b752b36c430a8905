"""Gather all that is kept about one person in one shop, and nothing that is anybody else's."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from plugin.domain.case_file.case_file import CaseFile
from plugin.domain.case_file.contents import case_file_of
from plugin.domain.claim_draft import ClaimDraft
from plugin.domain.declaration import Declaration
from plugin.domain.ids import ClaimId, OrderId, PersonId
from plugin.domain.person_file import (
    FORMAT,
    PackedFile,
    PaidTo,
    PersonClaim,
    PersonFile,
    PersonOrder,
    UnreadMessage,
    WaitingMail,
)
from plugin.domain.shop import Shop
from plugin.domain.stored import StoredOrder
from plugin.domain.tracking.exceptions.alert import Alert
from plugin.domain.tracking.shipment import Shipment
from plugin.ports.evidence import FileCipher
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.export_case import on_record
from plugin.usecases.person_data.files import Kept, files_of
from plugin.usecases.person_data.reach import orders_meant

Sealed = tuple[str, str, FileCipher]
"""A place in the archive, the name of the sealed object that goes there, and what opens it."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The person's data, and the sealed objects of their files with what opens each."""

    file: PersonFile
    objects: tuple[Sealed, ...]


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose data, of which shop, by which installation, as of when; `only` these orders of theirs, None: all."""

    person: PersonId
    shop: Shop
    issuer: str
    now: datetime
    only: tuple[OrderId, ...] | None = None


def gather(whose: Whose, unit: UnitOfWork) -> Gathered | None:
    """All of it in one look at the database; None where nothing is kept of them in this shop.

    Of single orders there is only what is about them: what goes to the address is its owner's.
    """
    meant = orders_meant(whose.person, whose.shop.id, whose.only, unit)
    stored = [unit.orders.get(order) for order in meant]
    declared = _declarations(whose, unit)
    if not stored and not declared:
        return None
    claims = [claim for each in stored for claim in unit.claims.of_order(each.id)]
    drafts = tuple(_drafts(stored, whose.person, unit))
    kept = tuple(files_of(claims, drafts, whose.person, unit))
    subjects = [*(each.id for each in stored), *claims]
    emails = _emails(stored, declared) if whose.only is None else ()
    file = PersonFile(
        format=FORMAT,
        issuer=whose.issuer,
        as_of=whose.now,
        shop=whose.shop.name,
        platform=whose.shop.platform,
        person=whose.person,
        orders=tuple(_order(each, whose.person, unit) for each in stored),
        claims=tuple(PersonClaim(_case(claim, whose, unit)) for claim in claims),
        drafts=drafts,
        declarations=declared,
        files=tuple(_packed(each) for each in kept),
        mails=tuple(_mails(emails, whose, unit)),
        looks=tuple(unit.personal_records.looks(subjects)),
        unread=tuple(_unread(emails, whose.shop, unit)),
    )
    return Gathered(file, tuple((each.path, each.object, each.cipher) for each in kept))


def _order(stored: StoredOrder, person: PersonId, unit: UnitOfWork) -> PersonOrder:
    refunds = tuple(unit.refunds.of([stored.id]))
    payees = ((intent.id, unit.refunds.payee(intent.id)) for intent in refunds)
    return PersonOrder(
        id=stored.id,
        order=stored.order,
        policy_version=stored.policy_version,
        marks=stored.marks,
        repairs=stored.repairs,
        entitlements=tuple(unit.entitlements.of(stored.id)),
        shown=tuple(unit.shown.of(stored.id)),
        refunds=refunds,
        paid_to=tuple(PaidTo(refund, payee) for refund, payee in payees if payee),
        arrivals=stored.arrivals,
        parcels=tuple(_parcels(stored.id, person, unit)),
        alerts=tuple(_alerts(stored.id, person, unit)),
    )


def _parcels(order: OrderId, person: PersonId, unit: UnitOfWork) -> Iterator[Shipment]:
    """What was told while the order was somebody else's is theirs."""
    theirs = unit.personal_records.parcels(person, order)
    for parcel in unit.shipments.of_orders([order], with_void=True).get(order, ()):
        yield replace(parcel, reports=tuple(parcel.reports) if parcel.id in theirs else ())  # plain, to be written out


def _alerts(order: OrderId, person: PersonId, unit: UnitOfWork) -> Iterator[Alert]:
    """The address that somebody typed while the order was theirs is theirs."""
    theirs = unit.personal_records.parcels(person, order)
    for alert in unit.alerts.of_orders([order]).get(order, ()):
        yield alert if alert.shipment in theirs else replace(alert, address=None)


def _case(claim: ClaimId, whose: Whose, unit: UnitOfWork) -> CaseFile:
    """An order can change hands: words from before are of whoever had it then."""
    known = on_record(claim, unit)
    theirs = unit.personal_records.written(whose.person, claim)
    known = replace(known, evidence=[each for each in known.evidence if each.person == whose.person])
    case = case_file_of(known, whose.issuer)
    both = zip(case.record, known.entries, strict=True)
    return replace(
        case, record=tuple(filed if entry.seq in theirs else replace(filed, words=None) for filed, entry in both)
    )


def _drafts(stored: Sequence[StoredOrder], person: PersonId, unit: UnitOfWork) -> Iterator[ClaimDraft]:
    for each in stored:
        draft = unit.claim_drafts.open(each.id)
        if draft is not None and draft.person == person:
            yield draft


def _declarations(whose: Whose, unit: UnitOfWork) -> tuple[Declaration, ...]:
    theirs = map(unit.declarations.get, unit.personal_records.declarations(whose.person, whose.shop.id))
    return tuple(each for each in theirs if whose.only is None or each.order in whose.only)


def _emails(stored: Sequence[StoredOrder], declared: Sequence[Declaration]) -> tuple[str, ...]:
    given = (*(each.order.shopper.email for each in stored), *(d.statement.reply_to for d in declared if d.statement))
    return tuple(dict.fromkeys(email.strip().lower() for email in given if email))


def _packed(kept: Kept) -> PackedFile:
    return PackedFile(kept.path, kept.name, kept.media_type, kept.size, kept.claim)


def _mails(emails: Iterable[str], whose: Whose, unit: UnitOfWork) -> Iterator[WaitingMail]:
    """Mail does not say which shop it is of: left out for whoever has bought in another one of the merchant's."""
    others = (shop.id for shop in unit.shops.all() if shop.id != whose.shop.id)
    if any(unit.orders.of_person(other, whose.person) for other in others):
        return
    for email in emails:
        yield from (WaitingMail(mail.subject, mail.text) for mail in unit.personal_records.mails(email))


def _unread(emails: Sequence[str], shop: Shop, unit: UnitOfWork) -> Iterator[UnreadMessage]:
    """That they are there, not what they say: who else is in what nobody can read is anybody's guess."""
    needles = [email.encode() for email in emails]
    for record in unit.parked.all(shop.id):
        if any(needle in record.body.lower() for needle in needles):
            yield UnreadMessage(record.topic, record.code, record.parked_at, len(record.body))
