"""What a reason is called: in the merchant's words, in ours, or by the branch it is on."""

from plugin.domain.policy.reasons import reason_tree
from plugin.domain.policy.version import PolicyVersion
from plugin.i18n import Catalogue
from plugin.wording.aftersales.parts import Said, own_words


def reason_name(name: str, policy: PolicyVersion | None, words: Catalogue) -> Said:
    """The name as part of a list, such as what evidence is asked for."""
    known = {reason.id: reason for reason in reason_tree(policy.reasons if policy else ())}
    reason = known.get(name)
    if reason is not None and reason.labels:
        return own_words(reason.labels, words)[0]
    leaf = name.rpartition(".")[2]
    key = next((key for key in (f"page.reason.{leaf}", f"page.reason.{name}") if words.has(key)), None)
    if key is not None:
        return Said(words.text(key))
    parent = reason.parent if reason else None
    return reason_name(parent, policy, words) if parent else Said(name)


def reason_sentence(name: str, policy: PolicyVersion | None, words: Catalogue) -> Said:
    """What a shopper says who chooses it; the merchant's own words go first."""
    known = {reason.id: reason for reason in reason_tree(policy.reasons if policy else ())}
    reason, key = known.get(name), f"reason.{name}"
    if (reason is None or not reason.labels) and words.has(key):
        return Said(words.text(key))
    return reason_name(name, policy, words)
