from hypothesis import given
from hypothesis import strategies as st

from plugin.cli.packing import pack, unpack
from plugin.domain.shop_events import Ignored, OrderSeen, RefundSeen
from plugin.storage.encoded_orders import encode_order
from plugin.usecases.read_record import Fault, Meaning
from tests.build import a_fulfilment, a_refund, a_shopper, an_event, an_order

ORDER = an_order(
    fulfilments=(a_fulfilment(events=(an_event(id="e1"),)),),
    refunds=(a_refund(),),
    shopper=a_shopper(line_properties={"11": (("Engraving", "für Ida"),)}),
)
MEANINGS: list[Meaning] = [
    (OrderSeen(ORDER),),
    (OrderSeen(an_order("2", country=None)), RefundSeen(ORDER.ref, a_refund())),
    (Ignored("checkout_draft"),),
    Fault("missing", "currency"),
    (),
]


@given(st.lists(st.sampled_from(MEANINGS), max_size=12))
def test_meanings_come_out_of_another_process_as_they_went_in(meanings: list[Meaning]) -> None:
    assert [meaning for meaning, _ in unpack(pack(meanings))] == meanings


@given(st.lists(st.sampled_from(MEANINGS), max_size=12))
def test_each_whole_order_comes_encoded_as_it_would_be_here(meanings: list[Meaning]) -> None:
    for meaning, encoded in unpack(pack(meanings)):
        if encoded is None:
            assert meaning != (OrderSeen(ORDER),)
        else:
            assert meaning == (OrderSeen(encoded.order),)
            assert encoded == encode_order(encoded.order)
