"""Whose turn it may be: asked once for all merchants, so that those with nothing to do cost the clock nothing."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from plugin.domain.ids import MerchantId
from plugin.domain.order import Platform


class DueMerchants(Protocol):
    """Across merchants, for jobs only: nothing of theirs crosses but their ids.

    Each answer names everybody for whom the job of that name would do something by `now`, once, and perhaps others.
    """

    def refunds(self, now: datetime) -> Sequence[MerchantId]:
        """Whose refunds may be tried."""
        ...

    def labels(self, now: datetime) -> Sequence[MerchantId]:
        """Whose labels may be tried, or have run out."""
        ...

    def label_files(self, before: datetime) -> Sequence[MerchantId]:
        """Whose labels were of no use any more before then and have a file, or one that is to go."""
        ...

    def keys(self, now: datetime) -> Sequence[MerchantId]:
        """Whose askings have keys to be tried."""
        ...

    def removals(self, now: datetime) -> Sequence[MerchantId]:
        """Whose shops were let go and may be asked."""
        ...

    def postings(self, platforms: Collection[Platform], now: datetime) -> Sequence[MerchantId]:
        """In whose shops on these platforms something may have to be written, or taken away."""
        ...

    def claims(self, now: datetime) -> Sequence[MerchantId]:
        """Whose claims wake."""
        ...

    def returns(
        self, platforms: Collection[Platform], after: datetime, before: datetime, now: datetime
    ) -> Sequence[MerchantId]:
        """Whose platform's returns may be tried, or miss a change of a claim in between, of a shop on these."""
        ...

    def policies(self, since: datetime, now: datetime) -> Sequence[MerchantId]:
        """Whose policy took effect since then."""
        ...

    def outages(self, now: datetime) -> Sequence[MerchantId]:
        """Whose shops cannot be read for so long that owners have to hear of it, whether they have or not."""
        ...

    def data_requests(self) -> Sequence[MerchantId]:
        """Who has requests for somebody's data that were not handed over."""
        ...

    def parcels(self, now: datetime) -> Sequence[MerchantId]:
        """Whose parcels are to be looked at for what lasts too long."""
        ...
