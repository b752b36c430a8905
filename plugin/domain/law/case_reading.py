"""From the facts of a worked case to the typed facts of the engines."""

from dataclasses import replace
from datetime import datetime

from plugin.domain.law.case_facts import Facts, used_agreed_months
from plugin.domain.law.counting import local_day
from plugin.domain.law.errors import MalformedFact
from plugin.domain.law.facts import (
    ConsumerGroup,
    GoodsCondition,
    GoodsTraits,
    GuaranteeFacts,
    Informed,
    OrderType,
    Place,
    RefundFacts,
    WithdrawalFacts,
)
from plugin.domain.law.jurisdiction import GuaranteeLaw

_GROUP_WORDS = {
    "disab": ConsumerGroup.DISABILITY,
    "senior": ConsumerGroup.SENIOR,
    "elder": ConsumerGroup.SENIOR,
    "immigrant": ConsumerGroup.NEW_IMMIGRANT,
}
_NO_GROUP = frozenset({"none", "general", "ordinary", "regular", "standard"})
_WITH_CONVERSATION = "_with_conversation"


def withdrawal_facts(facts: Facts, place: Place) -> WithdrawalFacts:
    """What decides the withdrawal period; information that came late needs its `informed_at`."""
    informed = facts.choice("informed", Informed)
    if informed is Informed.LATE and facts.instant("informed_at") is None:
        raise facts.missing("informed_at")
    deliveries = _deliveries(facts)
    several = OrderType.MULTIPLE_GOODS if len(deliveries) > 1 else OrderType.SINGLE
    group = facts.text("consumer_group")
    return WithdrawalFacts(
        place=place,
        order_type=facts.choice("order_type", OrderType) or several,
        deliveries=deliveries,
        contract_concluded_on=facts.day("contract_concluded_on"),
        informed=informed,
        informed_at=facts.instant("informed_at"),
        document_received_at=facts.instant("document_received_at"),
        is_document_missing=facts.is_null("document_received_at"),
        is_return_policy_displayed=facts.flag("return_policy_displayed"),
        group=_group(group),
        had_conversation=group is not None and group.endswith(_WITH_CONVERSATION),
    )


def _deliveries(facts: Facts) -> tuple[datetime | None, ...]:
    """Every parcel's arrival; `delivered_at` alone stands for one parcel."""
    parcels = facts.objects("deliveries")
    if not parcels:
        return (facts.instant("delivered_at"),)
    for parcel in parcels:
        if not parcel.states("delivered_at"):
            raise parcel.missing("delivered_at")
    return tuple(parcel.instant("delivered_at") for parcel in parcels)


def _group(text: str | None) -> ConsumerGroup | None:
    """The protected group a text names (Israel); raises `MalformedFact` for words nobody knows."""
    if text is None or text in _NO_GROUP:
        return None
    found = next((group for word, group in _GROUP_WORDS.items() if word in text), None)
    if found is None:
        raise MalformedFact("facts.consumer_group", "senior, disability or new_immigrant, with or without conversation")
    return found


def guarantee_facts(facts: Facts, place: Place, law: GuaranteeLaw) -> GuaranteeFacts:
    """What decides the legal guarantee; a repair needs the contract's date where that decides the extension."""
    condition = facts.text("condition") or "new"
    agreed = used_agreed_months(condition)
    if condition not in {"new", "used_no_agreement"} and agreed is None:
        raise MalformedFact("facts.condition", "new, used_no_agreement or used_agreed_N")
    read = GuaranteeFacts(
        place=place,
        delivered_at=facts.instant("delivered_at"),
        contract_concluded_on=facts.day("contract_concluded_on"),
        condition=GoodsCondition.NEW if condition == "new" else GoodsCondition.USED,
        agreed_months=agreed,
        repairs_completed_on=facts.days("repairs_completed_on"),
        is_repair_chosen_not_done=facts.flag("repair_chosen_not_done"),
        replacement_delivered_at=facts.instant("replacement_delivered_at"),
        is_long_lived=facts.flag("long_life"),
        is_durable=facts.flag("durable"),
        is_listed_durable=facts.flag("listed_durable"),
        price_huf=facts.integer("price_huf"),
    )
    return _with_contract_date(read, facts, law)


def _with_contract_date(read: GuaranteeFacts, facts: Facts, law: GuaranteeLaw) -> GuaranteeFacts:
    """A repair asks for the contract's date where that decides; goods delivered before the rule were ordered before."""
    extension = law.repair_extension
    if not read.repairs_completed_on or read.contract_concluded_on or extension is None or law.months is None:
        return read
    delivered = None if read.delivered_at is None else local_day(read.delivered_at, read.place.zone)
    if delivered is None or delivered >= extension.contracts_from:
        raise facts.missing("contract_concluded_on")
    return replace(read, contract_concluded_on=delivered)


def refund_facts(facts: Facts, place: Place) -> RefundFacts:
    """What decides the refund clock."""
    return RefundFacts(
        place=place,
        trader_informed_at=facts.instant("trader_informed_at"),
        goods_back_at=facts.instant("goods_back_at"),
        proof_of_sending_at=facts.instant("proof_of_sending_at"),
        trader_collects=facts.flag("trader_collects"),
    )


def goods_traits(facts: Facts) -> GoodsTraits:
    """The traits of one line. Catalogue options and protective films are read and, by themselves, exclude nothing."""
    facts.flag("made_to_order_from_catalogue_options")
    facts.flag("protective_film_removed")
    return GoodsTraits(
        is_personalised=facts.flag("personalised"),
        is_perishable=facts.flag("perishable"),
        is_sealed_hygiene=facts.flag("sealed_hygiene"),
        is_sealed_av_or_software=facts.flag("sealed_av_or_software"),
        is_unsealed_after_delivery=facts.flag("unsealed_after_delivery"),
        is_inseparably_mixed=facts.flag("inseparably_mixed"),
        is_newspaper_or_magazine=facts.flag("newspaper_or_magazine"),
        is_subscription=facts.flag("subscription"),
        is_digital_content=facts.flag("digital_content"),
        is_started_with_express_consent=facts.flag("started_with_express_consent"),
        is_loss_acknowledged=facts.flag("acknowledged_loss"),
        is_confirmed_on_durable_medium=facts.flag("confirmation_on_durable_medium"),
    )
