"""Each recipe of docs/adding, walked in a copy of the repository: what it says is enough, and where it says so."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from plugin.i18n import DESK_LANGUAGES, LANGUAGES, SHOPPER_FILES
from tests.adding.copied_tree import CopiedTree, copied_to
from tests.rules.test_size import long_modules
from tests.support.repository import ROOT

ADDED = {"carrier": "pigeon", "platform": "stall", "resolution": "trade_in", "language": "gl"}
"""The name of what is added by each recipe."""
COMMAND = re.compile(r"`python -m pytest ([^`]+)`")
WRITER = re.compile(r"`python (?!-m pytest)([^`]+)`")
"""What else a recipe has its reader run: programs that write files."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader of a recipe is told to run: these files and folders, and of their tests those so chosen."""

    tests: tuple[str, ...]
    chosen: str


def page_of(recipe: str) -> str:
    return (ROOT / "docs" / "adding" / f"{recipe}.md").read_text("utf-8")


def asked_by(recipe: str) -> Asked:
    """As its page says, with the name of what is added."""
    (command,) = COMMAND.findall(page_of(recipe))
    tests, _, chosen = command.replace("<name>", ADDED[recipe]).partition(" -k ")
    return Asked(tuple(tests.split()), chosen or " or ".join(Path(each).stem for each in tests.split()))


def test_what_each_recipe_says_is_enough(tmp_path: Path) -> None:
    """In one copy: what is added beside another must not mind it."""
    tree = copied_to(tmp_path / "aftercare")
    add_a_carrier(tree)
    add_a_platform(tree)
    add_a_resolution(tree)
    add_a_language(tree)
    assert [fault for file in tree.registered if file.suffix == ".py" for fault in long_modules(file)] == []
    asked = {recipe: asked_by(recipe) for recipe in ADDED}
    every = [test for each in asked.values() for test in each.tests]
    passed = tree.test(*dict.fromkeys(every), "-k", " or ".join(each.chosen for each in asked.values()))
    assert [each for each in every if not any(test.startswith(each) for test in passed)] == []
    for recipe, each in asked.items():
        met = [test for test in passed if test.startswith(each.tests) and ADDED[recipe] in test]
        assert met, f"no test that the recipe of a {recipe} names meets what was added"


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
    """A folder, a line in the list, and the commands that the recipe names, which write the extensions' files."""
    english, galician = tree.folder / "locales" / "en", tree.folder / "locales" / "gl"
    galician.mkdir()
    for name in SHOPPER_FILES:
        (galician / f"{name}.json").write_bytes((english / f"{name}.json").read_bytes())
    (galician / "state.json").write_text('{"default": "machine", "strings": {}}')
    tree.register("plugin/i18n.py", '"ga",', '    "gl",')
    writers = WRITER.findall(page_of("language"))
    assert len(writers) == 2
    for command in writers:
        tree.run(sys.executable, *command.split())
    folders = {file.parent for file in (tree.folder / "extensions").glob("*/locales/ga.json")}
    assert len(folders) > 2
    assert [folder for folder in folders if not (folder / "gl.json").exists()] == []
