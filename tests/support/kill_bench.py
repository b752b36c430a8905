"""One demo shop with a worker on it, every port of which can be died at, and what all that is outside has to show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace

from integrations.images.redraw import RedrawnImages
from integrations.platforms import TRANSLATORS
from plugin.documents.claim_letters import claim_letter
from plugin.documents.claim_link_letter import claim_link_letter
from plugin.documents.person_package import pack_person
from plugin.domain.connection import Credentials
from plugin.domain.effects import Effect
from plugin.domain.evidence import Limits
from plugin.domain.order import Platform
from plugin.domain.published import Audience, CountryPromises, Place
from plugin.domain.shop import Shop
from plugin.ports.evidence_keeping import EvidenceKeeping
from plugin.ports.published_promises import Entry
from tests.build import MERCHANT
from tests.fakes.deps import fake_deps
from tests.fakes.files import FakeFiles
from tests.fakes.shop_source import FakeSource
from tests.fakes.sources import FakeMailer
from tests.support.claim_desk import LAW
from tests.support.demo_platform import DemoShop
from tests.support.evidence_desk import FakeScanner
from tests.support.kill_points import Fate, Watched, WatchedUnits, Worker, World
from tests.support.label_desk import FakeProvider

BASE = "https://aftercare.example"
_RETURN_STEPS = frozenset({"open_return", "approve_return", "send_back", "dispose", "handle_return", "close_return"})
_PLATFORM_CALLS = (
    _RETURN_STEPS
    | {"refund", "create_replacement_order", "create_exchange", "issue_store_credit"}
    | {
        "cancel_fulfilment",
        "note",
        "restock",
    }
)


@dataclass
class FakeWebhooks:
    """Those of one live shop, by the path they lead to."""

    paths: list[str] = field(default_factory=lambda: ["/webhooks/woocommerce/live", "/theirs"])

    def remove(self, address: str, credentials: Credentials, path: str) -> int:
        assert address
        assert credentials.key
        before = len(self.paths)
        self.paths[:] = [kept for kept in self.paths if kept != path]
        return before - len(self.paths)


@dataclass
class FakeBoard:
    """Where one shop's pages find promises, two places a call."""

    most: int = 2
    largest: int = 1000
    stands: dict[Place, bytes] = field(default_factory=dict)

    def audience(self) -> Audience:
        return Audience(("de", "en"), ("DE", "FR"), "board")

    def write(self, entries: Sequence[Entry]) -> Mapping[Place, str]:
        self.stands |= {entry.place: entry.value for entry in entries}
        return {}

    def remove(self, places: Sequence[Place]) -> None:
        for place in places:
            self.stands.pop(place, None)


class _Worded:
    def __call__(self, promises: CountryPromises, language: str, most_bytes: int) -> bytes:
        return f"{language} {promises.country} {promises.rules}".encode()[:most_bytes]

    def anywhere(self, shop: Shop, language: str) -> bytes:
        return f"{language} {shop.key}".encode()


@dataclass
class Bench:
    """One shop, its worker, and everything outside of both."""

    shop: DemoShop
    fate: Fate
    mailer: FakeMailer = field(default_factory=FakeMailer)
    files: FakeFiles = field(default_factory=FakeFiles)
    provider: FakeProvider = field(default_factory=FakeProvider)
    scanner: FakeScanner = field(default_factory=FakeScanner)
    source: FakeSource = field(default_factory=lambda: FakeSource(Credentials("ck_1", "cs_1")))
    webhooks: FakeWebhooks = field(default_factory=FakeWebhooks)
    board: FakeBoard = field(default_factory=FakeBoard)
    uploaded: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        def actions(shop: Shop) -> Watched:
            return Watched(self.shop.actions_of(shop), "platform", _PLATFORM_CALLS, self.fate)

        files = Watched(self.files, "files", frozenset({"put", "delete"}), self.fate)
        scanner = Watched(self.scanner, "scanner", frozenset({"scan"}), self.fate)
        provider = Watched(self.provider, "provider", frozenset({"buy"}), self.fate)
        board = Watched(self.board, "board", frozenset({"write", "remove"}), self.fate)
        deps = fake_deps(
            self.shop.units,
            LAW,
            clock=self.shop.clock,
            ids=self.shop.ids,
            mailer=Watched(self.mailer, "mailer", frozenset({"send"}), self.fate),
            actions=actions,
            sources={Platform.WOOCOMMERCE: Watched(self.source, "source", frozenset({"prove", "order"}), self.fate)},
            evidence=EvidenceKeeping(files, scanner, RedrawnImages(), Limits()),
            webhooks={Platform.WOOCOMMERCE: Watched(self.webhooks, "webhooks", frozenset({"remove"}), self.fate)},
            boards={Platform.SHOPIFY: lambda _: nullcontext(board)},
            promise_words=_Worded(),
            pack_person=pack_person,
            label_providers=lambda _account: provider,
            translators=TRANSLATORS,
            claim_letter=claim_letter(LAW, BASE),
            claim_link_letter=claim_link_letter(LAW, BASE),
        )
        deps = replace(deps, units=WatchedUnits(self.shop.units, self.fate))
        self.worker = Worker(deps, self.shop.units, self.shop.clock, self.fate)

    def queue(self, effect: Effect) -> None:
        with self.shop.units(MERCHANT) as unit:
            unit.queue.add([effect])
            unit.commit()

    def waiting_for(self, kind: type[Effect]) -> World:
        """Carry out what comes before the first effect of this kind."""
        effects = self.shop.units.effects
        while not isinstance(effects(MERCHANT)[self.worker.done], kind):
            self.worker.run(effects(MERCHANT)[self.worker.done])
            self.worker.done += 1
        return World(effects(MERCHANT)[self.worker.done], self.worker, self.outside)

    def outside(self) -> object:
        rows = self.shop.units.of(MERCHANT)
        books = {key: self.shop.books.read(self.shop.shop.id, row.order.ref) for key, row in rows.orders.items()}
        named = [row.file.object for row in rows.labels.values() if row.file]
        named += [row.stored.object for row in rows.evidence.values() if row.stored]
        named += [row.object for row in rows.data_requests.values() if row.object]
        return {
            "refunds": [(key, refund.key, refund.total) for key, book in books.items() for refund in book.refunds],
            "returns": [(key, given) for key, book in books.items() for given in book.returns],
            "deeds": [(key, deed) for key, book in books.items() for deed in book.deeds],
            "mailbox": sorted((key, mail.to, mail.subject) for key, mail in self.mailer.sent.items()),
            "sold": sorted(self.provider.sold),
            "hooks": self.webhooks.paths,
            "board": sorted((place.owner, place.key, value) for place, value in self.board.stands.items()),
            "readable": [name in self.files.objects for name in named],
            "copies": sum("request1" in name for name in self.files.objects),
            "as_uploaded": [name for name in self.uploaded if name in self.files.objects],
        }
