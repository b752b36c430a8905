"""The letter that says that a delivery came later than was told, and until when the shopper's rights last now."""

from collections.abc import Iterator

from plugin.documents.mail import Block, Facts, Heading, Paragraph, write
from plugin.documents.shop_masthead import order_masthead
from plugin.domain.law.in_force import Law
from plugin.i18n import Catalogue, catalogue
from plugin.ports.mailer import Mail
from plugin.ports.start_letter import StartLetter, StartNews
from plugin.wording.order_language import language_of
from plugin.wording.panel import clock_lines


def start_letter(law: Law, base_url: str) -> StartLetter:
    """Words it under this law; links begin with `base_url` (no trailing slash)."""

    def letter(news: StartNews) -> Mail:
        order = news.stored.order
        words = catalogue(language_of(order, news.policy))
        subject = words.text("mail.start.subject", number=order.number)
        text = words.text("mail.start.text", day=news.arrived_on)
        head = order_masthead(news.shop, order, words, law, base_url, news.order_token)
        blocks = (Heading(subject), Paragraph(text), *_rights(news, words))
        return write(order.shopper.email or "", subject, blocks, words, head)

    return letter


def _rights(news: StartNews, words: Catalogue) -> Iterator[Block]:
    """Each thing by its name with the sentences every page has of its longer rights."""
    titles = {line.id: line.title for line in news.stored.order.lines}
    for line in news.lines:
        rows = [
            (each.label, each.sentence)
            for each in clock_lines(line, words, news.at)
            if (line.line, each.right) in news.longer
        ]
        if rows:
            yield Paragraph(titles.get(line.line, ""))
            yield Facts(tuple(rows))
