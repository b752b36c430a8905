"""Uploaded files: documents of products and official artwork, contents sealed as the inbox's are."""

from collections.abc import Sequence
from typing import Generic, TypeVar

import msgspec
from sqlalchemy import Table

from plugin.domain.artwork import Artwork
from plugin.domain.certificates import Certificate
from plugin.domain.decoding import decoder
from plugin.domain.errors import NotFound
from plugin.storage.scope import Scope
from plugin.storage.tables import artworks, certificates
from plugin.storage.vault import Vault

Upload = TypeVar("Upload", Certificate, Artwork)


class SqlUploads(Generic[Upload]):
    """The files of one table; `kind` is what its records are."""

    def __init__(self, scope: Scope, vault: Vault, table: Table, kind: type[Upload]) -> None:
        self._scope = scope
        self._vault = vault
        self._table = table
        self._kind: type[Upload] = kind

    def add(self, upload: Upload, content: bytes) -> None:
        """Record an upload with its file."""
        row = {
            "id": upload.id,
            "added_at": upload.added_at,
            "record": msgspec.json.encode(upload),
            "content": self._vault.seal(self._table.name, upload.id, "content", content),
        }
        self._scope.insert(self._table, [row])

    def all(self) -> Sequence[Upload]:
        """Every upload, oldest first, without the files."""
        columns = self._table.c
        rows = self._scope.rows(self._scope.select(self._table, columns.record).order_by(columns.added_at, columns.id))
        return [decoder(self._kind).decode(row.record) for row in rows]

    def content(self, upload: str) -> bytes:
        """The file. Raises `NotFound`."""
        columns = self._table.c
        row = self._scope.row(self._scope.select(self._table, columns.content).where(columns.id == upload))
        if row is None:
            raise NotFound({"file": upload})
        return self._vault.unseal(self._table.name, upload, "content", row.content)

    def remove(self, upload: str) -> None:
        """Forget an upload and its file. Raises `NotFound`."""
        if self._scope.run(self._scope.delete(self._table).where(self._table.c.id == upload)) != 1:
            raise NotFound({"file": upload})


class SqlCertificates(SqlUploads[Certificate]):
    """`plugin.ports.certificates.Certificates`."""

    def __init__(self, scope: Scope, vault: Vault) -> None:
        super().__init__(scope, vault, certificates, Certificate)


class SqlArtworks(SqlUploads[Artwork]):
    """`plugin.ports.certificates.Artworks`."""

    def __init__(self, scope: Scope, vault: Vault) -> None:
        super().__init__(scope, vault, artworks, Artwork)
