"""No parser of outside bytes is forgotten: new code that takes bytes apart has to say who tries it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from integrations.carriers import CARRIERS
from integrations.platforms import TRANSLATORS
from tests.fuzz.registry import OUR_ROWS, OURS, TRIED
from tests.fuzz.test_fuzz import APP, PARSERS
from tests.support.repository import ROOT

DECODER = "domain.decoding import"
READS = re.compile(
    r"json\.loads|json\.decode|domain\.decoding import|csv\.(?:reader|DictReader)|\b(?:zipfile|tarfile)\.|unpack\("
    r"|defusedxml|ElementTree|Image\.open|pypdf|b64decode|int\.from_bytes|parse_qsl?\(|jwt\.decode|\bfromhex\(|cbor"
    r"|parsedate_to_datetime|parse_\w+_json"
)


def modules() -> Iterator[str]:
    """Every module that takes bytes or texts apart, by what it calls."""
    for folder in ("plugin", "integrations"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if set(READS.findall(path.read_text())) - ({DECODER} if name.startswith(tuple(OUR_ROWS)) else set()):
                yield name


def test_every_module_that_takes_bytes_apart_is_tried_or_reads_what_is_ours() -> None:
    found = set(modules())
    assert len(found) > 80
    assert found - TRIED.keys() - OURS.keys() == set()


def test_the_lists_name_nothing_that_is_gone() -> None:
    assert [name for name in (*TRIED, *OURS, *OUR_ROWS) if not (ROOT / name).exists()] == []
    assert set(TRIED.values()) - PARSERS.keys() - APP == set()


def test_every_platform_and_every_carrier_is_among_those_whose_answers_are_tried() -> None:
    for platform in TRANSLATORS:
        assert f"webhooks of {platform}" in PARSERS
        assert f"answers of {platform}, reading" in PARSERS
    for kind in CARRIERS:
        assert f"answers of {kind}" in PARSERS
