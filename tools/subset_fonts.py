"""Cut the fonts of our PDF documents out of Noto: `python tools/subset_fonts.py FOLDER_OF_NOTO`.

Needs fonttools and, in the folder, the files of Debian's fonts-noto-core and fonts-noto-cjk. Of the CJK fonts it keeps
what the national standards call the characters of every day, and every character of our catalogues besides. The
traditional one leaves to the simplified one what both have alike, which keeps the repository small.
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parent.parent
TO = ROOT / "plugin" / "documents" / "fonts"
CJK = "NotoSansCJK-Regular.ttc"
_LATIN_GREEK_CYRILLIC = (
    *(range(0x20, 0x7F), range(0xA0, 0x250), range(0x2B0, 0x300), range(0x300, 0x370), range(0x370, 0x400)),
    *(range(0x400, 0x530), range(0x1E00, 0x2000), range(0x2000, 0x2070), range(0x20A0, 0x20C1), range(0x2100, 0x2190)),
)
_ARABIC = (range(0x600, 0x700), range(0x750, 0x780), range(0xFB50, 0xFE00), range(0xFE70, 0xFF00))
_PUNCTUATION = (
    *(range(0x20, 0x7F), range(0xA0, 0x100), range(0x2010, 0x2028), range(0x3000, 0x3040), range(0xFF00, 0xFFF0)),
)
_FIRST_HAN = 0x2E80
_GAP_IN_SHIFT_JIS = 64
_KANA = (range(0x3040, 0x3100), range(0x31F0, 0x3200))


def main(noto: Path) -> None:
    """Write every font anew."""
    written = _catalogues()
    for name, file, number, wanted in (
        ("NotoSans", "NotoSans-Regular.ttf", -1, _LATIN_GREEK_CYRILLIC),
        ("NotoSansArabic", "NotoSansArabic-Regular.ttf", -1, _ARABIC),
        ("NotoSansHebrew", "NotoSansHebrew-Regular.ttf", -1, (range(0x590, 0x600), range(0xFB1D, 0xFB50))),
        ("NotoSansThai", "NotoSansThai-Regular.ttf", -1, (range(0xE00, 0xE80),)),
        ("NotoSansMath", "NotoSansMath-Regular.ttf", -1, (range(0x2190, 0x2300),)),
    ):
        _cut(noto / file, number, TO / f"{name}.ttf", [code for codes in wanted for code in codes])
    han = [ord(c) for c in written if ord(c) >= _FIRST_HAN]
    common = [code for codes in _PUNCTUATION for code in codes] + han
    kana = [code for codes in _KANA for code in codes]
    simplified = [*_level("gb2312", _rows(16, 55))]
    for name, number, codes in (
        ("NotoSansJP", 0, [*common, *kana, *_level("shift_jis", _jis_rows())]),
        ("NotoSansKR", 1, [*common, *_level("euc_kr", _rows(16, 40))]),
        ("NotoSansSC", 2, [*common, *simplified]),
        ("NotoSansTC", 3, [*common, *({*_level("big5", _big5())} - {*simplified})]),
    ):
        _cut(noto / CJK, number, TO / f"{name}.otf", codes)


def _catalogues() -> set[str]:
    files = (ROOT / "locales").glob("*/*.json")
    return {character for file in files for character in file.read_text("utf-8")}


def _rows(first: int, last: int) -> Iterator[bytes]:
    return (bytes((0xA0 + row, 0xA0 + cell)) for row in range(first, last + 1) for cell in range(1, 95))


def _jis_rows() -> Iterator[bytes]:
    """JIS X 0208 rows 16 to 47, level 1."""
    for row in range(16, 48):
        for cell in range(1, 95):
            lead = (row + 1) // 2 + 0x80
            trail = cell + (0x3F if cell < _GAP_IN_SHIFT_JIS else 0x40) if row % 2 else cell + 0x9E
            yield bytes((lead, trail))


def _big5() -> Iterator[bytes]:
    """Level 1: 0xA440 to 0xC67E."""
    for lead in range(0xA4, 0xC7):
        for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF)):
            if (lead, trail) <= (0xC6, 0x7E):
                yield bytes((lead, trail))


def _level(encoding: str, codes: Iterable[bytes]) -> Iterator[int]:
    for code in codes:
        character = code.decode(encoding, "ignore")
        if len(character) == 1:
            yield ord(character)


def _cut(source: Path, number: int, to: Path, codes: Iterable[int]) -> None:
    options = subset.Options(
        layout_features=["*"], name_IDs=[0, 1, 2, 4, 6, 13, 14], notdef_outline=True, hinting=False
    )
    if to.suffix == ".otf":
        options.layout_features = ["locl", "ccmp"]
    font = TTFont(source, fontNumber=number, lazy=True)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=set(codes))
    cutter.subset(font)
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(to)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
