"""What a page must be for every eye and every hand, asked of it as it stands in the browser.

`WAYS` says how pages are looked at. In the short run a page is seen in two of `LANGUAGES` by turns (`is_turn`), narrow
and light in one, wide and dark in the other; `./script/test --long looks` sees every page in every language every way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from playwright.sync_api import Page

from tests.support.browser import spill, violations
from tests.support.sizes import is_long

LANGUAGES: Final = ("en", "de", "ar", "zh-Hans")
"""The first, the longest words, right to left, and words without spaces between them."""
NARROW, MIDDLE, WIDE = 320, 768, 1280
"""CSS pixels; 320 is what 1280 leaves at a zoom of 400 % (WCAG 1.4.10)."""


@dataclass(frozen=True)
class Way:
    """Of looking at a page."""

    width: int
    scheme: str


WAYS: Final = (Way(NARROW, "light"), Way(WIDE, "dark"), Way(NARROW, "dark"), Way(WIDE, "light"))


def is_turn(language: str, place: int) -> bool:
    """Whether the page at this place of a list is looked at in this language: in each two of four in the short run."""
    return is_long() or (place + LANGUAGES.index(language)) % 2 == 0


def ways(language: str, place: int) -> tuple[Way, ...]:
    """How the page at this place of a list is looked at in this language."""
    return WAYS if is_long() else (WAYS[(place // 2 + LANGUAGES.index(language) // 2) % 2],)


def faults(page: Page, language: str, place: int) -> dict[str, object]:
    """What is wrong with the page, by the way of looking and the thing looked at; nothing where all is well."""
    found: dict[str, object] = {}
    for way in ways(language, place):
        page.set_viewport_size({"width": way.width, "height": 800})
        page.emulate_media(color_scheme=way.scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # two of theirs
        seen: dict[str, object] = {"axe": violations(page), "spills": spill(page)}
        if way == WAYS[0]:
            seen |= settings(page)
            page.set_viewport_size({"width": MIDDLE, "height": 800})
            seen["spills in the middle"] = spill(page)
        found |= {f"{way.width} {way.scheme} {name}": fault for name, fault in seen.items() if fault}
    return found


def settings(page: Page) -> dict[str, object]:
    """What is wrong for somebody who spreads text, has the system's colours, or wants nothing to move."""
    found = {"spread": spread(page), "unbounded": unbounded(page), "moves": moving(page)}
    return {name: fault for name, fault in found.items() if fault}


_EVERYWHERE: Final = """
  const roots = [document];
  for (const root of roots)
    for (const each of root.querySelectorAll("*")) if (each.shadowRoot) roots.push(each.shadowRoot);
  const all = (selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)]);
  const isUnseen = (e) => getComputedStyle(e).clipPath === "inset(50%)";
  const isSeen = (e) => e.checkVisibility({ visibilityProperty: true }) && !isUnseen(e);
  const told = (e) => e.outerHTML.slice(0, 120);
"""
"""Elements of shadow roots too, and of hidden ones only those for screen readers left out."""
_SPREAD: Final = f"""() => {{{_EVERYWHERE}
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* {{ line-height: 1.5 !important; letter-spacing: .12em !important;"
    + " word-spacing: .16em !important }} p {{ margin-block-end: 2em !important }}");
  for (const root of roots) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const isCut = (e) => /hidden|clip/.test(getComputedStyle(e).overflow) && e.innerText?.trim()
    && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1);
  const cut = all("body *").filter((e) => isSeen(e) && isCut(e)).map(told);
  const at = document.documentElement;
  const over = at.scrollWidth - at.clientWidth;
  for (const root of roots) root.adoptedStyleSheets = root.adoptedStyleSheets.filter((each) => each !== sheet);
  return over > 0 ? [`${{over}} px too wide`, ...cut] : cut;
}}"""
_UNBOUNDED: Final = f"""() => {{{_EVERYWHERE}
  const plain = /^(checkbox|radio|file|hidden|range)$/;
  const isBare = (e) => {{
    const look = getComputedStyle(e);
    return look.appearance === "none" || look.borderStyle !== "outset" ? parseFloat(look.borderTopWidth) === 0
      || look.borderTopStyle === "none" || look.borderTopColor === look.backgroundColor : false;
  }};
  return all("button, input, select, textarea").filter((e) => isSeen(e) && !plain.test(e.type) && isBare(e)).map(told);
}}"""
_MOVING: Final = f"""() => {{{_EVERYWHERE}
  const lasts = (text) => text.split(",").some((each) => parseFloat(each) > 0);
  const isMoving = (e) => {{
    const look = getComputedStyle(e);
    return lasts(look.transitionDuration) || (look.animationName !== "none" && lasts(look.animationDuration));
  }};
  return all("body *").filter((e) => isSeen(e) && isMoving(e)).map(told);
}}"""


def spread(page: Page) -> list[str]:
    """What is lost when somebody spreads lines, letters and words (WCAG 1.4.12)."""
    lost: list[str] = page.evaluate(_SPREAD)
    return lost


def unbounded(page: Page) -> list[str]:
    """The controls that nothing bounds where the system sets the colours (EN 301 549, 11.7)."""
    page.emulate_media(forced_colors="active")
    bare: list[str] = page.evaluate(_UNBOUNDED)
    page.emulate_media(forced_colors="none")
    return bare


def moving(page: Page) -> list[str]:
    """What moves for somebody who asked for nothing to move."""
    moves: list[str] = page.evaluate(_MOVING)
    return moves


@dataclass(frozen=True)
class Stop:
    """Where the focus stood on its way through a page."""

    told: str
    """The beginning of its markup."""
    faults: tuple[str, ...]


_STOP: Final = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  if (!at || at === document.body || at === document.documentElement) return null;
  const isField = at === window.stopAt && /date|time|month|week/.test(at.type);
  if (isField || at.localName === "iframe") return { isInside: true };
  window.stopAt = at;
  const box = at.getBoundingClientRect(), look = getComputedStyle(at), before = window.stopBefore;
  const style = [look.outlineStyle, parseFloat(look.outlineWidth)];
  const faults = [];
  if (style[0] === "none" || style[1] < 1) faults.push("no outline");
  const isOut = box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth;
  if (isOut) faults.push("out of sight");
  else {
    const within = (low, high, most) => Math.min(Math.max((low + high) / 2, 1), most - 1);
    const points = [[within(box.left, box.right, innerWidth), within(box.top, box.bottom, innerHeight)],
      [box.left + 3, box.top + 3], [box.right - 3, box.bottom - 3]];
    const isOn = ([x, y]) => {
      let top = document.elementFromPoint(x, y);
      while (top?.shadowRoot?.elementFromPoint(x, y) && top.shadowRoot.elementFromPoint(x, y) !== top)
        top = top.shadowRoot.elementFromPoint(x, y);
      return top && (at.contains(top) || top.contains(at) || [...(at.labels ?? [])].some((each) => each.contains(top)));
    };
    if (!points.some(isOn)) faults.push("covered");
  }
  const top = box.top + scrollY, bottom = box.bottom + scrollY;
  const isAfloat = (e) => e && (/sticky|fixed/.test(getComputedStyle(e).position) || isAfloat(e.parentElement));
  const stays = !isAfloat(at); // what scrolls along is beside the order of the rest
  if (stays && before && bottom <= before.top + 1 && box.left < before.right && box.right > before.left)
    faults.push("above what came before");
  if (stays) window.stopBefore = { top, left: box.left, right: box.right };
  window.stops ??= new Map();
  const seen = window.stops.has(at);
  window.stops.set(at, true);
  return { told: at.outerHTML.slice(0, 120), faults, seen };
}"""
_LONGEST: Final = 400


def walk(page: Page, most: int = _LONGEST) -> list[Stop]:
    """Tab through the page to its end; every stop with what is wrong there. Raises where Tab does not get on."""
    stops: list[Stop] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        at: dict[str, Any] | None = page.evaluate(_STOP)
        if at is None:
            return stops
        if "isInside" in at:  # day, month and year of one field, or a page within the page
            continue
        if at["seen"]:
            assert at["told"] == stops[0].told, f"Tab comes back to {at['told']}"
            return stops
        stops.append(Stop(at["told"], tuple(at["faults"])))
    raise AssertionError(f"no end after {most} stops")
