"""Attested legal texts and the proof of what was shown."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Row

from plugin.domain.ids import OrderId, StaffId
from plugin.domain.legal_documents import AttestedText, Piece
from plugin.domain.shown import ShownText
from plugin.storage.scope import Scope
from plugin.storage.tables import attested_texts, shown_texts


class SqlAttestedTexts:
    """`plugin.ports.attested.AttestedTexts`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def add(self, text: AttestedText) -> None:
        """Record a text; `Conflict` when this version of it is on record already."""
        row = {
            "id": text.id,
            "piece": text.piece.value,
            "language": text.language,
            "country": text.country or "",
            "version": text.version,
            "text": text.text,
            "digest": text.digest,
            "attested_at": text.attested_at,
            "attested_by": text.attested_by,
        }
        self._scope.insert(attested_texts, [row])

    def all(self) -> Sequence[AttestedText]:
        """Every text and version, oldest first."""
        chosen = self._scope.select(attested_texts, *attested_texts.c)
        rows = self._scope.rows(chosen.order_by(attested_texts.c.attested_at, attested_texts.c.id))
        return [_text(row) for row in rows]


class SqlShownTexts:
    """`plugin.ports.attested.ShownTexts`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def add(self, shown: Iterable[ShownText]) -> None:
        """Record what was shown; the same words of an order are recorded once a moment."""
        rows = [
            {
                "order_id": each.order,
                "shown_at": each.shown_at,
                "what": each.what,
                "language": each.language,
                "version": each.version,
                "digest": each.digest,
            }
            for each in shown
        ]
        self._scope.insert_new(shown_texts, rows)

    def of(self, order: OrderId) -> Sequence[ShownText]:
        """What was shown for an order, oldest first."""
        chosen = self._scope.select(shown_texts, *shown_texts.c).where(shown_texts.c.order_id == order)
        rows = self._scope.rows(chosen.order_by(shown_texts.c.shown_at, shown_texts.c.what))
        return [
            ShownText(OrderId(row.order_id), row.what, row.language, row.version, row.digest, row.shown_at)
            for row in rows
        ]


def _text(row: Row[tuple[object, ...]]) -> AttestedText:
    return AttestedText(
        id=row.id,
        piece=Piece(row.piece),
        language=row.language,
        country=row.country or None,
        version=row.version,
        text=row.text,
        attested_at=row.attested_at,
        attested_by=StaffId(row.attested_by) if row.attested_by else None,
    )
