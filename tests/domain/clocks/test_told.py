"""What the clocks say of worked orders and before a purchase, to the last step and source."""

from plugin.domain.clocks.engine import Law
from tests.domain.clocks.told import KEPT, lines


def test_the_clocks_say_what_was_looked_at_and_kept(law: Law) -> None:
    assert lines(law) == KEPT.read_text("utf-8").splitlines()
