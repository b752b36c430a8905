"""Flat, frozen rows for lists, search and counts: read-only, one merchant at a time."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from plugin.domain.claim_engine.safety import Batch
from plugin.domain.ids import ClaimId, MerchantId, OrderId, ShopId, StaffId
from plugin.domain.refund.intent import RefundState
from plugin.domain.tracking.scorecard import ScoredParcel
from plugin.ports.claim_views import ClaimPage, ClaimQuery, ClaimRow, ExportedClaim, QueueView, RefundPace
from plugin.ports.shipment_views import ShipmentPage, ShipmentQuery
from plugin.ports.views import BatchRow, Figures, OrderQuery, Page, ParkedRow, ProductRow, RefundRow
from plugin.storage.errors import translated_errors
from plugin.storage.scope import Scope
from plugin.storage.unit_of_work import Means
from plugin.storage.vault import Vault
from plugin.storage.views.batch_list import orders_with
from plugin.storage.views.catalogue import line_properties, product_batch, products_like
from plugin.storage.views.claim_export import exported_claims
from plugin.storage.views.claim_list import claim_page, claims_of_order, claims_of_shopper
from plugin.storage.views.claim_queues import claim_counts
from plugin.storage.views.figures import figures
from plugin.storage.views.order_list import order_page
from plugin.storage.views.parked_list import parked_rows
from plugin.storage.views.refund_list import refunds_in
from plugin.storage.views.refund_pace import refund_pace
from plugin.storage.views.scored_parcels import scored_parcels
from plugin.storage.views.shipment_list import shipment_page


class SqlViews:
    """`plugin.ports.views.Views`."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def orders(self, merchant: MerchantId, query: OrderQuery, cursor: str | None, limit: int, now: datetime) -> Page:
        """One page, newest placed first. Raises `Invalid` on a cursor that is not ours."""
        with self._scope(merchant) as scope:
            return order_page(scope, Vault(scope, self._means.data_keys), query, cursor, limit, now)

    def parked(self, merchant: MerchantId, limit: int) -> Sequence[ParkedRow]:
        """Newest first."""
        with self._scope(merchant) as scope:
            return parked_rows(scope, limit)

    def figures(self, merchant: MerchantId, now: datetime) -> Figures:
        """Counts for the home page."""
        with self._scope(merchant) as scope:
            return figures(scope, now)

    def products(self, merchant: MerchantId, after: ProductRow | None, limit: int) -> Sequence[ProductRow]:
        """The next products and variations, by shop and id."""
        with self._scope(merchant) as scope:
            return product_batch(scope, after, limit)

    def products_like(self, merchant: MerchantId, text: str, limit: int) -> Sequence[ProductRow]:
        """Those with an SKU or a word of their name that begins so."""
        with self._scope(merchant) as scope:
            return products_like(scope, text, limit)

    def line_properties(self, merchant: MerchantId, limit: int) -> Mapping[str, int]:
        """Names of line properties in the latest orders, and how many of these have them."""
        with self._scope(merchant) as scope:
            return line_properties(scope, limit)

    def orders_with(self, merchant: MerchantId, batch: Batch, shop: ShopId, limit: int) -> Sequence[BatchRow]:
        """Of the latest orders those with units of a batch, newest first."""
        with self._scope(merchant) as scope:
            return orders_with(scope, batch, shop, limit)

    def refunds_in(self, merchant: MerchantId, state: RefundState, limit: int) -> Sequence[RefundRow]:
        """Longest there first."""
        with self._scope(merchant) as scope:
            return refunds_in(scope, state, limit)

    def claims(
        self, merchant: MerchantId, query: ClaimQuery, cursor: str | None, limit: int, now: datetime
    ) -> ClaimPage:
        """One page in the view's own order. Raises `Invalid` on a cursor that is not ours."""
        with self._scope(merchant) as scope:
            return claim_page(scope, Vault(scope, self._means.data_keys), query, cursor, limit, now)

    def claim_counts(self, merchant: MerchantId, agent: StaffId, now: datetime) -> Mapping[QueueView, int]:
        """How many each view holds, up to `MANY`."""
        with self._scope(merchant) as scope:
            return claim_counts(scope, agent, now)

    def refund_pace(self, merchant: MerchantId, since: datetime) -> RefundPace | None:
        """How fast money was of all claims that were paid since then."""
        with self._scope(merchant) as scope:
            return refund_pace(scope, since)

    def claims_of_order(self, merchant: MerchantId, order: OrderId) -> Sequence[ClaimRow]:
        """Oldest first."""
        with self._scope(merchant) as scope:
            return claims_of_order(scope, order)

    def claims_of_shopper(self, merchant: MerchantId, order: OrderId, limit: int) -> Sequence[ClaimRow]:
        """Newest first."""
        with self._scope(merchant) as scope:
            return claims_of_shopper(scope, order, limit)

    def exported_claims(self, merchant: MerchantId, after: ClaimId | None, limit: int) -> Sequence[ExportedClaim]:
        """The next claims in id order, each once for each of its lines."""
        with self._scope(merchant) as scope:
            return exported_claims(scope, after, limit)

    def shipments(self, merchant: MerchantId, query: ShipmentQuery, cursor: str | None, limit: int) -> ShipmentPage:
        """One page, newest first. Raises `Invalid` on a cursor that is not ours."""
        with self._scope(merchant) as scope:
            return shipment_page(scope, Vault(scope, self._means.data_keys), query, cursor, limit)

    def scored_parcels(
        self, merchant: MerchantId, since: datetime, until: datetime, limit: int
    ) -> Sequence[ScoredParcel]:
        """Sent in a period, the latest first."""
        with self._scope(merchant) as scope:
            return scored_parcels(scope, since, until, limit)

    @contextmanager
    def _scope(self, merchant: MerchantId) -> Iterator[Scope]:
        with translated_errors(), self._means.engines.read.connect() as connection:
            yield Scope(connection, merchant)
