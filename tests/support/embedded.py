"""What a shopper sees of an embedded widget, read through its shadow root."""

from __future__ import annotations

from playwright.sync_api import Page

TAGS = (
    *("aftercare-policy-badge", "aftercare-banner", "aftercare-window-panel", "aftercare-trust-section"),
    "aftercare-withdrawal",
)

WATCH_SHIFTS = """() => {
  window.shifts = [];
  new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((entry) => entry.value)))
    .observe({ type: "layout-shift", buffered: true });
}"""


def wait_for_answer(page: Page, tag: str) -> None:
    """Wait until the element shows an answer in the light DOM's place."""
    page.wait_for_function(
        "tag => { const root = document.querySelector(tag)?.shadowRoot;"
        " return root && root.firstElementChild && !root.querySelector('slot'); }",
        arg=tag,
    )


def is_light(page: Page, tag: str) -> bool:
    """Say whether the server-rendered words show."""
    shown: bool = page.evaluate(
        "tag => { const root = document.querySelector(tag).shadowRoot; return !root || !!root.querySelector('slot'); }",
        tag,
    )
    return shown


def words(page: Page, tag: str, *, light: bool) -> list[str]:
    """Return every text of the element or of its light DOM, in order, without the relative second lines."""
    found: list[str] = page.evaluate(
        """([tag, light]) => {
          const host = document.querySelector(tag);
          const walker = document.createTreeWalker(light ? host : host.shadowRoot, NodeFilter.SHOW_TEXT);
          const texts = [];
          while (walker.nextNode()) {
            const text = walker.currentNode;
            if (text.data.trim() && text.parentElement.className !== "until") texts.push(text.data.trim());
          }
          return texts;
        }""",
        [tag, light],
    )
    return found


def settle(page: Page) -> None:
    """Wait until what the page knows by now is painted.

    `networkidle` would wait for eight seconds more where an element was refused: it leaves the answer's rest unread.
    """
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def layout_shift(page: Page) -> float:
    """Return the sum of all layout shifts so far; needs `WATCH_SHIFTS` as an init script's observer."""
    settle(page)
    total: float = page.evaluate("() => window.shifts.reduce((sum, shift) => sum + shift, 0)")
    return total
