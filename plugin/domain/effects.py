"""Effects on the outside world and jobs of our own, as values: planned by use cases, carried out by the worker."""

from dataclasses import dataclass

from plugin.domain.ids import (
    BatchId,
    ClaimDraftId,
    ClaimId,
    DataRequestId,
    DeclarationId,
    EvidenceId,
    LabelId,
    MerchantId,
    OrderId,
    RefundId,
    ShipmentId,
    ShopId,
)
from plugin.domain.shop_events import Subject


@dataclass(frozen=True, slots=True)
class SendMail:
    """Mail a sealed message of ours; `mail_id` names the stored row, so no address travels through the queue."""

    merchant: MerchantId
    mail_id: str


@dataclass(frozen=True, slots=True)
class RebuildEntitlements:
    """Compute again the stored projections of these orders (an empty tuple: of all the merchant's orders)."""

    merchant: MerchantId
    orders: tuple[OrderId, ...] = ()


@dataclass(frozen=True, slots=True)
class CompilePromises:
    """Find the promise classes of the merchant's products that have none under the policy in force."""

    merchant: MerchantId


@dataclass(frozen=True, slots=True)
class PublishPromises:
    """Write what is promised into a shop's own platform, or take it away from a shop that was let go."""

    merchant: MerchantId
    shop: ShopId


@dataclass(frozen=True, slots=True)
class CheckEvidence:
    """Look at a file of evidence whose last bytes have come."""

    merchant: MerchantId
    evidence: EvidenceId


@dataclass(frozen=True, slots=True)
class ExecuteRefund:
    """Have the platform pay back a granted refund."""

    merchant: MerchantId
    refund: RefundId


@dataclass(frozen=True, slots=True)
class AskCapabilities:
    """Ask a shop's platform what it can do with the order that a claim is being written about."""

    merchant: MerchantId
    draft: ClaimDraftId


@dataclass(frozen=True, slots=True)
class RestockGoods:
    """Put the units of one line of a claim into the platform's stock again."""

    merchant: MerchantId
    claim: ClaimId
    line: int


@dataclass(frozen=True, slots=True)
class KeepReturn:
    """Have the return on the shop's platform follow a claim."""

    merchant: MerchantId
    claim: ClaimId


@dataclass(frozen=True, slots=True)
class SendClaimLink:
    """Look whether anybody has the address of this wish, and mail them the link to their orders."""

    merchant: MerchantId
    request: str


@dataclass(frozen=True, slots=True)
class CarryOutRemedy:
    """Have the platform make what one line of a claim gets instead of money."""

    merchant: MerchantId
    claim: ClaimId
    line: int


@dataclass(frozen=True, slots=True)
class SendVoucher:
    """Have the platform make a voucher that was given out of goodwill; `no` is the goodwill's in its claim."""

    merchant: MerchantId
    claim: ClaimId
    no: int


@dataclass(frozen=True, slots=True)
class StopShipping:
    """Keep the goods of a withdrawal that have not left from leaving."""

    merchant: MerchantId
    claim: ClaimId


@dataclass(frozen=True, slots=True)
class FollowBatch:
    """Tell the claims with goods in a hub's batch where the batch is now."""

    merchant: MerchantId
    batch: BatchId


@dataclass(frozen=True, slots=True)
class FollowLabel:
    """Tell the claim it is for what became of a label."""

    merchant: MerchantId
    label: LabelId


@dataclass(frozen=True, slots=True)
class MarkRefused:
    """Say on the platform that a parcel was refused and never paid; `is_back`: put its goods into stock again."""

    merchant: MerchantId
    alert: str
    is_back: bool = False


@dataclass(frozen=True, slots=True)
class FollowShipments:
    """Do what follows from where these parcels are now: for their claims, their shoppers and the staff."""

    merchant: MerchantId
    shipments: tuple[ShipmentId, ...]


@dataclass(frozen=True, slots=True)
class OpenWithdrawal:
    """Open the claim of a declared withdrawal, now that it is known whose it is and which order it is about."""

    merchant: MerchantId
    declaration: DeclarationId


@dataclass(frozen=True, slots=True)
class FollowRefund:
    """Tell the claim that granted it what became of a refund."""

    merchant: MerchantId
    refund: RefundId


@dataclass(frozen=True, slots=True)
class RereadOrder:
    """Ask the shop for an order that a message only hinted at: by its external id, or by that of one of its returns."""

    merchant: MerchantId
    shop: ShopId
    order: str
    subject: Subject = Subject.ORDER


@dataclass(frozen=True, slots=True)
class ProveKeys:
    """Call the shop that was asked for keys with those that came."""

    merchant: MerchantId
    request: str


@dataclass(frozen=True, slots=True)
class IssueLabel:
    """Buy a label that was asked for."""

    merchant: MerchantId
    label: LabelId


@dataclass(frozen=True, slots=True)
class PackPersonData:
    """Put together all that is kept about whom a request is about."""

    merchant: MerchantId
    request: DataRequestId


@dataclass(frozen=True, slots=True)
class RemoveHooks:
    """Take our webhooks away from a shop that was let go."""

    merchant: MerchantId
    shop: ShopId


Effect = (
    AskCapabilities
    | CarryOutRemedy
    | CheckEvidence
    | CompilePromises
    | ExecuteRefund
    | FollowBatch
    | FollowLabel
    | FollowRefund
    | FollowShipments
    | IssueLabel
    | KeepReturn
    | MarkRefused
    | OpenWithdrawal
    | PackPersonData
    | ProveKeys
    | PublishPromises
    | RebuildEntitlements
    | RemoveHooks
    | RereadOrder
    | RestockGoods
    | SendClaimLink
    | SendMail
    | SendVoucher
    | StopShipping
)
