"""Letters: a list of blocks, written twice, as HTML and as plain text.

A letter is a function that words its blocks and hands them to `write`; `docs/adding/letter.md` is the recipe:

    def letter(to: str, number: str, words: Catalogue) -> Mail:
        blocks = (
            Heading(heading),
            Paragraph(answer_then_reason),
            Facts(((name, value), ...)),
            Button(verb_with_its_object, absolute_address),
        )
        return write(to, subject, blocks, words, Masthead(shop_name, (trader_line,)))

Blocks take plain text only, and both forms say the same. What a person typed is a `Quote`, so that nobody takes it for
ours; the official words of a law are a `Legal` in the language they are in, never retold.
"""

from plugin.documents.mail.blocks import Block, Button, Facts, Heading, Items, Legal, Link, Paragraph, Quote
from plugin.documents.mail.letter import Masthead, write

__all__ = [
    "Block",
    "Button",
    "Facts",
    "Heading",
    "Items",
    "Legal",
    "Link",
    "Masthead",
    "Paragraph",
    "Quote",
    "write",
]
