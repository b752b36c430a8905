"""Each recipe of docs/adding, walked in a copy of the repository: what it says is enough, and where it says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from plugin.i18n import DESK_LANGUAGES, LANGUAGES, SHOPPER_FILES
from tests.adding.copied_tree import TOYS, CopiedTree, copied_to
from tests.support.repository import ROOT

TESTS = {
    "tests/integrations/carriers/test_pigeon.py": "",
    "tests/integrations/carriers/test_registry.py": "pigeon",
    "tests/integrations/test_platforms.py": "stall",
    "tests/rules/test_locales.py": "[gl]",
    "tests/domain/test_remedies.py": "",
    "tests/domain/claim_engine/test_judge.py": "",
    "tests/wording/test_judgement.py": "",
}
"""What holds for whatever is added, by the part of its tests' names that tells them apart."""
CHOSEN = "pigeon or stall or [gl] or test_remedies or test_judge or test_judgement"


def test_what_each_recipe_says_is_enough(tmp_path: Path) -> None:
    """In one copy: what is added beside another must not mind it."""
    tree = copied_to(tmp_path / "aftercare")
    add_a_carrier(tree)
    add_a_platform(tree)
    add_a_resolution(tree)
    add_a_language(tree)
    passed = tree.test(*TESTS, "-k", CHOSEN)
    for file, part in TESTS.items():
        assert any(each.startswith(f"{file}::") and part in each for each in passed), file


def add_a_carrier(tree: CopiedTree) -> None:
    """A folder, a table of its words and a line in the registry."""
    registry = "integrations/carriers/__init__.py"
    tree.put("carrier")
    tree.register(
        registry,
        "from integrations.carriers.karrio.kinds import",
        "from integrations.carriers.pigeon.adapter import PIGEON",
    )
    tree.register(registry, '"aftership": AFTERSHIP', '    "pigeon": PIGEON,')


def add_a_platform(tree: CopiedTree) -> None:
    """A name, a folder and a line in the registry."""
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


def add_a_resolution(tree: CopiedTree) -> None:
    """A remedy, a row of what it brings with it, and its name in every language."""
    remedy = "plugin/domain/remedy.py"
    tree.register(remedy, 'SPARE_PART = "spare_part"', '    TRADE_IN = "trade_in"')
    tree.register(remedy, "Remedy.SPARE_PART: Traits", "    Remedy.TRADE_IN: Traits(brings_back=True, pays=True),")
    tree.word(LANGUAGES, "page", "page.remedy.spare_part", "page.remedy.trade_in")
    tree.word(DESK_LANGUAGES, "admin", "policy.value.remedy.spare_part", "policy.value.remedy.trade_in")
    tree.register("docs/entitlements-schema.json", '"spare_part",', '            "trade_in",')


def add_a_language(tree: CopiedTree) -> None:
    """A folder and a line in the list."""
    english, galician = tree.folder / "locales" / "en", tree.folder / "locales" / "gl"
    galician.mkdir()
    for name in SHOPPER_FILES:
        (galician / f"{name}.json").write_bytes((english / f"{name}.json").read_bytes())
    (galician / "state.json").write_text('{"default": "machine", "strings": {}}')
    tree.register("plugin/i18n.py", '"ga",', '    "gl",')


@pytest.mark.parametrize("toy", [path.name for path in TOYS.iterdir()])
def test_the_recipe_of_each_toy_is_written_down(toy: str) -> None:
    assert (ROOT / "docs" / "adding" / f"{toy}.md").is_file()
