"""A shop's webhooks to us: the secret they are signed with, how they stood when last looked at, what came of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from plugin.domain.connection import POLL_EVERY
from plugin.domain.ids import ShopId
from plugin.domain.shop import Shop

CHECK_EVERY = timedelta(minutes=4)
"""Shorter than the pause between two polls, so that each of them looks."""
SWEEP_EVERY = timedelta(days=1)
SLICE_EVERY = timedelta(hours=1)
"""While a comparison with the whole shop is not through."""
_RELAXED = timedelta(minutes=15)
_FRESH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Hook:
    """One webhook as the shop has it."""

    topic: str
    id: str
    is_active: bool


@dataclass(frozen=True, slots=True, repr=False)
class ShopHooks:
    """What is known of one shop's webhooks. Instants are aware UTC; shows no secret.

    `previous`: what deliveries may still be signed with after a rotation, until every webhook has `secret`.

    `hooks` are as they stood at `checked_at`, `fault` is what kept us from looking or mending. `heard_at`: when the
    last delivery came; `delay`: how long after the change it is about, the shop's scheduler being what it waits for.
    """

    shop: ShopId
    secret: str
    hooks: tuple[Hook, ...] = ()
    checked_at: datetime | None = None
    fault: str | None = None
    fault_detail: str | None = None
    heard_at: datetime | None = None
    delay: timedelta | None = None
    swept_at: datetime | None = None
    sweep_after: str | None = None
    """The order (external id, "" before the first) behind which the comparison of `swept_at` goes on; None: through."""
    mended_at: datetime | None = None
    """When some of ours were last found switched off or taken away, and made anew."""
    previous: str | None = None

    def __repr__(self) -> str:
        return f"ShopHooks({self.shop})"

    @property
    def accepted(self) -> tuple[str, ...]:
        """What deliveries may be signed with."""
        return (self.secret,) if self.previous is None else (self.secret, self.previous)

    @property
    def are_active(self) -> bool:
        """Whether there are webhooks and each was active when last looked at."""
        return self.fault is None and bool(self.hooks) and all(hook.is_active for hook in self.hooks)

    def is_check_due(self, now: datetime) -> bool:
        """Whether to look at them again."""
        return self.checked_at is None or self.checked_at + CHECK_EVERY <= now

    def is_sweep_due(self, connected_at: datetime, now: datetime) -> bool:
        """Whether to compare with the whole shop again, or to go on; the first time a day after it was connected."""
        every = SWEEP_EVERY if self.sweep_after is None else SLICE_EVERY
        return (self.swept_at or connected_at) + every <= now


def hooks_path(shop: Shop) -> str:
    """Where deliveries of this shop come in, below this installation's address: unguessable, so ours alone."""
    return f"/webhooks/{shop.platform}/{shop.key}"


def poll_every(hooks: ShopHooks | None, now: datetime) -> timedelta:
    """How long polling rests: a quarter of an hour while webhooks tell what changes, else five minutes.

    They are believed while each is active and one has come within the hour: WordPress's scheduler sleeps in a shop
    without visitors, and a webhook that waits there is not seen to fail (measured on WooCommerce 10.5).
    """
    if hooks is None or hooks.heard_at is None or not hooks.are_active:
        return POLL_EVERY
    return _RELAXED if now - hooks.heard_at < _FRESH else POLL_EVERY
