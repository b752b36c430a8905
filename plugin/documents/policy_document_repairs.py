"""Spare parts and repair in the policy document: as the merchant states them, by goods or for the product asked for."""

from plugin.documents import policy_document as told
from plugin.domain.policy.repair import RepairInformation, repair_for
from plugin.domain.policy.scope import Scope
from plugin.usecases.quote_page import PageQuote


def repairs(quote: PageQuote) -> tuple[told.Repair, ...]:
    """Everything that is stated; of one product only what holds for it."""
    stated = tuple(each for each in quote.policy.repairs if each.says_something) if quote.policy else ()
    if quote.item.product is None:
        return tuple(_repair(each) for each in stated)
    found = repair_for(quote.item, stated)
    return (_repair(found),) if found else ()


def _repair(repair: RepairInformation) -> told.Repair:
    lowest = repair.parts_from
    return told.Repair(
        id=repair.id,
        goods=_goods(repair.scope),
        parts_available_years=repair.parts_years,
        parts_from=told.Amount(value=f"{lowest.decimal():f}", currency=lowest.currency) if lowest else None,
        price_list=repair.price_list,
        ordering=repair.ordering,
        manual=repair.manual,
        service=repair.service,
        limits=repair.limits,
    )


def _goods(scope: Scope) -> told.Goods:
    names = (scope.products, scope.skus, scope.categories, scope.collections, scope.tags)
    products, skus, categories, collections, tags = (tuple(sorted(each)) for each in names)
    return told.Goods(
        products=products,
        skus=skus,
        categories=categories,
        collections=collections,
        tags=tags,
        depends_on_order=any((scope.groups, scope.channels, scope.price_from, scope.price_below, scope.season)),
    )
