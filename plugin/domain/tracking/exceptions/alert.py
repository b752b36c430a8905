"""An alert: one for each occurrence, whoever tells of it how often and in whatever order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from plugin.domain.errors import Conflict
from plugin.domain.ids import ClaimId, OrderId, ShipmentId, ShopId, StaffId
from plugin.domain.tracking.exceptions.choice import Choice, Voucher
from plugin.domain.tracking.exceptions.episode import AlertKind, Episode
from plugin.domain.tracking.shipment import Shipment

TELLS_WITHIN = timedelta(days=3)
"""What was due longer ago than that is old news, found at a first import or after an outage: no mail tells it."""
RAISED_WITHIN = timedelta(days=30)
"""What was due longer ago than that raises nothing: nobody waits for it any more."""


class ChoiceMade(Conflict):
    """Something else was chosen before, or the parcel has moved on."""

    code = "choice_made"


@dataclass(frozen=True, slots=True)
class AlertFacts:
    """What was known when it was raised: the number it goes under, its carrier (slug), the last day expected."""

    number: str
    carrier: str | None = None
    expected: date | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the shopper chose; `claim`: the claim that carries it out."""

    choice: Choice
    at: datetime
    claim: ClaimId | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """Who of the staff has seen to it."""

    by: StaffId
    at: datetime


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert. Instants UTC; `since` and `ended_at` are the occurrence's, `raised_at` is when it was found.

    `offered`: what the shopper could choose when they were told; `mail`: the letter that told them, None: nobody was.
    `address`: where the shopper wants it to go instead, as typed; it is personal and sealed apart.
    """

    id: str
    kind: AlertKind
    shipment: ShipmentId
    order: OrderId
    shop: ShopId
    since: datetime
    raised_at: datetime
    facts: AlertFacts
    is_unpaid: bool = False
    """Nothing was paid for what is in it: cash on delivery that nobody handed over."""
    offered: tuple[Choice, ...] = ()
    mail: str | None = None
    promised: Voucher | None = None
    """What the letter said that who waits gets."""
    ended_at: datetime | None = None
    chosen: Chosen | None = None
    resolved: Resolved | None = None
    address: str | None = field(default=None, repr=False)
    version: int = 0
    """0: not saved yet; each save compares and increments."""

    @property
    def is_running(self) -> bool:
        """Whether the parcel has not moved on."""
        return self.ended_at is None

    @property
    def is_refused(self) -> bool:
        """Whether cash on delivery was not handed over: nothing is owed either way, and the goods come back."""
        return self.kind is AlertKind.SENT_BACK and self.is_unpaid

    @property
    def needs_attention(self) -> bool:
        """Whether somebody of the staff is to look: until they have, or the parcel moved on with nothing chosen."""
        wants_work = self.chosen is not None and self.chosen.choice not in {Choice.WAIT, Choice.VOUCHER}
        return self.resolved is None and (self.is_running or wants_work)

    @property
    def has_voucher(self) -> bool:
        """Whether a voucher was taken, or is promised in a letter and can still be."""
        if self.chosen is not None:
            return self.chosen.choice is Choice.VOUCHER
        return self.is_running and self.mail is not None and Choice.VOUCHER in self.offered

    @property
    def open_promise(self) -> Voucher | None:
        """The voucher that can still be taken."""
        return self.promised if self.has_voucher and self.chosen is None else None

    def choose(
        self, choice: Choice, now: datetime, *, claim: ClaimId | None = None, address: str | None = None
    ) -> "Alert":
        """With what the shopper chose, the same again when they choose it twice. Raises `ChoiceMade`."""
        if self.chosen is not None and self.chosen.choice is choice:
            return self
        if self.chosen is not None or not self.is_running or choice not in self.offered:
            raise ChoiceMade({"choice": choice})
        return replace(self, chosen=Chosen(choice, now, claim), address=address)

    def resolve(self, by: StaffId, now: datetime) -> "Alert":
        """Seen to; the first who says so counts."""
        return self if self.resolved else replace(self, resolved=Resolved(by, now))

    def take_up(self) -> "Alert":
        """Somebody has to look after all."""
        return replace(self, resolved=None)

    def covers(self, episode: Episode) -> bool:
        """Whether it may stand for this occurrence: of its kind, and both were so at some time; the first does."""
        if self.kind is not episode.kind:
            return False
        starts_before_end = self.ended_at is None or episode.since < self.ended_at or episode.since == self.since
        return starts_before_end and (episode.until is None or self.since < episode.until)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What the rules changed: alerts that are new, and known ones that ended or run again."""

    new: tuple[Alert, ...] = ()
    changed: tuple[Alert, ...] = ()


def reconcile(known: Sequence[Alert], episodes: Iterable[Episode], shipment: Shipment, now: datetime) -> Reconciled:
    """The alerts of a parcel after its occurrences: one new for each that runs and none was raised for.

    What runs no more ends when the parcel moved on, or now where nothing says when. One that had begun before the alert
    of its kind ended is that one again: it runs, and nobody is told a second time.
    """
    found = sorted(episodes, key=lambda episode: episode.since)
    mine = {each.id: next((episode for episode in found if each.covers(episode)), None) for each in known}
    changed = [after for each in known if (after := _followed(each, mine[each.id], now)) != each]
    new: list[Alert] = []
    for episode in found:
        is_late = episode.due_at + RAISED_WITHIN < now
        if episode.until is None and not is_late and episode not in mine.values():
            number = sum(each.kind is episode.kind for each in (*known, *new)) + 1
            new.append(_raised(episode, shipment, number, now))
    return Reconciled(tuple(new), tuple(changed))


def is_news(episode_due: datetime, now: datetime) -> bool:
    """Whether it is young enough to be told by mail."""
    return now - episode_due <= TELLS_WITHIN


def _followed(alert: Alert, mine: Episode | None, now: datetime) -> Alert:
    if mine is not None and mine.until is None:
        return replace(alert, ended_at=None)
    if alert.ended_at is not None:
        return alert
    return replace(alert, ended_at=now if mine is None else mine.until)


def _raised(episode: Episode, shipment: Shipment, number: int, now: datetime) -> Alert:
    sent_under, expected = shipment.number, shipment.expected
    return Alert(
        id=f"{shipment.id}-{episode.kind}-{number}",
        kind=episode.kind,
        shipment=shipment.id,
        order=shipment.order,
        shop=shipment.shop,
        since=episode.since,
        raised_at=now,
        facts=AlertFacts(sent_under.number, sent_under.carrier, expected.last if expected else None),
    )
