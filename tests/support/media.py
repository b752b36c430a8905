"""Pictures, videos and papers made in code, honest and hostile."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from PIL import Image

PLACE = b"+52.5200+013.4050/"
"""Where the videos say they were filmed (ISO 6709)."""


def jpeg(size: tuple[int, int] = (64, 48), *, gps: bool = False, orientation: int = 1, colour: str = "teal") -> bytes:
    """A JPEG; with `gps` its EXIF tells a place, a camera and a thumbnail's worth of comment."""
    image = Image.new("RGB", size, colour)
    exif = Image.Exif()
    exif[0x0112] = orientation
    if gps:
        exif[0x010F] = "Nokia 3310"
        place = exif.get_ifd(0x8825)
        place[1], place[2], place[3], place[4] = "N", (52.0, 31.0, 12.0), "E", (13.0, 24.0, 18.0)
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, comment=b"taken at home" if gps else b"")
    return out.getvalue()


def png(size: tuple[int, int] = (64, 48), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, "PNG")
    return out.getvalue()


def webp() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "olive").save(out, "WEBP")
    return out.getvalue()


def bomb(width: int = 50_000, height: int = 50_000) -> bytes:
    """A PNG of a few megabytes that unpacks to gigabytes."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    packed = zlib.compress(bytes(width + 1) * min(height, 20), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("evil.class", b"\xca\xfe\xba\xbe")
    return out.getvalue()


def pdf(extra: bytes = b"") -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + extra + b" >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


def box(kind: bytes, *content: bytes, is_long: bool = False) -> bytes:
    """An ISO base media box."""
    inside = b"".join(content)
    if is_long:
        return struct.pack(">I", 1) + kind + struct.pack(">Q", len(inside) + 16) + inside
    return struct.pack(">I", len(inside) + 8) + kind + inside


def handler(kind: bytes) -> bytes:
    return box(b"hdlr", bytes(8), kind, bytes(12), b"\0")


def track(kind: bytes, offset: int, sizes: tuple[int, ...], *extra: bytes) -> bytes:
    """A track whose samples lie one behind the other from `offset` on."""
    table = box(
        b"stbl",
        box(b"stsd", bytes(8)),
        box(b"stsz", bytes(4), struct.pack(">II", 0, len(sizes)), *(struct.pack(">I", size) for size in sizes)),
        box(b"stsc", bytes(4), struct.pack(">IIII", 1, 1, len(sizes), 1)),
        box(b"stco", bytes(4), struct.pack(">II", 1, offset)),
    )
    return box(b"trak", box(b"tkhd", bytes(84)), box(b"mdia", handler(kind), box(b"minf", table)), *extra)


FILM = b"\x00\x11\x22film" * 40
DRONE = b"GPS 52.5200,13.4050"
_FTYP = box(b"ftyp", b"mp42", bytes(4), b"isommp42")


def apple_metadata() -> bytes:
    """Apple's keys: names in one list, values in another, by number."""
    keys = b"".join(
        box(b"mdta", name) for name in (b"com.apple.quicktime.location.ISO6709", b"com.apple.quicktime.make")
    )
    items = box(struct.pack(">I", 1), box(b"data", bytes(8), PLACE)) + box(struct.pack(">I", 2), box(b"data", bytes(8)))
    return box(b"meta", handler(b"mdta"), box(b"keys", bytes(4), struct.pack(">I", 2), keys), box(b"ilst", items))


def mp4(*, brand: bytes = b"mp42", long_mdat: bool = False, film: bytes = FILM) -> bytes:
    """A video that tells its place in every way we know: user data, Apple's keys, XMP, a track and free space."""
    media = box(b"mdat", film, DRONE, is_long=long_mdat)
    film_at = len(_FTYP) + (16 if long_mdat else 8)
    told = box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(PLACE), 0x15C7), PLACE), box(b"loci", bytes(6), PLACE))
    movie = box(
        b"moov",
        box(b"mvhd", bytes(100)),
        track(b"vide", film_at, (len(film),), box(b"udta", box(b"\xa9xyz", PLACE))),
        track(b"text", film_at + len(film), (len(DRONE) - 3, 3)),
        told,
        apple_metadata(),
    )
    xmp = box(b"uuid", bytes.fromhex("be7acfcb97a942e89c71999491e3afac"), b"<exif:GPSLatitude>52,31.2N", PLACE)
    free = box(b"free", PLACE)
    return box(b"ftyp", brand, bytes(4), b"isommp42") + media + movie + xmp + free


def element(name: str, content: bytes, *, unknown: bool = False) -> bytes:
    """An EBML element; its size may be left open, as live recordings write it."""
    size = b"\x01" + b"\xff" * 7 if unknown else struct.pack(">Q", len(content) | 1 << 56)
    return bytes.fromhex(name) + size + content


def webm(*, live: bool = False) -> bytes:
    """A WebM video with a tag that tells its place; `live`: with sizes left open."""
    header = element("1a45dfa3", element("4282", b"webm"))
    cluster = element("1f43b675", element("e7", b"\0") + element("a3", FILM), unknown=live)
    tags = element("1254c367", element("7373", b"RECORDING_LOCATION" + PLACE))
    body = element("1654ae6b", b"\0") + cluster + tags
    return header + element("18538067", body, unknown=live)
