"""Identifiers: ours are opaque strings, the platforms' are strings too (they exceed 2**53)."""

from typing import NewType

MerchantId = NewType("MerchantId", str)
ShopId = NewType("ShopId", str)
OrderId = NewType("OrderId", str)
StaffId = NewType("StaffId", str)
PersonId = NewType("PersonId", str)
InboxId = NewType("InboxId", str)
ParkedId = NewType("ParkedId", str)
ClaimId = NewType("ClaimId", str)
EvidenceId = NewType("EvidenceId", str)
ClaimDraftId = NewType("ClaimDraftId", str)
"""What a claim is called before it is submitted."""
DeclarationId = NewType("DeclarationId", str)
"""A withdrawal as it was declared, with an order or none."""
RefundId = NewType("RefundId", str)
"""Ours, of a refund we grant; the platform's own id of the same refund is a plain string."""
DataRequestId = NewType("DataRequestId", str)
"""Ours, of a request for all that is kept about somebody."""
LabelId = NewType("LabelId", str)
"""Ours, of one label for a parcel that goes back."""
BatchId = NewType("BatchId", str)
"""Ours, of parcels a hub sends on together."""
LineId = NewType("LineId", str)
"""The platform's id of an order line, unique within its order."""
ShipmentId = NewType("ShipmentId", str)
"""Ours, of one parcel that is followed, on its way to the shopper or back."""
