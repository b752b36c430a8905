from dataclasses import replace

from plugin.domain.digest import digest_of
from plugin.domain.stored import Copied, DeliveryMark, LineCopy
from plugin.domain.times import Moment, Source
from plugin.ports.encoded_order import EncodedOrder
from plugin.storage.encoded_orders import EncodedOrders, encode_order
from plugin.storage.order_codec import dump_facts
from tests.build import DELIVERED, NOW, a_stored_order, an_order

ORDER = an_order()
MARK = DeliveryMark(Moment(DELIVERED, Source.MERCHANT), marked_at=NOW, marked_by=None)


def expecting(encoded: EncodedOrder) -> EncodedOrders:
    orders = EncodedOrders()
    orders.expect([encoded])
    return orders


def test_encoding_ahead_makes_the_bytes_that_saving_would_make() -> None:
    assert encode_order(ORDER) == EncodedOrder(ORDER, dump_facts(ORDER, ()), digest_of(ORDER))


def test_what_was_encoded_ahead_is_not_encoded_again() -> None:
    orders = expecting(EncodedOrder(ORDER, b"facts", b"digest"))
    assert (orders.facts(a_stored_order(ORDER)), orders.digest(ORDER)) == (b"facts", b"digest")


def test_no_encoding_is_taken_for_an_equal_copy_which_may_have_come_from_elsewhere() -> None:
    orders, copy = expecting(EncodedOrder(ORDER, b"facts", b"digest")), replace(ORDER)
    assert (orders.facts(a_stored_order(copy)), orders.digest(copy)) == (dump_facts(ORDER, ()), digest_of(ORDER))


def test_an_order_with_delivery_marks_is_encoded_with_them() -> None:
    orders = expecting(EncodedOrder(ORDER, b"facts", b"digest"))
    assert orders.facts(a_stored_order(ORDER, marks=(MARK,))) == dump_facts(ORDER, (MARK,))


def test_an_order_with_copies_of_its_products_is_encoded_with_them() -> None:
    orders, copies = expecting(EncodedOrder(ORDER, b"facts", b"digest")), (LineCopy(ORDER.lines[0].id, (Copied.TAGS,)),)
    assert orders.facts(a_stored_order(ORDER, copies=copies)) == dump_facts(ORDER, (), copies)
