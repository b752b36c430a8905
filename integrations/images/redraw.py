"""Pictures decoded and encoded anew by Pillow: what was hidden in the file stays behind.

Nothing of the old file is copied: no EXIF (place, time, camera, thumbnail), no XMP, no colour profile (the colours are
converted to sRGB), no bytes behind the end. One picture at a time is decoded in a process: at 64 million pixels it
takes 200 MB.
"""

import io
import struct
from threading import Lock

from PIL import Image, ImageCms, ImageOps

from plugin.domain.evidence import Refusal
from plugin.domain.evidence.sniff import Refused
from plugin.ports.images import Picture

_FORMATS = ("JPEG", "PNG", "WEBP")  # of a JPEG followed by others (MPO), as many phones write it, the first is kept
_MOST_PIXELS = 64_000_000
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, LookupError, ArithmeticError, TypeError, struct.error)
_LONGEST_EDGE = 4096
_QUALITY = 90
_KEEP = {"PNG": ("PNG", "image/png"), "WEBP": ("WEBP", "image/webp")}
_JPEG = ("JPEG", "image/jpeg")
_CAN_BE_CLEAR = {"PNG", "WEBP"}
_SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


class RedrawnImages:
    """`plugin.ports.images.Images`."""

    def __init__(self) -> None:
        self._alone = Lock()

    def redraw(self, content: bytes) -> Picture:
        """JPEG stays JPEG, PNG PNG and WebP WebP; edges longer than 4,096 pixels are scaled down to that."""
        try:
            with self._alone, Image.open(io.BytesIO(content), formats=_FORMATS) as image:
                if image.width * image.height > _MOST_PIXELS:
                    raise Refused(Refusal.TOO_LARGE)
                return _redrawn(image)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise Refused(Refusal.TOO_LARGE) from error
        # Pillow's decoders raise all of these for content that is cut short or makes no sense.
        except _BROKEN as error:
            raise Refused(Refusal.BROKEN) from error


def _redrawn(image: Image.Image) -> Picture:
    kind, media_type = _KEEP.get(image.format or "", _JPEG)
    image.draft("RGB", (_LONGEST_EDGE, _LONGEST_EDGE))  # JPEG: decodes at half the size where that is enough
    image.load()
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((_LONGEST_EDGE, _LONGEST_EDGE))
    coloured = _in_srgb(upright, keeps_clear=kind in _CAN_BE_CLEAR)
    bare = Image.new(coloured.mode, coloured.size)
    bare.paste(coloured)
    out = io.BytesIO()
    bare.save(out, kind, **({} if kind == "PNG" else {"quality": _QUALITY}))
    return Picture(out.getvalue(), media_type)


def _in_srgb(image: Image.Image, *, keeps_clear: bool) -> Image.Image:
    """The colours as screens show them without a profile; a profile that cannot be read is left out."""
    is_clear = keeps_clear and image.has_transparency_data
    profile = image.info.get("icc_profile")
    if profile and image.mode in {"RGB", "CMYK", "L"} and not is_clear:
        try:
            described = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(image, described, _SRGB, outputMode="RGB") or image.convert("RGB")
        except (ImageCms.PyCMSError, OSError):
            return image.convert("RGB")
    if image.mode.startswith("I;16"):  # sixteen bits of grey: the upper eight
        return image.point(lambda value: value / 256).convert("L").convert("RGB")
    return image.convert("RGBA" if is_clear else "RGB")
