"""Tell the shopper by mail what an act on their claim changed: one letter per event, on record with it."""

from collections.abc import Sequence
from datetime import datetime

from plugin.domain.claim.claim import Claim
from plugin.domain.claim.commands.conversing import mailed
from plugin.domain.claim.letters import LetterDue, letters_for
from plugin.domain.claim.record import Draft, Entry
from plugin.domain.effects import SendMail
from plugin.ports.claim_letters import ClaimLetter, ClaimNews
from plugin.ports.secrets import Secrets
from plugin.ports.unit_of_work import UnitOfWork
from plugin.usecases.claim.act import act_on_claim
from plugin.usecases.prove_shopper import claim_token


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
    due = letters_for(before, after, entries)
    stored = unit.orders.get(after.order) if due else None
    shopper = stored.order.shopper if stored else None
    if stored is None or shopper is None or shopper.is_erased or not shopper.email:
        return after
    drafts: list[Draft] = []
    for each in due:
        mail_id = f"{after.id}-{each.seq}"
        if unit.mails.is_known(mail_id):
            continue
        mail = letter(_news(each, after, entries, unit, secrets, now))
        unit.mails.add(mail_id, mail, now)
        unit.queue.add([SendMail(unit.merchant, mail_id)], key=mail_id)
        drafts += mailed(each.kind, mail_id, mail.language)
    return act_on_claim(after.id, lambda _: drafts, unit=unit, secrets=secrets, now=now) if drafts else after


def _news(
    due: LetterDue, claim: Claim, entries: Sequence[Entry], unit: UnitOfWork, secrets: Secrets, now: datetime
) -> ClaimNews:
    stored = unit.orders.get(claim.order)
    ours = unit.refunds.of([claim.order]) if due.refunds else ()
    return ClaimNews(
        due=due,
        claim=claim,
        said={entry.seq: entry.words for entry in entries if entry.seq in due.said and entry.words},
        stored=stored,
        shop=unit.shops.get(claim.shop),
        policy=unit.policies.get(claim.policy_version) if claim.policy_version else None,
        refunds={intent.id: intent for intent in ours if intent.id in due.refunds},
        token=claim_token(secrets, claim.shop, claim.id),
        at=now,
    )
