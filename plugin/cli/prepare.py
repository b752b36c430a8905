"""`python -m plugin.cli.prepare`: what `aftercare serve` needs done before web and worker start.

A process of its own, so that the memory it takes is given back. Prints the path of a one-time sign-in link on standard
output, or nothing where whoever reads the log must not be let in.
"""

import click

from plugin.cli.installation import installation
from plugin.demo.load import OWNER, Demo, load_demo
from plugin.documents.letters import SIGN_IN_PATH
from plugin.domain.shop import Role
from plugin.ports.deps import Deps
from plugin.usecases.invite_staff import invite_staff


@click.command()
def main() -> None:
    """Bring the schema up to date; where there is a demo store, load it once and let its owner in."""
    with installation() as runtime:
        if runtime.settings.has_demo:
            click.echo(_sign_in(load_demo(runtime.deps), runtime.deps))


def _sign_in(demo: Demo, deps: Deps) -> str:
    invitation = invite_staff(
        OWNER,
        Role.OWNER,
        "en",
        merchant=demo.merchant.id,
        units=deps.units,
        ids=deps.ids,
        secrets=deps.secrets,
        now=deps.clock.now(),
    )
    return f"{SIGN_IN_PATH}{invitation.token}"


if __name__ == "__main__":
    main()
