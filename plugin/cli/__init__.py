"""The `aftercare` command: what an operator does by hand. Each command is thin: parse, call one use case, print.

Commands load when they are called, so that `aftercare law answer` does not wait for a database it never opens.
"""

import gc
from importlib import import_module

import click

from plugin import VERSION

_COMMANDS = {
    "backup": "plugin.cli.backup",
    "case": "plugin.cli.case",
    "connect": "plugin.cli.connect",
    "connections": "plugin.cli.connections",
    "db": "plugin.cli.db",
    "deliveries": "plugin.cli.deliveries",
    "demo": "plugin.cli.demo",
    "disconnect": "plugin.cli.disconnect",
    "doctor": "plugin.cli.doctor",
    "entitlements": "plugin.cli.entitlements",
    "erase": "plugin.cli.erase",
    "erasures": "plugin.cli.erasures",
    "import": "plugin.cli.imports",
    "keys": "plugin.cli.keys",
    "law": "plugin.cli.law",
    "mail": "plugin.cli.mail",
    "owner": "plugin.cli.owner",
    "parked": "plugin.cli.parked",
    "person": "plugin.cli.person",
    "plugin": "plugin.cli.companion",
    "policy": "plugin.cli.policy",
    "rebuild": "plugin.cli.rebuild",
    "retention": "plugin.cli.retention",
    "restore": "plugin.cli.restore",
    "serve": "plugin.cli.serve",
    "shopify": "plugin.cli.shopify",
    "stuck": "plugin.cli.stuck",
    "tracking": "plugin.cli.tracking",
    "words": "plugin.cli.words",
}
"""Command name -> the module whose `command` it is."""


class _Lazy(click.Group):
    def list_commands(self, _ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        gc.disable()  # what is imported stays: to look for garbage in it takes a sixth of the start
        command = import_module(_COMMANDS[cmd_name]).command
        gc.enable()
        return command if isinstance(command, click.Command) else None


@click.command(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="aftercare")
def main() -> None:
    """After-sales for independent stores that sell across borders."""
