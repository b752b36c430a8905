"""Somebody who has no pointer: Tab, Shift+Tab, arrows, Space, Enter, Escape, and what can be typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, expect

_FAR: Final = 150
"""More presses than any page of ours takes from one end to the other."""
_NAME: Final = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  if (at === document.body) return "";
  const label = at.labels?.[0];
  return ((label ?? at).textContent || at.getAttribute("aria-label") || "").trim();
}"""
_MARK: Final = """() => {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return getComputedStyle(at).outlineStyle;
}"""


class Keys:
    """At a page, which they open; whatever they come to is in sight and marked."""

    def __init__(self, page: Page, url: str, look: Callable[[], None] = lambda: None) -> None:
        """`look` is what is asked of every page they come to."""
        self.page = page
        self.look = look
        page.goto(url)

    def to(self, name: str, *, back: bool = False, is_whole: bool = False) -> None:
        """Tab on, or back, until what has the focus is called this, or has it in its name; it can be seen."""
        for _ in range(_FAR):
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
            if name == (at := self.at) or (name in at and not is_whole):
                expect(self.page.locator(":focus").first).to_be_in_viewport()
                assert self.page.evaluate(_MARK) != "none", f"nothing marks {name!r}"
                return
        raise AssertionError(f"no Tab leads to {name!r}")

    def choose(self, name: str) -> None:
        """Move within a group of radio buttons."""
        for _ in range(_FAR):
            if name in self.at:
                self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow leads to {name!r}")

    def press(self, name: str) -> None:
        """Take the link or button of this name, to another page."""
        self.to(name, is_whole=True)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.look()

    def type(self, name: str, text: str) -> None:
        """Fill the field of this name."""
        self.to(name)
        self.page.keyboard.type(text)

    def pick_file(self, name: str, file: Path) -> None:
        """Have the field of this name ask for a file, and give it this one."""
        with self.page.expect_file_chooser() as asked:  # first: a browser only begins to tell what it is asked
            self.to(name)
            self.page.keyboard.press("Enter")
        asked.value.set_files(file)

    @property
    def at(self) -> str:
        """What has the focus is called."""
        name: str = self.page.evaluate(_NAME)
        return name
