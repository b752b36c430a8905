"""What is typed becomes a statement: three fields, plain and short; all else about it is a choice."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugin.domain.declaration import Picked, Statement, Typed, UnusableStatement, Wrong, statement_of
from plugin.domain.declaration.typed import is_address, plain
from plugin.domain.ids import LineId

GOOD = {"name": "Ida Holm", "reference": "1001", "reply_to": "ida@example.com"}
WHOLE = (Picked(LineId("11"), 3, "Lamp"), Picked(LineId("12"), 1, "Peg"))


def test_three_fields_are_a_statement_of_the_whole_contract() -> None:
    said = statement_of(Typed(**GOOD))
    assert said == Statement("Ida Holm", "1001", "ida@example.com")
    assert said.is_whole


@pytest.mark.parametrize(
    ("field", "text", "wrong"),
    [
        ("name", "\u200b \t", Wrong.NAME),
        ("reference", "", Wrong.REFERENCE),
        ("reply_to", "ida@localhost", Wrong.REPLY_TO),
        ("reply_to", "", Wrong.REPLY_TO),
    ],
)
def test_each_of_them_is_needed_and_told_of_alone(field: str, text: str, wrong: Wrong) -> None:
    with pytest.raises(UnusableStatement) as unusable:
        statement_of(Typed(**GOOD | {field: text}))
    assert unusable.value.wrong == {field: wrong}


def test_a_part_is_kept_in_its_lines() -> None:
    said = statement_of(Typed(**GOOD, part="One lamp\r\n\r\n  two pegs "))
    assert said.part == "One lamp\ntwo pegs"
    assert not said.is_whole


@pytest.mark.parametrize(
    ("picked", "kept"),
    [
        ({"11": 3, "12": 1}, ()),
        ({"11": 2}, (Picked(LineId("11"), 2, "Lamp"),)),
        ({"11": 99, "12": 0}, (Picked(LineId("11"), 3, "Lamp"),)),
        ({"12": 1, "elsewhere": 5}, (Picked(LineId("12"), 1, "Peg"),)),
    ],
)
def test_what_is_picked_is_never_more_than_there_is_and_all_of_it_is_the_whole(
    picked: dict[str, int], kept: tuple[Picked, ...]
) -> None:
    chosen = tuple(Picked(LineId(line), units) for line, units in picked.items())
    assert statement_of(Typed(**GOOD, picked=chosen), whole=WHOLE).picked == kept


def test_a_list_from_which_nothing_is_picked_is_told_of() -> None:
    with pytest.raises(UnusableStatement) as unusable:
        statement_of(Typed(**GOOD, picked=(Picked(LineId("11"), 0),)), whole=WHOLE)
    assert unusable.value.wrong == {"picked": Wrong.PICKED}


@given(st.text(max_size=400), st.integers(1, 200), st.booleans())
def test_typed_text_is_plain_and_bounded_and_plain_text_stays_as_it_is(text: str, most: int, keeps: bool) -> None:  # noqa: FBT001 - drawn
    made = plain(text, most, keeps_lines=keeps)
    assert len(made) <= most
    allowed = "\u200c\u200d\n" if keeps else "\u200c\u200d"
    assert not [c for c in made if unicodedata.category(c).startswith(("C", "Zl", "Zp")) and c not in allowed]
    assert plain(made, most, keeps_lines=keeps) == made


def test_joiners_that_words_are_written_with_stay() -> None:
    assert plain("نمی\u200cدانم 👩\u200d🌾", 40) == "نمی\u200cدانم 👩\u200d🌾"


@pytest.mark.parametrize("text", ["a@b.co", "ida.holm+x@mail.example.com", "ö@bücher.example"])
def test_what_can_be_an_address_is_taken(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize("text", ["", "@b.co", "a@", "a@b", "a@b.", "a b@c.de", "a@b.de,c@d.de", "<a@b.de>"])
def test_what_cannot_is_not(text: str) -> None:
    assert not is_address(text)
