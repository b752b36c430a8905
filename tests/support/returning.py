"""Labels, batches and what goes with them, with everything filled in."""

from dataclasses import replace
from datetime import timedelta

from plugin.domain.ids import BatchId, ClaimId, LabelId, LineId, OrderId
from plugin.domain.policy.identity import Address, ReturnAddress
from plugin.domain.returning.account import Carrying, LabelAccount, ProviderKind
from plugin.domain.returning.batch import BatchedParcel, HubBatch
from plugin.domain.returning.label import Label, LabelledLine, LabelSource
from tests.build import NOW

CLAIM = ClaimId("claim1")
NUMBER = "R-10042"
HOME = ReturnAddress("home", "Nordkap GmbH", Address(("Hafen 1", "24937 Flensburg"), "DE"))
HUB = ReturnAddress("hub", "Alpenlager", Address(("Gasse 2", "6900 Bregenz"), "AT"), is_hub=True)
LINES = (LabelledLine(LineId("11"), 1),)
ACCOUNT = LabelAccount(
    ProviderKind.SENDCLOUD,
    "pk_1",
    "sk_1",
    (Carrying("DE", "dpd:return/return", 77), Carrying("*", "postnl:standard/return")),
    valid_days=10,
)


def a_label(label_id: str = "label1", **facts: object) -> Label:
    label = Label(
        id=LabelId(label_id),
        claim=CLAIM,
        order=OrderId("order1"),
        claim_number=NUMBER,
        source=LabelSource.PROVIDER,
        to=HOME,
        lines=LINES,
        created_at=NOW,
        changed_at=NOW,
        wanted_until=NOW + timedelta(days=30),
        grams=900,
        due_at=NOW,
    )
    return replace(label, **facts)  # type: ignore[arg-type]  # a test names fields of the label


def a_parcel(key: str = "parcel1", **facts: object) -> BatchedParcel:
    parcel = BatchedParcel(key, CLAIM, OrderId("order1"), NUMBER, NOW, LINES, 900)
    return replace(parcel, **facts)  # type: ignore[arg-type]  # a test names fields of the parcel


def a_batch(*parcels: BatchedParcel, **facts: object) -> HubBatch:
    batch = HubBatch(BatchId("batch1"), HUB, 1, NOW, parcels)
    return replace(batch, **facts)  # type: ignore[arg-type]  # a test names fields of the batch
