"""Buy a label that was asked for, once, however often this runs or dies in between.

The attempt is on record before anything leaves, and its key is the same every time. What nobody could answer is tried
again later and later, then parked; what was refused is parked at once, with the provider's own words.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from plugin.domain.backoff import UNEXPECTED, is_last, next_attempt
from plugin.domain.errors import Conflict
from plugin.domain.ids import LabelId, MerchantId
from plugin.domain.returning.account import LabelAccount
from plugin.domain.returning.customs import CustomsRequest, customs_paper
from plugin.domain.returning.customs_facts import crosses_a_border
from plugin.domain.returning.errors import UnknownLabel
from plugin.domain.returning.label import Label, LabelFile, LabelState, valid_for
from plugin.domain.returning.postal import postal_parts
from plugin.domain.stored import StoredOrder
from plugin.ports.errors import Rejected, Unavailable
from plugin.ports.files import Files
from plugin.ports.ids import Ids
from plugin.ports.label_provider import BoughtLabel, ProviderOf, WantedLabel
from plugin.ports.unit_of_work import Units
from plugin.usecases.request_label import country_of
from plugin.usecases.tell_claims import tell_of_label

SENDER_UNKNOWN = "sender_unknown"
_LEASE = timedelta(minutes=10)
"""Longer than a provider takes for its three answers; a worker that dies leaves the label to the next one then."""


@dataclass(frozen=True, slots=True)
class LabelFiles:
    """Where the files of labels go, and what names them."""

    files: Files
    ids: Ids


@dataclass(frozen=True, slots=True)
class LabelMeans:
    """What buying a label takes beside the records."""

    providers: ProviderOf
    kept: LabelFiles


def issue_label(label: LabelId, *, merchant: MerchantId, units: Units, means: LabelMeans, now: datetime) -> str:
    """The label's state afterwards, or `waiting` when it is another worker's or not its turn yet."""
    with units.read(merchant) as unit:
        asked = unit.labels.get(label)
        order = unit.orders.get(asked.order)
        account = unit.return_desk.settings().account
        country = country_of(asked.order, unit)
    if asked.state is not LabelState.REQUESTED:
        return asked.state
    if asked.due_at is None or asked.due_at > now:
        return "waiting"
    return _Purchase(asked, order, country, account, merchant, units, means, now).run()


@dataclass(frozen=True, slots=True)
class _Purchase:
    """One attempt at one label."""

    label: Label
    order: StoredOrder
    country: str | None
    account: LabelAccount | None
    merchant: MerchantId
    units: Units
    means: LabelMeans
    now: datetime

    def run(self) -> str:
        """The label's state afterwards."""
        try:
            if is_last(self.label.attempts):
                return self._saved(self.label.unanswered(UNEXPECTED, "", None, self.now)).state
            begun = self._saved(self.label.attempted(self.now, self.now + _LEASE))
        except Conflict:
            return "waiting"
        after = self._attempted(begun)
        try:
            return self._saved(after).state
        except Conflict:  # closed meanwhile: what was bought stays on the provider's own record
            if after.file:
                self.means.kept.files.delete(after.file.object)
            return "moved_on"

    def _attempted(self, begun: Label) -> Label:
        try:
            wanted, account = self._wanted(begun)
            bought = self.means.providers(account).buy(wanted)
            return begun.issued(self._kept(begun, bought), bought.carriage, self._valid_until(bought), self.now)
        except Unavailable as failure:
            at = next_attempt(begun.attempts, self.now)
            soonest = self.now + timedelta(seconds=failure.retry_after or 0)
            return begun.unanswered(failure.reason, failure.detail, max(at, soonest) if at else None, self.now)
        except UnknownLabel:  # the person was erased in this moment
            return begun.failed(SENDER_UNKNOWN, "", self.now)
        except Rejected as refusal:
            return begun.failed(refusal.code, refusal.detail, self.now)

    def _wanted(self, label: Label) -> tuple[WantedLabel, LabelAccount]:
        """What is asked of the provider. Raises `Rejected` for what cannot be asked."""
        order, shopper = self.order.order, self.order.order.shopper
        carrying = self.account.carrying_from(self.country) if self.account else None
        parts = postal_parts(label.to.address)
        if self.account is None or carrying is None:
            raise Rejected("no_provider")
        if shopper.is_erased or shopper.delivery is None:
            raise Rejected(SENDER_UNKNOWN)
        if label.grams is None:
            raise Rejected("weight_unknown")
        if parts is None:
            raise Rejected("return_address_unread")
        sent_from = self.country or ""
        request = CustomsRequest(label.claim_number, label.lines, label.to, sent_from, grams=label.grams)
        wanted = WantedLabel(
            key=label.idempotency_key,
            asked_at=label.created_at,
            is_repeat=label.attempts > 1,
            claim_number=label.claim_number,
            order_number=order.number,
            sender=shopper.delivery,
            sender_email=shopper.email,
            to=label.to,
            to_parts=parts,
            grams=label.grams,
            carrying=carrying,
            articles=customs_paper(request, order).articles,
            crosses_a_border=crosses_a_border(self.country, label.to.address.country),
        )
        return wanted, self.account

    def _kept(self, label: Label, bought: BoughtLabel) -> LabelFile:
        return keep_file(label.id, bought.content, bought.media_type, self.merchant, self.units, self.means.kept)

    def _valid_until(self, bought: BoughtLabel) -> datetime | None:
        days = self.account.valid_days if self.account else None
        return bought.carriage.valid_until or valid_for(days, self.now)

    def _saved(self, label: Label) -> Label:
        with self.units(self.merchant) as unit:
            unit.labels.save([label])
            saved = unit.labels.get(label.id)
            tell_of_label(saved, unit)
            unit.commit()
        return saved


def keep_file(
    label: LabelId, content: bytes, media_type: str, merchant: MerchantId, units: Units, kept: LabelFiles
) -> LabelFile:
    """Seal a label's file and store it; raises `Unavailable`, and `Rejected` once its person was erased."""
    with units.read(merchant) as unit:
        cipher = unit.labels.cipher(label)
    name = f"{merchant}/{label}/{kept.ids.new()}"
    kept.files.put(name, cipher.seal(name, [content]))
    return LabelFile(name, media_type, len(content), sha256(content).hexdigest())
