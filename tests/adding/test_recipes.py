"""Each recipe of docs/adding, walked in a copy of the repository: what it says is enough, and where it says so."""

from __future__ import annotations

import re

import pytest

from plugin.i18n import DESK_LANGUAGES, LANGUAGES, SHOPPER_FILES
from tests.adding.copied_tree import TOYS, CopiedTree
from tests.support.repository import ROOT


def test_a_carrier_is_a_folder_a_table_of_its_words_and_a_line_in_the_registry(tree: CopiedTree) -> None:
    registry = "integrations/carriers/__init__.py"
    tree.put("carrier")
    tree.register(
        registry,
        "from integrations.carriers.karrio.kinds import",
        "from integrations.carriers.pigeon.adapter import PIGEON",
    )
    tree.register(registry, '"aftership": AFTERSHIP', '    "pigeon": PIGEON,')
    said = tree.test(
        "tests/integrations/carriers/test_pigeon.py", "tests/integrations/carriers/test_registry.py", "-k", "pigeon"
    )
    assert "failed" not in said


def test_a_platform_is_a_name_a_folder_and_a_line_in_the_registry(tree: CopiedTree) -> None:
    tree.put("platform")
    tree.register("plugin/domain/order.py", 'WOOCOMMERCE = "woocommerce"', '    STALL = "stall"')
    registry = "integrations/platforms/__init__.py"
    tree.register(registry, "from integrations.platforms import shopify", "from integrations.platforms import stall")
    tree.register(registry, "Platform.WOOCOMMERCE: woocommerce.TRANSLATOR", "    Platform.STALL: stall.TRANSLATOR,")
    tree.register(
        "tests/integrations/test_platforms.py",
        "hooks = [(delivery.topic, delivery.body) for delivery in woocommerce.deliveries()]",
        "        case Platform.STALL:\n"
        '            slips = (ROOT / "tests/payloads/stall/slips.jsonl").read_bytes().splitlines()\n'
        "            return [Message('', slip, {}) for slip in slips]",
    )
    said = tree.test("tests/integrations/test_platforms.py", "-k", "stall")
    assert re.search(r"\d+ passed", said)


def test_a_language_is_a_folder_and_a_line_in_the_list(tree: CopiedTree) -> None:
    english, galician = tree.folder / "locales" / "en", tree.folder / "locales" / "gl"
    galician.mkdir()
    for name in SHOPPER_FILES:
        (galician / f"{name}.json").write_bytes((english / f"{name}.json").read_bytes())
    (galician / "state.json").write_text('{"default": "machine", "strings": {}}')
    tree.register("plugin/i18n.py", '"ga",', '    "gl",')
    said = tree.test("tests/rules/test_locales.py", "-k", "[gl]")
    assert re.search(r"\d+ passed", said)


def test_a_resolution_is_a_remedy_a_row_of_what_it_brings_with_it_and_its_name_in_every_language(
    tree: CopiedTree,
) -> None:
    remedy = "plugin/domain/remedy.py"
    tree.register(remedy, 'SPARE_PART = "spare_part"', '    TRADE_IN = "trade_in"')
    tree.register(remedy, "Remedy.SPARE_PART: Traits", "    Remedy.TRADE_IN: Traits(brings_back=True, pays=True),")
    tree.word(LANGUAGES, "page", "page.remedy.spare_part", "page.remedy.trade_in")
    tree.word(DESK_LANGUAGES, "admin", "policy.value.remedy.spare_part", "policy.value.remedy.trade_in")
    tree.register("docs/entitlements-schema.json", '"spare_part",', '            "trade_in",')
    said = tree.test(
        "tests/domain/test_remedies.py",
        "tests/domain/claim_engine/test_judge.py",
        "tests/wording/test_judgement.py",
    )
    assert "failed" not in said


@pytest.mark.parametrize("toy", [path.name for path in TOYS.iterdir()])
def test_the_recipe_of_each_toy_is_written_down(toy: str) -> None:
    assert (ROOT / "docs" / "adding" / f"{toy}.md").is_file()
