"""What one merchant's staff said of their shops' setup."""

from collections.abc import Sequence

from plugin.domain.ids import ShopId
from plugin.domain.setup_word import SetupSaid, SetupStep, SetupWord
from plugin.storage.scope import Scope
from plugin.storage.tables import setup_words

_columns = setup_words.c


class SqlSetupWords:
    """`plugin.ports.setup_words.SetupWords`."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    def save(self, word: SetupWord) -> None:
        """Insert, or put in the last one's place."""
        row = {"shop_id": word.shop, "step": word.step, "said": word.said, "staff_id": word.by, "said_at": word.at}
        self._scope.upsert(setup_words, [row], ["shop_id", "step"])

    def of(self, shop: ShopId) -> Sequence[SetupWord]:
        """By step."""
        asked = self._scope.select(setup_words, *_columns).where(_columns.shop_id == shop).order_by(_columns.step)
        return [
            SetupWord(shop, SetupStep(row.step), SetupSaid(row.said), row.staff_id, row.said_at)
            for row in self._scope.rows(asked)
        ]

    def remove(self, shop: ShopId, step: SetupStep) -> None:
        """Of a step nobody spoke of nothing changes."""
        self._scope.run(self._scope.delete(setup_words).where(_columns.shop_id == shop, _columns.step == step))
