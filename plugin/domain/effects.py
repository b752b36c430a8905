"""Effects on the outside world and jobs of our own, as values: planned by use cases, carried out by the worker."""

from dataclasses import dataclass

from plugin.domain.ids import EvidenceId, MerchantId, OrderId, RefundId


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
class CheckEvidence:
    """Look at a file of evidence whose last bytes have come."""

    merchant: MerchantId
    evidence: EvidenceId


@dataclass(frozen=True, slots=True)
class ExecuteRefund:
    """Have the platform pay back a granted refund."""

    merchant: MerchantId
    refund: RefundId


Effect = SendMail | RebuildEntitlements | CompilePromises | CheckEvidence | ExecuteRefund
