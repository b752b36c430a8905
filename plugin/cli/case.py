"""`aftercare case`: the signed file of a claim, and whether one is as it was made."""

from pathlib import Path
from typing import BinaryIO

import click

from integrations.system.signer import is_signed
from plugin.cli.installation import installation
from plugin.domain.case_file.case_file import SignedCaseFile
from plugin.domain.case_file.signed import key_id
from plugin.domain.case_file.verify import Fault, Part, read_case_file, verify_case_file
from plugin.usecases.export_case import claim_called, export_case
from plugin.usecases.find_shop import find_merchant

_KEY_BYTES = 32
_TOLD = {
    Part.FORM: "this is no case file, or its bytes are not written as one",
    Part.HASH: "entry {entry} is not what was recorded, or not where it was recorded",
    Part.WORDS: "the words of entry {entry} are not those that were sealed",
    Part.SUMMARY: "what is told of the claim is not what its record tells",
    Part.KEY: "it was signed with another key ({key})",
    Part.SIGNATURE: "the signature is not of this case",
}


@click.group("case")
def command() -> None:
    """Write the signed file of a claim, or check one."""


@command.command("export")
@click.argument("claim")
@click.option("--out", metavar="FILE", required=True, type=click.File("wb", atomic=True), help="- for standard output.")
@click.option("--merchant", metavar="NAME", help="The merchant, when there are several.")
def export(claim: str, out: BinaryIO, merchant: str | None) -> None:
    """Write everything on record of CLAIM (its number or id) to FILE, signed."""
    with installation() as runtime:
        deps = runtime.deps
        owner = find_merchant(merchant, directory=deps.directory, units=deps.units).id
        found = claim_called(claim, merchant=owner, units=deps.units)
        if found is None or deps.signer is None:
            raise click.ClickException(f"There is no claim called {claim!r}.")
        issuer = runtime.settings.base_url
        made = export_case(found, merchant=owner, units=deps.units, signer=deps.signer, issuer=issuer)
        out.write(made.data)
        entries, key = len(made.case.record), key_id(deps.signer.public_key)
    click.echo(f"{made.case.claim.number}: {entries} entries, signed with key {key}", err=True)


@command.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", metavar="PUBLIC", help="The issuer's public key, 64 hexadecimal digits.")
def verify(file: Path, key: str | None) -> None:
    """Say whether FILE is as it was made; exit status 1 with the first thing that does not hold."""
    data, expected = file.read_bytes(), _key(key)
    fault, read = verify_case_file(data, is_signed, expected), read_case_file(data)
    if fault is not None or read is None:
        raise click.ClickException(f"{file.name} does not hold: {_sentence(fault, read)}.")
    case = read.case
    click.echo(f"{file.name} holds: claim {case.claim.number}, {len(case.record)} entries,", nl=False)
    click.echo(f" as of {case.as_of:%Y-%m-%d %H:%M} UTC, by {case.issuer}, key {read.signature.key_id}.")
    if expected is None:
        click.echo("Whose key that is was not checked: compare it with the issuer's, or name theirs with --key.")


def _sentence(fault: Fault | None, read: SignedCaseFile | None) -> str:
    key = read.signature.key_id if read else ""
    return _TOLD[fault.part if fault else Part.FORM].format(entry=fault.entry if fault else "", key=key)


def _key(text: str | None) -> bytes | None:
    if text is None:
        return None
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != _KEY_BYTES:
        raise click.BadParameter("a public key has 64 hexadecimal digits", param_hint="--key")
    return key
