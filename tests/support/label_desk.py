"""A merchant's labels in memory, with a provider on which anything can go wrong."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from integrations.images.redraw import RedrawnImages
from plugin.domain.ids import LabelId
from plugin.domain.policy.identity import ReturnAddress
from plugin.domain.policy.terms import MethodKind
from plugin.domain.returning.account import LabelAccount
from plugin.domain.returning.label import Carriage, Label
from plugin.domain.returning.settings import ReturnSettings
from plugin.domain.shop import Merchant
from plugin.ports.label_provider import BoughtLabel, LabelProvider, WantedLabel
from plugin.usecases.issue_label import LabelFiles, LabelMeans, issue_label
from plugin.usecases.reissue_expired_labels import queue_due_labels, reissue_expired_labels
from plugin.usecases.request_label import LabelRequest, request_label
from plugin.usecases.upload_label import UploadedLabel, upload_label
from tests.build import MERCHANT, NOW, PLACED, a_policy, a_shop, a_stored_order
from tests.fakes.files import FakeFiles
from tests.fakes.sources import FakeIds
from tests.fakes.units import FakeUnits
from tests.support.returning import ACCOUNT, CLAIM, HOME, HUB, LINES, NUMBER

CARRIAGE = Carriage("67880", "dpd", "0150", "https://track.example/0150")
LABEL = b"%PDF-1.4 the carrier's label"


@dataclass(slots=True)
class FakeProvider:
    """Sells each key once. `mishaps` come first: an error before the sale, or after it where it is marked so."""

    sold: dict[str, WantedLabel] = field(default_factory=dict)
    asked: list[WantedLabel] = field(default_factory=list)
    mishaps: deque[tuple[Exception, bool]] = field(default_factory=deque)
    carriage: Carriage = CARRIAGE

    def buy(self, wanted: WantedLabel) -> BoughtLabel:
        self.asked.append(wanted)
        error, is_after = self.mishaps.popleft() if self.mishaps else (None, True)
        if error is None or is_after:
            self.sold.setdefault(wanted.key, wanted)
        if error is not None:
            raise error
        return BoughtLabel(self.carriage, LABEL, "application/pdf")


class LabelDesk:
    """What tests of labels do, in one place."""

    def __init__(self, account: LabelAccount | None = ACCOUNT) -> None:
        self.units = FakeUnits()
        self.provider = FakeProvider()
        self.files = FakeFiles()
        self.ids = FakeIds()
        self.now = NOW
        with self.units(MERCHANT) as unit:
            unit.shops.add_merchant(Merchant(MERCHANT, "Nordkap GmbH", PLACED))
            unit.shops.add(a_shop())
            unit.orders.save([a_stored_order()])
            unit.policies.add(a_policy(return_addresses=(HOME, HUB)))
            unit.return_desk.save(ReturnSettings(account), NOW)
            unit.commit()

    @property
    def kept(self) -> LabelFiles:
        return LabelFiles(self.files, self.ids)

    @property
    def means(self) -> LabelMeans:
        def provider_of(_account: LabelAccount) -> LabelProvider:
            return self.provider

        return LabelMeans(provider_of, self.kept)

    def request(self, way: MethodKind = MethodKind.LABEL, to: ReturnAddress = HOME, **facts: object) -> Label:
        wanted_until = NOW + timedelta(days=30)
        plain = {"wanted_until": wanted_until, "grams": 900, **facts}
        asked = LabelRequest(CLAIM, NUMBER, a_stored_order().id, to, LINES, way, **plain)  # type: ignore[arg-type]  # fields of it
        with self.units(MERCHANT) as unit:
            label = request_label(asked, unit=unit, ids=self.ids, now=self.now)
            unit.commit()
        return label

    def issue(self, label: Label | LabelId) -> str:
        name = label.id if isinstance(label, Label) else label
        return issue_label(name, merchant=MERCHANT, units=self.units, means=self.means, now=self.now)

    def upload(self, label: Label, content: bytes = LABEL, valid_until: datetime | None = None) -> Label:
        uploaded = UploadedLabel(label.id, content, "JJD0001", "DHL", valid_until)
        images = RedrawnImages()
        return upload_label(uploaded, merchant=MERCHANT, units=self.units, kept=self.kept, images=images, now=self.now)

    def tick(self, later: timedelta) -> tuple[int, int]:
        """Let time pass, and the clock's jobs run."""
        self.now += later
        reissued = reissue_expired_labels(merchant=MERCHANT, units=self.units, ids=self.ids, now=self.now)
        return reissued, queue_due_labels(merchant=MERCHANT, units=self.units, now=self.now)

    def got(self, label: Label | LabelId) -> Label:
        with self.units.read(MERCHANT) as unit:
            return unit.labels.get(label.id if isinstance(label, Label) else label)

    def all(self) -> list[Label]:
        with self.units.read(MERCHANT) as unit:
            return list(unit.labels.of_claim(CLAIM))

    def read(self, label: Label) -> bytes:
        with self.units.read(MERCHANT) as unit:
            file = unit.labels.get(label.id).file
            assert file
            return b"".join(unit.labels.cipher(label.id).open(file.object, self.files))
