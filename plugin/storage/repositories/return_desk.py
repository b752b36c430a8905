"""What the merchant has set for returns: sealed, since the label provider's key is in it."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from plugin.domain.decoding import decoder
from plugin.domain.returning.points import DropOffPoint
from plugin.domain.returning.settings import NOTHING_SET, ReturnSettings
from plugin.storage.scope import Scope
from plugin.storage.tables import return_settings
from plugin.storage.vault import Vault

_TABLE, _COLUMN = "return_settings", "content"
_columns = return_settings.c
_decoder = decoder(ReturnSettings)
_points_decoder = decoder(list[DropOffPoint])


class SqlReturnDesk:
    """`plugin.ports.return_desk.ReturnDesk`."""

    def __init__(self, scope: Scope, vault: Vault) -> None:
        self._scope = scope
        self._vault = vault

    def settings(self) -> ReturnSettings:
        """`NOTHING_SET` while nothing was."""
        row = self._scope.row(self._scope.select(return_settings, _columns.content))
        if row is None or row.content is None:
            return NOTHING_SET
        return _decoder.decode(self._vault.unseal(_TABLE, self._scope.merchant, _COLUMN, row.content))

    def save(self, settings: ReturnSettings, at: datetime) -> None:
        """Put them in the place of the last."""
        content = self._vault.seal(_TABLE, self._scope.merchant, _COLUMN, msgspec.json.encode(settings))
        self._keep("content", content, at)

    def points(self) -> Sequence[DropOffPoint]:
        """Empty while no list was uploaded."""
        row = self._scope.row(self._scope.select(return_settings, _columns.points))
        return _points_decoder.decode(row.points) if row and row.points else []

    def save_points(self, points: Sequence[DropOffPoint], at: datetime) -> None:
        """Put a list in the place of the last."""
        self._keep("points", msgspec.json.encode(list(points)), at)

    def _keep(self, column: str, value: bytes, at: datetime) -> None:
        row = {"content": None, "points": None, "saved_at": at, column: value}
        self._scope.upsert(return_settings, [row], [], lambda new: {column: new[column], "saved_at": new.saved_at})
