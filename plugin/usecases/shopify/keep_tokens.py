"""Keep alive what nobody used: a pair is renewed every month, long before its 90 days end; one of the old kind now."""

from collections import Counter

from plugin.domain.connection_faults import ShopFault
from plugin.domain.ids import MerchantId
from plugin.usecases.shopify.fresh_token import TokenMeans, keep_token

RENEWED = "renewed"


def keep_tokens(*, merchant: MerchantId, means: TokenMeans) -> Counter[str]:
    """How many of the merchant's grants were renewed, and by code what kept others from it: they are tried again.

    What goes wrong in our own code keeps no other shop from it: the first such error is raised at the end.
    """
    with means.units.read(merchant) as unit:
        due = unit.shop_tokens.due(means.clock.now())
        shops = [unit.shops.get(shop) for shop in due]
    tally: Counter[str] = Counter()
    failure: Exception | None = None
    for shop in shops:
        try:
            keep_token(shop, means)
        except ShopFault as fault:
            tally[fault.code] += 1
        except Exception as error:  # noqa: BLE001 - raised below
            failure = failure or error
        else:
            tally[RENEWED] += 1
    if failure is not None:
        raise failure
    return tally
