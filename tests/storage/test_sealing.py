"""Envelope encryption by itself: round trips, wrong keys, wrong places, rings that cannot be used."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.ports.errors import Unreadable
from plugin.storage import AppSealer, KeyRing
from plugin.storage.cipher import DataKeys, WrappedKey, place, seal, unseal
from plugin.storage.errors import BadKeyRing, CannotOpen

KEY = bytes(range(32))
HERE = place("m", "orders", "o", "personal")


@given(plain=st.binary(), names=st.tuples(st.text(), st.text(), st.text(), st.text()))
def test_what_was_sealed_opens_to_the_same_bytes(plain: bytes, names: tuple[str, str, str, str]) -> None:
    assert unseal(KEY, seal(KEY, plain, place(*names)), place(*names)) == plain


@given(data=st.data(), plain=st.binary(min_size=1))
def test_any_changed_byte_is_noticed(data: st.DataObject, plain: bytes) -> None:
    sealed = bytearray(seal(KEY, plain, HERE))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))
    with pytest.raises(CannotOpen):
        unseal(KEY, bytes(sealed), HERE)


@given(
    one=st.tuples(st.text(), st.text(), st.text(), st.text()), two=st.tuples(st.text(), st.text(), st.text(), st.text())
)
def test_two_places_are_never_taken_for_each_other(
    one: tuple[str, str, str, str], two: tuple[str, str, str, str]
) -> None:
    assert (place(*one) == place(*two)) == (one == two)


def test_a_ciphertext_moved_elsewhere_does_not_open() -> None:
    sealed = seal(KEY, b"Ida Holm", HERE)
    for elsewhere in [("x", "orders", "o", "personal"), ("m", "x", "o", "personal"), ("m", "orders", "x", "personal")]:
        with pytest.raises(CannotOpen, match="wrong place"):
            unseal(KEY, sealed, place(*elsewhere))


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x02" + bytes(40)])
def test_bytes_that_were_never_sealed_say_so(sealed: bytes) -> None:
    with pytest.raises(CannotOpen):
        unseal(KEY, sealed, HERE)


def test_the_same_content_never_seals_to_the_same_bytes() -> None:
    assert len({seal(KEY, b"same", HERE) for _ in range(100)}) == 100


def test_a_process_at_work_learns_of_a_rotation_by_itself() -> None:
    old = KeyRing.generate()
    new = old.rotated()
    at_work = DataKeys(old, reread=lambda: new)
    key, wrapped = DataKeys(new).new(HERE)
    assert at_work.unwrap(wrapped, HERE) == key
    assert at_work.new(HERE)[1].key_id == new.current
    with pytest.raises(CannotOpen, match="not on the key ring"):
        at_work.unwrap(DataKeys(KeyRing.generate()).new(HERE)[1], HERE)


def test_a_data_key_opens_under_its_own_place_and_ring_only() -> None:
    keys = DataKeys(KeyRing.generate())
    key, wrapped = keys.new(HERE)
    assert keys.unwrap(wrapped, HERE) == key
    with pytest.raises(CannotOpen):
        DataKeys(keys.ring).unwrap(wrapped, place("m", "people", "other", "wrapped_key"))
    with pytest.raises(CannotOpen, match="is not on the key ring"):
        DataKeys(KeyRing.generate()).unwrap(wrapped, HERE)
    with pytest.raises(CannotOpen, match="wrong key"):
        DataKeys(KeyRing(wrapped.key_id, {wrapped.key_id: KEY})).unwrap(wrapped, HERE)


def test_unwrapped_keys_are_kept_up_to_a_number() -> None:
    keys = DataKeys(KeyRing.generate(), size=2)
    wrapped = [keys.new(HERE)[1] for _ in range(3)]
    opened = [keys.unwrap(one, HERE) for one in wrapped]
    assert [keys.unwrap(one, HERE) for one in reversed(wrapped)] == opened[::-1]
    assert len(keys._known) == 2
    keys.forget(WrappedKey("", b"never seen"))


def test_a_ring_survives_its_json_and_never_shows_a_key() -> None:
    ring = KeyRing.generate().rotated()
    assert KeyRing.parse(ring.to_json()) == ring
    assert len(ring.keys) == 2
    assert set(ring.without_old().keys) == {ring.current}
    for key in json.loads(ring.to_json())["keys"].values():
        assert key not in repr(ring)
    for secret in ring.keys.values():
        assert repr(secret) not in repr(ring)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"current": "a"}',
        '{"current": "a", "keys": {}}',
        '{"current": "a", "keys": {"a": "not base64"}}',
        '{"current": "a", "keys": {"a": "c2hvcnQ="}}',
        '{"current": "a", "keys": {"a": 7}}',
    ],
)
def test_a_ring_that_cannot_be_used_is_refused_without_quoting_it(text: str) -> None:
    with pytest.raises(BadKeyRing) as refused:
        KeyRing.parse(text)
    assert "c2hvcnQ" not in str(refused.value)


def test_files_open_under_their_name_with_any_key_of_the_ring() -> None:
    old = KeyRing.generate()
    sealed = AppSealer(old).seal(b"%PDF", "label.pdf")
    assert AppSealer(old.rotated()).open(sealed, "label.pdf") == b"%PDF"
    for sealer, name in [(AppSealer(old), "other.pdf"), (AppSealer(KeyRing.generate()), "label.pdf")]:
        with pytest.raises(Unreadable):
            sealer.open(sealed, name)
    with pytest.raises(Unreadable):
        AppSealer(old).open(b"\xff\xfe", "label.pdf")
