"""Walk all of a merchant's claims for an export, however many there are."""

from collections.abc import Iterator

from plugin.domain.ids import ClaimId, MerchantId
from plugin.ports.claim_views import ClaimViews, ExportedClaim

_BATCH = 500


def export_claims(*, merchant: MerchantId, views: ClaimViews) -> Iterator[ExportedClaim]:
    """Each claim once for each of its lines, as they were opened; read in slices, so that no transaction stays open.

    What changes meanwhile is told as it is when its slice is read; what is opened meanwhile is told too.
    """
    after: ClaimId | None = None
    while found := views.exported_claims(merchant, after, _BATCH):
        yield from found
        after = found[-1].id
