"""Every `aftercare` command that a document shows is there with the options it shows, and does what it is shown for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from plugin.cli import main
from tests.cli.conftest import Run, lines_of
from tests.support.case_files import SIGNER, a_signed_file
from tests.support.mail_server import post_office
from tests.support.named import named
from tests.support.repository import ROOT
from tests.support.woocommerce_shop import WooCommerceShop, recorded_shop, serving

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
TABLE = (ROOT / "docs" / "commands.md").read_text()
PAYLOADS = Path(__file__).parents[1] / "payloads"
NAME = re.compile(r"[a-z]+(-[a-z]+)*")
POLICY = ROOT / "docs" / "policies" / "small-shop.json"
ORDERS = PAYLOADS / "woocommerce" / "orders.jsonl"
COMPLETED = [order for order in map(json.loads, ORDERS.read_text().splitlines()) if order["status"] == "completed"]
ORDER, EMAIL = COMPLETED[0]["number"], COMPLETED[0]["billing"]["email"]


def shown(text: str) -> Iterator[str]:
    """The commands between backticks or after a prompt, cells of tables included."""
    for line in re.findall(r"`(aftercare [^`]+)`|^\$ (?:\.venv/bin/)?(aftercare .+)$", text, re.MULTILINE):
        yield "".join(line).replace("\\|", "|")


def resolved(words: list[str]) -> tuple[tuple[str, ...], click.Command]:
    """The command that words name, and the path to it."""
    command: click.Command = main
    path: list[str] = []
    while isinstance(command, click.Group) and words and NAME.fullmatch(words[0]):
        found = command.get_command(click.Context(command), words[0])
        assert found is not None, f"aftercare {' '.join([*path, words[0]])}"
        command, path, words = found, [*path, words[0]], words[1:]
    return tuple(path), command


def leaves(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if not isinstance(command, click.Group):
        yield path
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        found = command.get_command(context, name)
        assert found is not None
        yield from leaves(found, (*path, name))


def test_a_command_that_is_shown_exists_with_its_options() -> None:
    for text in (text for document in DOCUMENTS for text in shown(document.read_text())):
        _, command = resolved(text.split()[1:])
        options = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
        assert set(re.findall(r"--[a-z-]+", text)) <= options, text


def test_every_command_there_is_stands_in_the_table() -> None:
    assert {resolved(text.split()[1:])[0] for text in shown(TABLE)} >= set(leaves(main))


def test_every_link_to_a_file_leads_somewhere() -> None:
    for document in DOCUMENTS:
        with named(document):
            links = re.findall(r"\]\(([^)#\s]+)", document.read_text())
            assert [link for link in links if "://" not in link and not (document.parent / link).exists()] == []


def anchors(document: Path) -> set[str]:
    """What a heading of it is linked by, as GitHub makes it."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


def test_every_link_to_a_heading_finds_it() -> None:
    for document in DOCUMENTS:
        links = re.findall(r"\]\(([^)#\s]*)#([^)\s]+)\)", document.read_text())
        inside = [(document.parent / path if path else document, anchor) for path, anchor in links if "://" not in path]
        with named(document):
            assert [anchor for file, anchor in inside if file.suffix == ".md" and anchor not in anchors(file)] == []


SHOP = ("--shop", "Fjell")


def filing(file: Path) -> dict[str, list[tuple[str | Path, ...]]]:
    """What it shows of case files; one is written where there is a claim, in test_case.py."""
    verify = ("case", "verify", file)
    return {
        "aftercare case export CLAIM --out FILE [--merchant NAME]": [("case", "export", "--help")],
        "aftercare case verify FILE [--key PUBLIC]": [verify, (*verify, "--key", SIGNER.public_key.hex())],
    }


def connecting(live: str) -> dict[str, list[tuple[str | Path, ...]]]:
    """What it shows of live shops; one is asked for keys where there is a public address, in test_ask.py."""
    return {
        "aftercare connect --address URL [--merchant NAME]": [("connect", "--address", live, "--merchant", "default")],
        "aftercare connect --address URL --ask [--merchant NAME]": [("connect", "--help")],
        "aftercare connections [--json]": [("connections",), ("connections", "--json")],
        "aftercare disconnect --shop NAME": [("disconnect", "--shop", "Woo Test Store")],
    }


STUCK = {
    "aftercare stuck [--merchant NAME] [--json]": [("stuck",), ("stuck", "--merchant", "default", "--json")],
    "aftercare stuck --retry KIND [--merchant NAME]": [("stuck", "--retry", "record")],
}


def journey(csv: Path, cases: Path, po: Path, filed: Path, live: str) -> dict[str, list[tuple[str | Path, ...]]]:
    """What the table shows, in its order, and what somebody types who follows it on an empty home."""
    return {
        "aftercare import --shop NAME --platform woocommerce|shopify FILE": [
            ("import", *SHOP, "--platform", "woocommerce", ORDERS),
            ("import", "--shop", "Nord", "--platform", "shopify", PAYLOADS / "shopify" / "orders-graphql.jsonl"),
        ],
        **connecting(live),
        "aftercare entitlements --shop NAME [--order N] [--as-of T] [--json]": [
            ("entitlements", *SHOP, "--order", ORDER, "--as-of", "2026-11-21"),
            ("entitlements", *SHOP, "--as-of", "2026-11-21T09:00:00+01:00", "--json"),
        ],
        "aftercare parked [--shop NAME] [--json]": [("parked",), ("parked", "--shop", "Nord", "--json")],
        "aftercare parked --retry ID...": [("parked", "--retry", "{parked}")],
        "aftercare parked --dismiss ID...": [("parked", "--dismiss", "{parked}")],
        "aftercare deliveries mark --shop NAME --order N --on DATE": [
            ("deliveries", "mark", *SHOP, "--order", ORDER, "--on", "2024-02-01"),
            ("deliveries", "mark", *SHOP, "--csv", csv),
        ],
        "aftercare deliveries unmark --shop NAME ORDER...": [("deliveries", "unmark", *SHOP, ORDER)],
        "aftercare owner invite EMAIL": [("owner", "invite", "mara@example.com")],
        "aftercare owner join-code EMAIL [--merchant NAME]": [
            ("owner", "join-code", "mara@example.com"),
            ("owner", "join-code", "Mara@example.com", "--merchant", "default"),
        ],
        "aftercare mail test EMAIL [--merchant NAME]": [("mail", "test", "mara@example.com")],
        **filing(filed),
        **saving(filed.with_suffix(".tar")),
        "aftercare rebuild": [("rebuild",)],
        **forgetting(filed.with_suffix(".zip")),
        "aftercare keys rotate": [("keys", "rotate"), ("keys", "retire", "--yes", "--wait", "0")],
        "aftercare keys retire": [("keys", "retire", "--yes")],
        "aftercare keys new": [("keys", "new")],
        "aftercare db upgrade": [("db", "upgrade")],
        "aftercare demo load": [("demo", "load")],
        **asking_the_law(cases),
        "aftercare plugin build --out FILE": [("plugin", "build", "--out", po.with_suffix(".zip"))],
        **at_shopify(po.with_name("shopify.app.own.toml")),
        **tracking(),
        **translating(po),
        "aftercare serve": [("serve", "--help")],  # the README's journey runs it
    }


def saving(file: Path) -> dict[str, list[tuple[str | Path, ...]]]:
    """What it shows for bad days; all that can go wrong is in tests/backup."""
    return {
        "aftercare backup [FILE] [--with-secrets] [--keep N]": [
            ("backup", "--keep", "3"),
            ("backup", file, "--with-secrets"),
        ],
        "aftercare backup --verify FILE": [("backup", "--verify", file)],
        "aftercare restore FILE [--replace]": [("restore", file, "--replace")],
        "aftercare doctor [--json]": [("doctor", "--help")],  # no worker runs here; test_doctor.py has one
    }


def keeping() -> dict[str, list[tuple[str | Path, ...]]]:
    """What it shows of how long data is kept."""
    order = (*SHOP, "--order", ORDER)
    return {
        "aftercare retention [--dry-run] [--json] [--merchant NAME]": [
            ("retention", "--dry-run", "--json"),
            ("retention",),
        ],
        "aftercare retention rules": [("retention", "rules", "--merchant", "default")],
        "aftercare retention set CLASS DAYS": [("retention", "set", "mail", "7", "--merchant", "default")],
        "aftercare retention hold --shop NAME --order N --reason TEXT": [
            ("retention", "hold", *order, "--reason", "A lawsuit"),
        ],
        "aftercare retention holds [--json] [--merchant NAME]": [
            ("retention", "holds"),
            ("retention", "holds", "--json"),
        ],
        "aftercare retention release --shop NAME --order N": [("retention", "release", *order)],
    }


def forgetting(file: Path) -> dict[str, list[tuple[str | Path, ...]]]:
    """What it shows of a person's data: handed over, then gone."""
    return {
        "aftercare person export --email EMAIL --shop NAME --out FILE [--merchant NAME]": [
            ("person", "export", "--email", EMAIL, *SHOP, "--out", file),
        ],
        "aftercare erase --email EMAIL": [("erase", "--email", EMAIL, "--yes")],
        **keeping(),
        "aftercare erasures replay": [("erasures", "replay")],
    }


def at_shopify(file: Path) -> dict[str, list[tuple[str | Path, ...]]]:
    """What it shows of the app at Shopify."""
    own = ("--client-id", "0123456789abcdef0123456789abcdef", "--address", "https://after.nordkap.example")
    return {
        "aftercare shopify configure [--client-id ID] [--address URL] [--name NAME] [--out FILE]": [
            ("shopify", "configure", *own, "--out", file),
            ("shopify", "configure", *own, "--name", "Nordkap after-sales", "--out", file),
        ]
    }


def asking_the_law(cases: Path) -> dict[str, list[tuple[str | Path, ...]]]:
    """What it shows of law and policies."""
    return {
        "aftercare law answer FILE.jsonl": [("law", "answer", cases)],
        "aftercare policy lint FILE [--json] [--live] [--withdrawal-function]": [("policy", "lint", POLICY)],
        "aftercare policy schema": [("policy", "schema")],
    }


def tracking() -> dict[str, list[tuple[str | Path, ...]]]:
    """What it shows of parcels; one is asked about in test_tracking.py."""
    asked = ("tracking", "recognise", "RB123456785GB")
    return {
        **STUCK,
        "aftercare tracking ask NUMBER [--shop NAME] [--merchant NAME] [--json]": [("tracking", "ask", "--help")],
        "aftercare tracking backtest [--merchant NAME] [--weeks N] [--json]": [
            ("tracking", "backtest"),
            ("tracking", "backtest", "--merchant", "default", "--weeks", "8", "--json"),
        ],
        "aftercare tracking recognise NUMBER [--to COUNTRY] [--carrier NAME] [--json]": [
            asked,
            (*asked, "--to", "de", "--carrier", "Royal Mail", "--json"),
        ],
    }


def translating(po: Path) -> dict[str, list[tuple[str | Path, ...]]]:
    """What it shows of words."""
    return {
        "aftercare words export LANG": [("words", "export", "cs")],
        "aftercare words import FILE": [("words", "import", po)],
    }


@pytest.fixture(params=["embedded", "postgres"])
def database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Let commands meet an empty database, once of each kind."""
    del home  # which clears DATABASE_URL
    if request.param == "postgres":
        monkeypatch.setenv("DATABASE_URL", request.getfixturevalue("new_postgres_url"))


@pytest.mark.usefixtures("database")
def test_who_types_the_table_from_top_to_bottom_meets_no_fault(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALLOW_PRIVATE_SHOPS", "yes")
    csv, cases = tmp_path / "delivered.csv", tmp_path / "cases.jsonl"
    csv.write_text(f"order,day\n{ORDER},2024-02-01\n")
    case = json.loads((PAYLOADS / "law" / "vectors.jsonl").read_text().splitlines()[0])
    given = {key: value for key, value in case.items() if key not in {"expected", "explanation"}}
    cases.write_text(json.dumps(given) + "\n")
    po = tmp_path / "cs.po"
    po.write_text('msgid ""\nmsgstr "Language: cs\\n"\n')  # with nothing in it yet, so that no words change
    filed = tmp_path / "case.json"
    filed.write_bytes(a_signed_file())
    with serving(recorded_shop()) as shop, post_office() as post:
        monkeypatch.setenv("SMTP_URL", f"smtp+plain://127.0.0.1:{post.port}")
        monkeypatch.setenv("MAIL_FROM", "Aftercare <mail@example.com>")
        run_through(run, journey(csv, cases, po, filed, shop.address), shop)


def run_through(run: Run, steps: dict[str, list[tuple[str | Path, ...]]], shop: WooCommerceShop) -> None:
    keys = f"{shop.keys.key}\n{shop.keys.secret}\n".encode()
    assert list(steps) == [text for line in TABLE.splitlines() if line.startswith("| `") for text in shown(line)]
    for typed in (arguments for step in steps.values() for arguments in step):
        ids = [record["id"] for record in lines_of(run("parked", "--json"))] if "{parked}" in typed else []
        result = run(*(ids[0] if argument == "{parked}" else argument for argument in typed), stdin=keys)
        assert result.exit_code == 0, (typed, result.output)
