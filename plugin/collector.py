"""Python's cycle collector, told what work over many records is like."""

import gc

_NEW_OBJECTS = 100_000


def expect_many_records(new_objects: int = _NEW_OBJECTS) -> None:
    """Leave alone what is loaded by now, and look at new objects so many at a time.

    A batch of orders makes some ten thousand objects that live until it is stored and hold no cycles. Looking at them
    every 700 new ones (CPython's default) took five times as long as reading an order from its packed form. Who lives
    long takes fewer at a time: what does hold cycles waits in memory until then.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(new_objects)
