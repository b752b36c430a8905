"""Identifiers: ours are opaque strings, the platforms' are strings too (they exceed 2**53)."""

from typing import NewType

MerchantId = NewType("MerchantId", str)
ShopId = NewType("ShopId", str)
OrderId = NewType("OrderId", str)
StaffId = NewType("StaffId", str)
PersonId = NewType("PersonId", str)
InboxId = NewType("InboxId", str)
ParkedId = NewType("ParkedId", str)
LineId = NewType("LineId", str)
"""The platform's id of an order line, unique within its order."""
