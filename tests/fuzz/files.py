"""Files that somebody hands us: evidence, artwork, records and lists to import, backups, case files, policies."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import click

from integrations.images.redraw import RedrawnImages
from integrations.system.signer import is_signed
from plugin.backup.archive import opened
from plugin.backup.errors import BackupError
from plugin.backup.manifest import Kind, Manifest, Part
from plugin.cli.deliveries import read_days
from plugin.cli.records import NotRecords, split
from plugin.domain.artwork_size import size_of
from plugin.domain.case_file.verify import verify_case_file
from plugin.domain.certificates import FileRefused, sniffed
from plugin.domain.evidence import isobmff, matroska
from plugin.domain.evidence.overwrites import overwritten
from plugin.domain.evidence.sniff import Refused, refuse_active, refuse_markup, sniff
from plugin.domain.policy.document import InvalidPolicy, read_policy
from plugin.domain.returning.errors import UnreadablePoints
from plugin.domain.returning.points import read_points
from plugin.web.admin.policy.edits import NotADocument, parsed
from tests.fuzz.damage import damaged_bytes, json_bodies
from tests.fuzz.parser import Parser
from tests.support import media
from tests.support.case_files import a_signed_file
from tests.support.repository import ROOT
from tests.support.woocommerce import raw_orders

_PRESETS: Final = ROOT / "plugin" / "domain" / "policy" / "preset_documents"
_IMAGES: Final = RedrawnImages()
_MADE: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)


def pictures() -> Parser:
    """Photos for evidence, drawn anew."""
    small = [
        media.jpeg(gps=True),
        media.jpeg(orientation=6),
        media.png(),
        media.png(mode="P"),
        media.webp(),
    ]
    return Parser(damaged_bytes([*small, media.bomb()]), _redraw, (Refused,), small)


def _redraw(content: bytes) -> None:
    refuse_markup(lambda at, length: content[at : at + length], len(content))
    _IMAGES.redraw(content)


def evidence() -> Parser:
    """Videos and papers for evidence, told by their bytes and made harmless."""
    samples = [
        media.mp4(),
        media.mp4(long_mdat=True),
        media.webm(),
        media.webm(live=True),
        media.pdf(),
    ]
    return Parser(damaged_bytes([*samples, media.archive()]), _harmless, (Refused,), samples)


def _harmless(content: bytes) -> None:
    def read(at: int, length: int) -> bytes:
        return content[at : at + length]

    kind = sniff(read, len(content))
    refuse_active(read, len(content))
    walks = {"isobmff": isobmff.overwrites_of, "webm": matroska.overwrites_of}
    if kind.family in walks:
        kept = b"".join(overwritten([content], walks[kind.family](read, len(content))))
        assert len(kept) == len(content)


def artwork() -> Parser:
    """Official artwork and certificates, as merchants upload them."""
    vector = [
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 210 297"><path/></svg>',
        b"<svg width='12cm' height='9.5cm'></svg>",
    ]
    return Parser(damaged_bytes([*vector, media.png(), media.pdf()]), _measure, (FileRefused,), [media.png()])


def _measure(content: bytes) -> None:
    for kind in ("image/svg+xml", "image/png"):
        size_of(content, kind)
    sniffed(content)


def records() -> Parser:
    """Files of orders, as `aftercare import` splits them."""
    bodies = raw_orders()[:3]
    samples = [
        b"\n".join(bodies),
        b"[" + b",\n".join(bodies) + b"]",
        json.dumps(json.loads(bodies[0]), indent=1).encode(),
    ]
    return Parser(damaged_bytes(samples), lambda content: list(split(io.BytesIO(content))), (NotRecords,), samples)


def days_of_delivery() -> Parser:
    """Lists of orders and days, as `aftercare deliveries mark --csv` takes them."""
    samples = [
        b"order,day\n1001,2026-11-03\n",
        b'"10,01",2026-02-29\r\n\r\n1002 , 2026-01-01\n',
        b"\xef\xbb\xbf1;2026\n",
    ]
    return Parser(damaged_bytes(samples), _days, (click.ClickException,), samples[:2])


def _days(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "days.csv"
        path.write_bytes(content)
        with path.open(encoding="utf-8-sig") as file:
            read_days(file)


def drop_off_points() -> Parser:
    """Lists of places to hand a parcel in, as merchants upload them."""
    samples = [
        b"name,street,postcode,city,country\nKiosk,Torstr. 9,10119,Berlin,DE\n",
        b'\xef\xbb\xbfcity;country;name;street;postcode\r\nBerlin;de;"Kiosk; Sonne";"Torstr. 9\r\nHof";10119\r\n',
    ]
    return Parser(
        damaged_bytes([*samples, samples[0].replace(b"\n", b"\r")]),
        lambda content: read_points(content.decode()),
        (UnreadablePoints, UnicodeDecodeError),
        samples,
    )


def policies() -> Parser:
    """Policies as documents: at the command line and in the editor."""
    samples = [json.loads(path.read_text("utf-8")) for path in sorted(_PRESETS.glob("*.json"))[:3]]
    return Parser(
        json_bodies(samples), _policy, (InvalidPolicy, NotADocument), [json.dumps(each).encode() for each in samples]
    )


def _policy(content: bytes) -> None:
    read_policy(parsed(content))


def case_files() -> Parser:
    """Case files that somebody wants checked."""
    whole = a_signed_file()
    return Parser(
        json_bodies([json.loads(whole)]) | damaged_bytes([whole]),
        lambda content: verify_case_file(content, is_signed),
        (),
        [whole],
    )


def backups() -> Parser:
    """Archives that somebody wants restored, and such whose manifest was sealed anew after it was changed."""
    archive = _archive(_manifest().to_json())
    sealed = json_bodies([json.loads(_manifest().to_json())]).map(_archive)
    return Parser(damaged_bytes([archive]) | sealed, _restore, (BackupError,), [archive])


def _manifest() -> Manifest:
    parts = (Part("database", 3, sha256(b"abc").hexdigest()),)
    return Manifest(
        1,
        "0.1.0",
        _MADE,
        Kind.SQLITE,
        0,
        "0057",
        {"shops": 1},
        {"k": "c"},
        "s",
        has_secrets=False,
        bucket=None,
        parts=parts,
    )


def _archive(manifest: bytes) -> bytes:
    out = io.BytesIO()
    contents = {
        "database": b"abc",
        "manifest.json": manifest,
        "manifest.sha256": sha256(manifest).hexdigest().encode() + b"\n",
    }
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, content in contents.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return out.getvalue()


def _restore(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "backup.tar"
        path.write_bytes(content)
        with opened(path) as archive:
            for part in archive.manifest.parts:
                archive.read(part)


PARSERS: Final[Mapping[str, Callable[[], Parser]]] = {
    "pictures": pictures,
    "evidence": evidence,
    "artwork": artwork,
    "records": records,
    "days of delivery": days_of_delivery,
    "drop-off points": drop_off_points,
    "policies": policies,
    "case files": case_files,
    "backups": backups,
}
