"""The JSON-LD against schema.org's whole vocabulary, as Google types it (`schema-dts`), checked by the compiler."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plugin.demo.policy import demo_policy
from plugin.documents.page_json_ld import page_json_ld
from plugin.domain.clocks.engine import Law
from plugin.domain.policy.version import PolicyVersion
from plugin.usecases.quote_page import PageQuote
from tests.build import a_shop
from tests.documents.test_json_ld import COUNTRIES, LINK, a_rule, a_version
from tests.domain.policy.versions import versions
from tests.support.repository import ROOT
from tests.support.sizes import examples

NOW = datetime(2025, 6, 1, tzinfo=UTC)
IMPORT = 'import type { Graph } from "schema-dts";\n'
FLAGS = ("--noEmit", "--strict", "--skipLibCheck", "--ignoreConfig", "--module", "nodenext", "--types", "")


def graph(version: PolicyVersion, country: str, law: Law) -> str:
    quote = PageQuote(a_shop(), country, country, (country,), version, version.for_country(country))
    return json.dumps(page_json_ld(quote, law, LINK, NOW))


def compiled(graphs: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Every graph as a typed literal; excess and misspelt properties are errors in literals."""
    folder = ROOT / "node_modules" / ".aftercare-schema-org"
    folder.mkdir(exist_ok=True)
    source = folder / f"{uuid4().hex}.ts"
    literals = (f"export const graph{number}: Graph = {each};\n" for number, each in enumerate(graphs))
    source.write_text(IMPORT + "".join(literals), "utf-8")
    compiler = Path(ROOT / "node_modules" / ".bin" / "tsc")
    done = subprocess.run([compiler, *FLAGS, source], capture_output=True, text=True, check=False, cwd=folder)
    source.unlink()
    return done


@pytest.mark.draws
def test_what_pages_embed_is_schema_orgs_vocabulary(law: Law) -> None:
    found: set[str] = {graph(demo_policy(NOW), country, law) for country in COUNTRIES}
    found.add(graph(a_version(a_rule(length=None)), "DE", law))

    @settings(max_examples=examples(50), suppress_health_check=list(HealthCheck), database=None)
    @given(version=versions, country=st.sampled_from(COUNTRIES))
    def draw(version: PolicyVersion, country: str) -> None:
        found.add(graph(version, country, law))

    draw()
    drawn = sorted(found)
    for at in range(0, len(drawn), 1_000):
        done = compiled(drawn[at : at + 1_000])
        assert done.returncode == 0, done.stdout[:2000]
    assert len(found) > 30


WRONG = {
    "MerchantReturnFiniteReturnWindow": "MerchantReturnFiniteWindow",
    "merchantReturnDays": "merchantReturnDay",
    '"@type": "MerchantReturnPolicy"': '"@type": "ReturnPolicy"',
}


def test_the_check_notices_words_schema_org_does_not_have(law: Law) -> None:
    text = graph(demo_policy(NOW), "DE", law)
    assert all(right in text for right in WRONG)
    done = compiled([text, *(text.replace(right, wrong) for right, wrong in WRONG.items())])
    told = {int(line) for line in re.findall(r"\.ts\((\d+),", done.stdout)}
    assert told == {3, 4, 5}, "each wrong one, by its line, and not the right one"
