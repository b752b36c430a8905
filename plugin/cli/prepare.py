"""`python -m plugin.cli.prepare`: what `aftercare serve` needs done before web and worker start.

A process of its own, so that the memory it takes is given back. Prints the path of a one-time sign-in link on standard
output, or nothing where whoever reads the log must not be let in.
"""

import sys
from contextlib import redirect_stdout

import click

from plugin.app import Runtime
from plugin.cli import main as aftercare
from plugin.cli.installation import installation
from plugin.documents.letters import SIGN_IN_PATH
from plugin.domain.shop import Role
from plugin.usecases.find_shop import shops_named
from plugin.usecases.invite_staff import invite_staff
from plugin.usecases.open_shop import open_merchant

DEMO_SHOP = "demo"
DEMO_OWNER = "owner@demo.example"


@click.command()
def main() -> None:
    """Bring the schema up to date; where there is a demo store, load it once and let its owner in."""
    with installation() as runtime:
        if runtime.settings.has_demo:
            if not _has_demo_shop(runtime):
                _load_demo()
            click.echo(_sign_in(runtime))


def _has_demo_shop(runtime: Runtime) -> bool:
    deps = runtime.deps
    return bool(shops_named(DEMO_SHOP, None, directory=deps.directory, units=deps.units))


def _load_demo() -> None:
    with redirect_stdout(sys.stderr):
        aftercare.main(["demo", "load"], prog_name="aftercare", standalone_mode=False)


def _sign_in(runtime: Runtime) -> str:
    deps, now = runtime.deps, runtime.deps.clock.now()
    merchant = open_merchant(None, directory=deps.directory, units=deps.units, ids=deps.ids, now=now)
    invitation = invite_staff(
        DEMO_OWNER,
        Role.OWNER,
        "en",
        merchant=merchant.id,
        units=deps.units,
        ids=deps.ids,
        secrets=deps.secrets,
        now=now,
    )
    return f"{SIGN_IN_PATH}{invitation.token}"


if __name__ == "__main__":
    main()
