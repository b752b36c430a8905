"""What staff said of their shops' setup, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass

from plugin.domain.ids import ShopId
from plugin.domain.setup_word import SetupStep, SetupWord
from tests.fakes.tables import Tables


@dataclass(slots=True)
class FakeSetupWords:
    tables: Tables

    def save(self, word: SetupWord) -> None:
        self.tables.setup_words[word.shop, word.step] = word

    def of(self, shop: ShopId) -> Sequence[SetupWord]:
        return [word for (of, _), word in sorted(self.tables.setup_words.items()) if of == shop]

    def remove(self, shop: ShopId, step: SetupStep) -> None:
        self.tables.setup_words.pop((shop, step), None)
