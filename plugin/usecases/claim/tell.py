"""Tell the shopper by mail what an act on their claim changed: one letter per event, on record with it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.conversing import mailed
from plugin.domain.claim.events import MessageTranslated
from plugin.domain.claim.letters import ClaimLetterKind, LetterDue, letters_for
from plugin.domain.claim.record import Draft, Entry
from plugin.domain.effects import SendMail
from plugin.domain.stored import StoredOrder
from plugin.ports.claim_letters import ClaimLetter, ClaimNews
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.claim.act import act_on_claim
from plugin.usecases.claim.desk import Sitting
from plugin.usecases.claim.queue_returns import queue_return
from plugin.usecases.prove_shopper import claim_token
from plugin.usecases.withdrawal_link import order_link_token


def tell(before: Claim | None, after: Claim, here: Sitting) -> Claim:
    """`queue_letters` for everything recorded since `before`, where anybody is written to; and the return."""
    if before and before.version == after.version:
        return after
    queue_return(after, here.unit)
    if here.desk.letter is None:
        return after
    entries = here.unit.claims.record(after.id)
    letter, secrets = here.desk.letter, here.desk.secrets
    return queue_letters(before, after, entries, unit=here.unit, secrets=secrets, letter=letter, now=here.now)


def queue_letters(  # noqa: PLR0913 - what changed, and the ports it takes
    before: Claim | None,
    after: Claim,
    entries: Sequence[Entry],
    *,
    unit: UnitOfWork,
    secrets: Secrets,
    letter: ClaimLetter,
    now: datetime,
) -> Claim:
    """Queue the letters that became due between two states of a claim; the claim with them on record.

    `before` None: it was opened by this act. `entries`: those the act added, or the whole record. A letter is known by
    claim and entry, so that nothing is sent twice; nobody is written to who has no address, or was erased. Nothing here
    reaches the network, and the caller commits.
    """
    act = [entry for entry in entries if (before.version if before else 0) < entry.seq <= after.version]
    due = letters_for(before, after, act)
    stored = unit.orders.get(after.order) if due else None
    if stored is None or stored.order.shopper.is_erased or not stored.order.shopper.email:
        return after
    told = _told(after, act, stored, unit, secrets, now)
    drafts: list[Draft] = []
    for each in due:
        mail_id = f"{after.id}-{each.seq}"
        if not unit.mails.is_known(mail_id):
            mail = letter(told(each))
            unit.mails.add(mail_id, mail, now)
            unit.queue.add([SendMail(unit.merchant, mail_id)], key=mail_id)
            drafts += mailed(each.kind, mail_id, mail.language)
    return act_on_claim(after.id, lambda _: drafts, unit=unit, secrets=secrets, now=now) if drafts else after


def _told(
    claim: Claim, act: Sequence[Entry], stored: StoredOrder, unit: UnitOfWork, secrets: Secrets, now: datetime
) -> Callable[[LetterDue], ClaimNews]:
    """What makes the news of each letter of one act."""
    refunds = {intent.id: intent for intent in unit.refunds.of([claim.order])}
    said = _words(act, claim.language)
    news = ClaimNews(
        due=LetterDue(ClaimLetterKind.MESSAGE, 0),
        claim=claim,
        said=said,
        events=tuple(entry.event for entry in act),
        stored=stored,
        shop=unit.shops.get(claim.shop),
        policy=unit.policies.get(claim.policy_version) if claim.policy_version else None,
        refunds=refunds,
        labels=tuple(label for label in unit.labels.of_claim(claim.id) if label.is_live),
        token=claim_token(secrets, claim.shop, claim.id),
        order_token=order_link_token(claim.order, claim.shop, secrets),
        at=now,
    )
    return lambda due: replace(news, due=due)


def _words(act: Sequence[Entry], language: str) -> dict[int, str]:
    """What was written, by entry; in the shopper's language where it was translated."""
    said = {entry.seq: entry.words for entry in act if entry.words}
    for entry in act:
        if isinstance(entry.event, MessageTranslated) and entry.event.language == language and entry.words:
            said[entry.event.of] = entry.words
    return said
