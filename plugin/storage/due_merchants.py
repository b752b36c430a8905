"""Whose turn it may be: for what waits until an instant one walk along an index of what is due, by merchant none."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, union_all

from plugin.domain.ids import MerchantId
from plugin.domain.order import Platform
from plugin.domain.outage import SILENT_AFTER
from plugin.storage.errors import translated_errors
from plugin.storage.tables import (
    alert_watches,
    claims,
    connections,
    data_requests,
    disconnections,
    kept_returns,
    key_requests,
    labels,
    policies,
    postings,
    refund_intents,
    shops,
)
from plugin.storage.tables.returning import HAS_OLD_FILE, IS_DROPPED, IS_ISSUED, IS_REQUESTED
from plugin.storage.unit_of_work import Means

Question = Select[Any]
Condition = ColumnElement[bool]


class SqlDueMerchants:
    """`plugin.ports.due_merchants.DueMerchants`; reads only."""

    def __init__(self, means: Means) -> None:
        self._means = means

    def refunds(self, now: datetime) -> Sequence[MerchantId]:
        """By their next attempt."""
        return self._whose(_of(refund_intents).where(refund_intents.c.due_at <= now))

    def labels(self, now: datetime) -> Sequence[MerchantId]:
        """By their next attempt, or their last day."""
        return self._whose(
            _of(labels).where(IS_REQUESTED, labels.c.due_at <= now),
            _of(labels).where(IS_ISSUED, labels.c.valid_until <= now),
        )

    def label_files(self, before: datetime) -> Sequence[MerchantId]:
        """Those that an order still needs are found as well."""
        return self._whose(
            _of(labels).where(HAS_OLD_FILE, labels.c.changed_at < before),
            _of(labels).where(IS_DROPPED),
        )

    def keys(self, now: datetime) -> Sequence[MerchantId]:
        """By their next attempt."""
        return self._whose(_of(key_requests).where(key_requests.c.due_at <= now))

    def removals(self, now: datetime) -> Sequence[MerchantId]:
        """By their next attempt."""
        return self._whose(_of(disconnections).where(disconnections.c.due_at <= now))

    def postings(self, platforms: Collection[Platform], now: datetime) -> Sequence[MerchantId]:
        """Looks at every shop on these platforms: what is due hangs on several records of it."""
        has_posting = postings.c.shop_id.is_not(None)
        due_at_last = postings.c.due_at <= now
        is_behind = or_(
            postings.c.posted_at.is_(None),
            postings.c.asked_at >= postings.c.posted_at,
            postings.c.policy.is_distinct_from(_policy_in_force(now)),
        )
        is_let_go = and_(connections.c.shop_id.is_(None), has_posting)
        is_here = and_(connections.c.shop_id.is_not(None), shops.c.is_demo.is_(False))
        is_due = or_(
            and_(is_let_go, or_(due_at_last, postings.c.failures == 0)),
            and_(is_here, or_(~has_posting, due_at_last, and_(postings.c.failures == 0, is_behind))),
        )
        known = shops.outerjoin(postings, _same_shop(postings)).outerjoin(connections, _same_shop(connections))
        found = select(shops.c.merchant_id).select_from(known).where(_is_on(platforms), is_due)
        return self._whose(found)

    def claims(self, now: datetime) -> Sequence[MerchantId]:
        """By when they wake."""
        return self._whose(_of(claims).where(claims.c.wakes_at <= now))

    def returns(
        self, platforms: Collection[Platform], after: datetime, before: datetime, now: datetime
    ) -> Sequence[MerchantId]:
        """By their next attempt; and of every shop on these platforms what has changed since."""
        kept = kept_returns.c
        is_its = kept.merchant_id == claims.c.merchant_id, kept.claim_id == claims.c.id
        looked = exists().where(*is_its, or_(kept.seen >= claims.c.version, kept.due_at.is_not(None)))
        changed = claims.c.changed_at >= after, claims.c.changed_at < before
        missed = exists().where(claims.c.merchant_id == shops.c.merchant_id, claims.c.shop_id == shops.c.id, *changed)
        return self._whose(
            _of(kept_returns).where(kept.due_at <= now), _of(shops).where(_is_on(platforms), missed.where(~looked))
        )

    def policies(self, since: datetime, now: datetime) -> Sequence[MerchantId]:
        """By when they took effect."""
        return self._whose(_of(policies).where(policies.c.effective_from > since, policies.c.effective_from <= now))

    def outages(self, now: datetime) -> Sequence[MerchantId]:
        """By the faults of their connections."""
        columns = connections.c
        since = func.coalesce(columns.failing_since, columns.polled_at, columns.connected_at)
        is_out = or_(columns.due_at.is_(None), since <= now - SILENT_AFTER)
        return self._whose(_of(connections).where(columns.fault.is_not(None), is_out))

    def data_requests(self) -> Sequence[MerchantId]:
        """By whether they were handed over."""
        return self._whose(_of(data_requests).where(data_requests.c.handed_over_at.is_(None)))

    def parcels(self, now: datetime) -> Sequence[MerchantId]:
        """By when they are looked at again."""
        return self._whose(_of(alert_watches).where(alert_watches.c.look_at <= now))

    def _whose(self, *questions: Question) -> Sequence[MerchantId]:
        asked = questions[0] if len(questions) == 1 else union_all(*questions)
        with translated_errors(), self._means.engines.read.connect() as connection:
            return sorted({MerchantId(merchant) for merchant in connection.execute(asked).scalars()})


def _of(table: Any) -> Question:  # noqa: ANN401 - any table of ours
    """Whose rows these are. Told to name each once, SQLite reads all rows by merchant, and not those that are due."""
    return select(table.c.merchant_id)


def _is_on(platforms: Collection[Platform]) -> Condition:
    return shops.c.platform.in_(sorted(platform.value for platform in platforms))


def _same_shop(table: Any) -> Condition:  # noqa: ANN401 - likewise
    return and_(table.c.merchant_id == shops.c.merchant_id, table.c.shop_id == shops.c.id)


def _policy_in_force(now: datetime) -> ColumnElement[str | None]:
    """The id of the shop's merchant's; null where there is none."""
    is_its = policies.c.merchant_id == shops.c.merchant_id, policies.c.effective_from <= now
    newest = select(policies.c.id).where(*is_its).correlate(shops)
    return newest.order_by(policies.c.effective_from.desc(), policies.c.id.desc()).limit(1).scalar_subquery()
