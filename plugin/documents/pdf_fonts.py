"""The fonts of our PDFs: one for Latin, Greek and Cyrillic, and by script the others, of Han the reader's own first."""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
_FIRST_HAN = 0x2E80
_SCRIPTS = (
    (0x0590, 0x05FF, "NotoSansHebrew.ttf"),
    (0x0600, 0x077F, "NotoSansArabic.ttf"),
    (0x0E00, 0x0E7F, "NotoSansThai.ttf"),
    (0x2190, 0x22FF, "NotoSansMath.ttf"),  # minus signs and arrows, which Noto Sans has not
)
_HAN = {"SC": "NotoSansSC.otf", "TC": "NotoSansTC.otf", "JP": "NotoSansJP.otf", "KR": "NotoSansKR.otf"}
_OWN_HAN = {"zh-Hant": "TC", "ja": "JP", "ko": "KR"}


@dataclass(frozen=True, slots=True)
class Fonts:
    """Files to embed: `main`, and where that has no glyph, the first of `others` that has one."""

    main: Path
    others: tuple[Path, ...]


def fonts_for(text: str, language: str) -> Fonts:
    """The fonts a text needs. Han characters look as readers of its language write them, as far as the subsets go."""
    codes = {ord(character) for character in text}
    others = [name for first, last, name in _SCRIPTS if any(first <= code <= last for code in codes)]
    if any(code >= _FIRST_HAN for code in codes):
        own = _OWN_HAN.get(language, "SC")
        others += [_HAN[own], *(name for script, name in _HAN.items() if script != own)]
    return Fonts(FOLDER / "NotoSans.ttf", tuple(FOLDER / name for name in others))
