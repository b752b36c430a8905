"""Papers of a return, as they are printed: codes that scanners read, words in the order's language, nothing made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from plugin.documents.returns.codes import code_128, qr_code
from plugin.documents.returns.customs import customs_pdf
from plugin.documents.returns.label import address_label_pdf, picture_label_pdf
from plugin.documents.returns.manifest import manifest_pdf
from plugin.documents.returns.slip import slip_pdf
from plugin.domain.ids import LineId
from plugin.domain.order import Address
from plugin.domain.returning.batch import Closing
from plugin.domain.returning.customs import CustomsRequest, Export, GoodsFacts, customs_paper
from plugin.domain.returning.label import LabelSource
from plugin.domain.returning.papers import AddressLabel, PackingRule, ReturnSlip, SlipLine, packing_rules
from plugin.i18n import DESK_LANGUAGES, LANGUAGES, catalogue
from tests.build import NOW, a_fulfilment, a_shopper, an_order
from tests.support import media
from tests.support.printed import codes, glyphs, said, size
from tests.support.returning import HOME, HUB, LINES, NUMBER, a_batch, a_parcel

RULES = packing_rules(LabelSource.ADDRESS, crosses_a_border=True)
SLIP = ReturnSlip(
    NUMBER, "1001", "Nordkap", "en", HOME, (SlipLine("Tent lantern", 2),), LabelSource.ADDRESS, date(2026, 12, 5), RULES
)
EVERYWHERE = [*((each, "de") for each in ("GB", "NO", "US")), *(("CH", each) for each in DESK_LANGUAGES)]
BOTH = [("Code128", NUMBER), ("QRCode", NUMBER)]


def a_customs_paper(sent_from: str = "CH", language: str = "de", **facts: object) -> bytes:
    request = replace(CustomsRequest(NUMBER, LINES, HOME, sent_from, grams=900), **facts)  # type: ignore[arg-type]  # fields of it
    return customs_pdf(customs_paper(request, an_order(fulfilments=(a_fulfilment(),))), language)


@pytest.mark.parametrize("number", [NUMBER, "AC-2026-000017", "1", "x" * 40])
def test_both_codes_of_a_slip_hold_the_claims_number(number: str) -> None:
    assert codes(slip_pdf(replace(SLIP, claim_number=number))) == [("Code128", number), ("QRCode", number)]


@pytest.mark.parametrize("number", ["", "Zürich", "a\tb", "x" * 41])
def test_what_no_bar_code_can_hold_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match="printable ASCII"):
        code_128(number)


def test_codes_keep_their_quiet_zones() -> None:
    bars, squares = code_128(NUMBER), qr_code(NUMBER)
    assert min(each.x for each in bars.dark) == 10
    assert max(each.x + each.width for each in bars.dark) == bars.width - 10
    assert min(each.x for each in squares.dark) == min(each.y for each in squares.dark) == 4
    assert max(each.x + each.width for each in squares.dark) == squares.width - 4


def test_a_slip_says_whose_it_is_where_it_goes_and_how_to_pack() -> None:
    text = said(slip_pdf(SLIP))
    for part in ("Return slip", "Nordkap", NUMBER, "1001", "Hafen 1", "24937 Flensburg", "Germany", "Tent lantern"):
        assert part in text
    assert "Send it by Saturday 5 December 2026." in text
    assert "5. Keep the carrier’s receipt" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_slip_is_in_the_orders_language_with_every_glyph(language: str, caplog: pytest.LogCaptureFixture) -> None:
    pdf = slip_pdf(replace(SLIP, language=language))
    words = catalogue(language)
    drawn = glyphs(said(pdf))
    for part in (words.text("paper.slip"), words.text("paper.rule.old_labels"), words.country("DE")):
        assert all(drawn.count(character) >= count for character, count in _counts(glyphs(part)).items())
    assert not [record for record in caplog.records if "missing" in record.getMessage()]
    assert codes(pdf) == BOTH


def _counts(text: str) -> dict[str, int]:
    return {character: text.count(character) for character in text}


def test_a_long_slip_goes_on_over_the_page() -> None:
    lines = tuple(SlipLine(f"Lantern {number} with a name", 1) for number in range(80))
    text = said(slip_pdf(replace(SLIP, lines=lines)))
    assert all(line.title in text for line in lines)
    assert "How to pack" in text


def test_rules_are_those_the_parcel_needs() -> None:
    prepaid = packing_rules(LabelSource.PROVIDER, crosses_a_border=False)
    assert prepaid == (PackingRule.SLIP_INSIDE, PackingRule.ORIGINAL_BOX, PackingRule.OLD_LABELS)
    assert RULES[3:] == (PackingRule.CUSTOMS_OUTSIDE, PackingRule.KEEP_RECEIPT)


@pytest.mark.parametrize("language", ["en", "de", "ar", "zh-Hans", "pl", "th"])
def test_an_address_label_is_4_by_6_inches_on_one_page_and_can_be_scanned(language: str) -> None:
    pdf = address_label_pdf(AddressLabel(NUMBER, language, HOME, a_shopper().delivery))
    assert size(pdf) == (102.0, 152.0)
    assert codes(pdf) == BOTH
    text = said(pdf)
    for part in ("Nordkap GmbH", "24937 Flensburg", "Germany", "Ida Holm", "10119 Berlin"):
        assert part in text


def test_long_addresses_leave_the_codes_readable() -> None:
    long = Address(name="Ida Maria " * 5, lines=("Torstraße 1, Hinterhaus, dritter Stock links " * 2,), city="Berlin")
    pdf = address_label_pdf(AddressLabel("AC-2026-000017-B", "de", HOME, long))
    assert codes(pdf) == [("Code128", "AC-2026-000017-B"), ("QRCode", "AC-2026-000017-B")]


def test_a_label_without_a_sender_names_none() -> None:
    assert "Ida" not in said(address_label_pdf(AddressLabel(NUMBER, "de", HOME, None)))


def test_a_picture_of_a_label_is_put_on_the_same_size() -> None:
    assert size(picture_label_pdf(media.jpeg())) == (102.0, 152.0)


def test_a_customs_paper_states_what_is_known_and_that_the_rest_is_not() -> None:
    text = said(a_customs_paper())
    for part in (
        "Zollerklärung: Rückwaren / Customs declaration: returned goods",
        "Tent lantern",
        "EUR 41.93",
        "0.900 kg",
        "1001 (2026-11-02)",
        "2026-11-03",
        "nicht bekannt / not known",
        "Regulation (EU) No 952/2013 art. 203",
        "Ausländische Rückwaren",
        "What is not known is left open.",
    ):
        assert part in " ".join(text.split())
    assert ("Code128", NUMBER) in codes(a_customs_paper())


def test_a_customs_paper_with_everything_known_leaves_nothing_open() -> None:
    goods = {LineId("11"): GoodsFacts("9405.42", "CN", 450)}
    text = said(a_customs_paper(language="en", goods=goods, export=Export("26DE1234567890ABC1")))
    for part in ("9405.42", "China", "26DE1234567890ABC1"):
        assert part in text
    assert "not known" not in text
    assert "left open" not in text


def test_where_no_relief_is_known_the_paper_says_so() -> None:
    norse = replace(HOME, address=replace(HOME.address, country="NO"))
    text = " ".join(said(a_customs_paper("US", "en", to=norse)).split())
    assert "What relieves returned goods of duty (Norway) is not known to us" in text
    assert "Relief from import duty" not in text
    assert "may be asked back" not in text


@pytest.mark.parametrize(("sent_from", "language"), EVERYWHERE)
def test_a_customs_paper_is_on_one_page_in_both_languages(sent_from: str, language: str) -> None:
    pdf = a_customs_paper(sent_from, language)
    text = " ".join(said(pdf).split())
    assert "Customs declaration: returned goods" in text
    assert "I declare that these particulars are correct" in text
    assert len(codes(pdf)) == 1


def test_a_manifest_lists_every_parcel_and_says_what_is_not_final() -> None:
    batch = a_batch(a_parcel(), a_parcel("p2", claim_number="R-10043", grams=None), hub=HUB)
    text = said(manifest_pdf(batch, "en"))
    for part in ("Manifest HUB-1", "Alpenlager", "R-10042", "R-10043", "0.900 kg", "not weighed", "at least 0.900 kg"):
        assert part in text
    assert "this list is not final" in text
    assert codes(manifest_pdf(batch, "de")) == [("Code128", "HUB-1")]
    closed = said(manifest_pdf(a_batch(a_parcel()).closed(Closing.DATE, NOW), "en"))
    assert "not final" not in closed
    assert "Closed on 21 Nov 2026." in closed


def test_the_same_paper_is_the_same_bytes() -> None:
    assert slip_pdf(SLIP) == slip_pdf(SLIP)
    assert a_customs_paper() == a_customs_paper()
