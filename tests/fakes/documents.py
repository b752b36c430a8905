"""Attested texts, proof of what was shown, and uploads, in memory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from plugin.domain.artwork import Artwork
from plugin.domain.certificates import Certificate
from plugin.domain.errors import Conflict, NotFound
from plugin.domain.ids import OrderId
from plugin.domain.legal_documents import AttestedText
from plugin.domain.shown import ShownText
from tests.fakes.tables import Tables

Upload = TypeVar("Upload", Certificate, Artwork)


@dataclass(slots=True)
class FakeAttestedTexts:
    tables: Tables

    def add(self, text: AttestedText) -> None:
        named = {(each.piece, each.language, each.country, each.version) for each in self.tables.attested}
        if (text.piece, text.language, text.country, text.version) in named:
            raise Conflict({"what": "attested"})
        self.tables.attested.append(text)

    def all(self) -> Sequence[AttestedText]:
        return sorted(self.tables.attested, key=lambda text: (text.attested_at, text.id))


@dataclass(slots=True)
class FakeShownTexts:
    tables: Tables

    def add(self, shown: Iterable[ShownText]) -> None:
        known = {(each.order, each.shown_at, each.what) for each in self.tables.shown}
        self.tables.shown += [each for each in shown if (each.order, each.shown_at, each.what) not in known]

    def of(self, order: OrderId) -> Sequence[ShownText]:
        return sorted(
            (each for each in self.tables.shown if each.order == order), key=lambda each: (each.shown_at, each.what)
        )


@dataclass(slots=True)
class FakeUploads(Generic[Upload]):
    rows: dict[str, tuple[Upload, bytes]]

    def add(self, upload: Upload, content: bytes) -> None:
        self.rows[upload.id] = (upload, content)

    def all(self) -> Sequence[Upload]:
        return sorted((upload for upload, _ in self.rows.values()), key=lambda each: (each.added_at, each.id))

    def content(self, upload: str) -> bytes:
        return self._row(upload)[1]

    def remove(self, upload: str) -> None:
        self._row(upload)
        del self.rows[upload]

    def _row(self, upload: str) -> tuple[Upload, bytes]:
        if upload not in self.rows:
            raise NotFound({"file": upload})
        return self.rows[upload]


class FakeCertificates(FakeUploads[Certificate]):
    pass


class FakeArtworks(FakeUploads[Artwork]):
    pass
