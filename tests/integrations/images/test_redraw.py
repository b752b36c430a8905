"""Pictures made anew: what can be seen stays, everything else goes."""

from __future__ import annotations

import io
import resource
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from integrations.images.redraw import RedrawnImages
from plugin.domain.evidence import Refusal
from plugin.domain.evidence.sniff import Refused
from tests.support import media

IMAGES = RedrawnImages()


def shown(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def why(content: bytes) -> Refusal:
    with pytest.raises(Refused) as refused:
        IMAGES.redraw(content)
    return refused.value.why


def test_place_camera_and_comment_are_gone() -> None:
    given = media.jpeg(gps=True)
    assert dict(shown(given).getexif().get_ifd(0x8825))
    redrawn = IMAGES.redraw(given)
    after = shown(redrawn.content)
    assert (redrawn.media_type, after.format, after.size) == ("image/jpeg", "JPEG", (64, 48))
    assert dict(after.getexif()) == {}
    assert set(after.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for secret in (b"Exif", b"Nokia", b"taken at home"):
        assert secret in given
        assert secret not in redrawn.content


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(media.png(), "image/png"), (media.webp(), "image/webp"), (media.png(mode="I;16"), "image/png")],
)
def test_the_format_stays(content: bytes, media_type: str) -> None:
    redrawn = IMAGES.redraw(content)
    assert redrawn.media_type == media_type
    assert shown(redrawn.content).size == (64, 48)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA"])
def test_every_usual_colour_mode_can_be_read(mode: str) -> None:
    assert shown(IMAGES.redraw(media.png(mode=mode)).content).size == (64, 48)


def test_what_is_clear_stays_clear() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 0)).save(out, "PNG")
    assert shown(IMAGES.redraw(out.getvalue()).content).getpixel((0, 0)) == (255, 0, 0, 0)


def test_a_picture_taken_sideways_stands_upright() -> None:
    sideways = Image.new("RGB", (64, 48), "red")
    sideways.paste("blue", (0, 0, 32, 48))
    exif = Image.Exif()
    exif[0x0112] = 6  # its left side is up
    out = io.BytesIO()
    sideways.save(out, "JPEG", exif=exif, quality=95)
    upright = shown(IMAGES.redraw(out.getvalue()).content)
    assert upright.size == (48, 64)
    top, bottom = upright.getpixel((24, 4)), upright.getpixel((24, 60))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[2] - top[0] > 150  # blue
    assert bottom[0] - bottom[2] > 150  # red


def test_colours_of_a_profile_become_the_screens_and_the_profile_goes() -> None:
    out = io.BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    Image.new("RGB", (8, 8), "teal").save(out, "JPEG", icc_profile=profile)
    assert "icc_profile" not in shown(IMAGES.redraw(out.getvalue()).content).info
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    out = io.BytesIO()
    Image.new("RGB", (8, 8), (10, 200, 30)).save(out, "PNG", icc_profile=srgb)
    assert shown(IMAGES.redraw(out.getvalue()).content).getpixel((1, 1)) == (10, 200, 30)


def test_what_hides_behind_the_end_is_gone() -> None:
    assert b"<script>" not in IMAGES.redraw(media.jpeg() + b"<script>alert(1)</script>").content


def test_of_a_phones_several_pictures_in_one_the_first_is_kept() -> None:
    out = io.BytesIO()
    first, second = Image.new("RGB", (32, 24), "navy"), Image.new("RGB", (16, 12), "gold")
    first.save(out, "MPO", save_all=True, append_images=[second])
    after = shown(IMAGES.redraw(out.getvalue()).content)
    assert (after.format, after.size) == ("JPEG", (32, 24))


def test_a_large_photo_is_scaled_down() -> None:
    assert shown(IMAGES.redraw(media.jpeg((6000, 3000))).content).size == (4096, 2048)


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    tracemalloc.start()
    began = time.monotonic()
    assert why(media.bomb()) is Refusal.TOO_LARGE
    assert time.monotonic() - began < 2
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()


def test_a_webp_that_says_it_is_larger_than_we_decode_is_refused_before_it_is() -> None:
    """Its size stands in 14 bits each of the lossless header (RFC 9649, 3.4), whatever is behind it."""
    out = io.BytesIO()
    Image.new("RGB", (64, 48)).save(out, "WEBP", lossless=True)
    content = bytearray(out.getvalue())
    at = content.index(b"VP8L") + 9
    sizes = int.from_bytes(content[at : at + 4], "little") & ~0xFFFFFFF
    content[at : at + 4] = (sizes | 16_382 << 14 | 16_382).to_bytes(4, "little")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert why(bytes(content)) is Refusal.TOO_LARGE
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000, "kilobytes; decoded, a million"


@pytest.mark.parametrize("size", [(8001, 8000), (10_000, 10_000), (64_000_001, 1)])
def test_more_pixels_than_we_decode_are_refused(size: tuple[int, int]) -> None:
    assert why(media.bomb(*size)) is Refusal.TOO_LARGE


@pytest.mark.parametrize("left", [3, 20, 200, -40])
def test_a_picture_that_is_cut_short_is_refused(left: int) -> None:
    assert why(media.jpeg((400, 300))[:left]) is Refusal.BROKEN
    assert why(media.png((400, 300))[:left]) is Refusal.BROKEN


@pytest.mark.parametrize("content", [b"", b"GIF89a" + bytes(100), b"<svg/>", media.pdf(), media.archive()])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    assert why(content) is Refusal.BROKEN


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow's, about tags it skips
@given(st.integers(0, 2_000), st.binary(max_size=40))
def test_no_damaged_picture_does_more_than_being_refused(at: int, noise: bytes) -> None:
    for content in (media.jpeg(gps=True), media.png(), media.webp()):
        try:
            IMAGES.redraw(content[:at] + noise + content[at + len(noise) :])
        except Refused:
            continue
