"""What goes into the case file of one claim, from what is on record of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from plugin.domain.basis import Basis
from plugin.domain.case_file.case_file import (
    FORMAT,
    CaseFile,
    FiledClaim,
    FiledEntry,
    FiledEvidence,
    FiledLaw,
    FiledLetter,
    FiledLine,
    FiledOrder,
    FiledParties,
    FiledPolicy,
    FiledRefund,
    FiledText,
    Words,
)
from plugin.domain.claim.claim import Claim
from plugin.domain.claim.events import Decided, GuaranteeExtended, LineJudged, MailQueued, Opened, WithdrawalMoved
from plugin.domain.claim.record import Entry, canonical
from plugin.domain.claim.status import status_of
from plugin.domain.clocks.arrivals import told_arrivals
from plugin.domain.deliveries import deliveries
from plugin.domain.evidence import Evidence
from plugin.domain.policy.document import write_policy
from plugin.domain.policy.version import PolicyVersion
from plugin.domain.refund.intent import RefundIntent
from plugin.domain.shop import Shop
from plugin.domain.shown import ShownText
from plugin.domain.stored import StoredOrder


@dataclass(frozen=True, slots=True)
class OnRecord:
    """Everything a case file is made from; `claim` is the fold of `entries`."""

    claim: Claim
    entries: Sequence[Entry]
    shop: Shop
    stored: StoredOrder
    policy: PolicyVersion | None
    shown: Sequence[ShownText]
    refunds: Sequence[RefundIntent]
    evidence: Sequence[Evidence]


def case_file_of(known: OnRecord, issuer: str) -> CaseFile:
    """The case file as it stands."""
    return CaseFile(
        format=FORMAT,
        issuer=issuer,
        as_of=known.claim.changed_at,
        claim=claim_of(known.claim),
        parties=_parties(known),
        order=_order(known.stored),
        record=tuple(_entry(entry) for entry in known.entries),
        policy=_policy(known.claim, known.policy),
        law=FiledLaw(known.claim.rulebook_version, known.claim.calendar_version, cited(known.entries)),
        shown=tuple(_text(text) for text in known.shown),
        refunds=tuple(_refund(intent) for intent in known.refunds),
        evidence=tuple(_evidence(file) for file in known.evidence),
        letters=letters_of(known.entries),
    )


def claim_of(claim: Claim) -> FiledClaim:
    """What is told of the claim beside its record."""
    return FiledClaim(
        id=claim.id,
        number=claim.number,
        track=claim.track,
        status=status_of(claim),
        language=claim.language,
        country=claim.country,
        zone=claim.zone,
        opened_at=claim.opened_at,
        changed_at=claim.changed_at,
        declared_at=claim.declared_at,
    )


def cited(entries: Sequence[Entry]) -> tuple[Basis, ...]:
    """Every clause and article that was cited, each once, in the order of the record."""
    return tuple(dict.fromkeys(basis for entry in entries for basis in _cited(entry)))


def letters_of(entries: Sequence[Entry]) -> tuple[FiledLetter, ...]:
    """The letters by what the record says of them."""
    return tuple(
        FiledLetter(entry.seq, entry.event.kind, entry.event.mail, entry.event.language, entry.at)
        for entry in entries
        if isinstance(entry.event, MailQueued)
    )


def policy_digest(policy: PolicyVersion) -> str:
    """SHA-256 (hexadecimal) of a policy's document as canonical JSON."""
    return sha256(canonical(write_policy(policy))).hexdigest()


def _cited(entry: Entry) -> Iterator[Basis]:
    match entry.event:
        case Opened(lines=lines):
            yield from (basis for line in lines for basis in line.judged.basis)
        case LineJudged(judged=judged):
            yield from judged.basis
        case Decided(refusal=refusal) if refusal is not None:
            yield refusal.basis
        case WithdrawalMoved(basis=basis) | GuaranteeExtended(basis=basis) if basis is not None:
            yield basis
        case _:
            return


def _parties(known: OnRecord) -> FiledParties:
    shopper = known.stored.order.shopper
    name, email = (None, None) if shopper.is_erased else (shopper.name, shopper.email)
    return FiledParties(_trader(known), known.shop.name, known.shop.platform, name, email)


def _trader(known: OnRecord) -> str | None:
    if known.policy is None:
        return None
    trader = known.policy.trader_of(known.policy.for_country(known.stored.order.place.country))
    return trader.name if trader else None


def _order(stored: StoredOrder) -> FiledOrder:
    order = stored.order
    return FiledOrder(
        id=stored.id,
        external_id=order.ref.external_id,
        number=order.number,
        standing=order.standing,
        payment=order.payment,
        country=order.place.country,
        placed=order.placed,
        total=order.total,
        shipping=order.shipping,
        lines=tuple(FiledLine(e.id, e.title, e.sku, e.quantity, e.total, e.tax) for e in order.lines),
        deliveries=(*deliveries(order), *told_arrivals(stored), *(mark.moment for mark in stored.marks)),
    )


def _entry(entry: Entry) -> FiledEntry:
    words = Words(entry.private.words, entry.private.salt) if entry.private else None
    return FiledEntry(entry.body.decode(), entry.hash, words, entry.is_erased)


def _policy(claim: Claim, policy: PolicyVersion | None) -> FiledPolicy | None:
    if claim.policy_version is None:
        return None
    if policy is None:
        return FiledPolicy(claim.policy_version, None, None)
    return FiledPolicy(policy.id, policy.effective_from, policy_digest(policy))


def _text(text: ShownText) -> FiledText:
    return FiledText(text.what, text.language, text.version, text.digest, text.shown_at)


def _refund(intent: RefundIntent) -> FiledRefund:
    return FiledRefund(
        id=intent.id,
        state=intent.state,
        means=intent.means,
        total=intent.total,
        allocations=intent.allocations,
        created_at=intent.created_at,
        changed_at=intent.changed_at,
        platform_refund=intent.platform_refund,
        reverses=intent.reverses,
    )


def _evidence(file: Evidence) -> FiledEvidence:
    kept = file.stored
    return FiledEvidence(
        id=file.id,
        name=file.name,
        state=file.state,
        media_type=kept.media_type if kept else None,
        size=kept.size if kept else None,
        digest=kept.digest if kept else None,
        scan=file.scan,
        added_at=file.created_at,
    )
