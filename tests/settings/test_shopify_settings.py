"""The app at Shopify: id and secret together, and no secret in anything that is shown."""

import pytest

from plugin.ports.shopify_identity import AppKeys
from plugin.settings import Settings, SettingsError

CLIENT = "0123456789abcdef0123456789abcdef"
SECRET = "made-up-0123456789abcdef0123456789abcdef"
PREVIOUS = "made-up-fedcba9876543210fedcba9876543210"


def test_without_them_the_installation_is_no_app() -> None:
    assert Settings.from_env({}).shopify is None


def test_id_and_secret_make_an_app() -> None:
    settings = Settings.from_env({"SHOPIFY_CLIENT_ID": CLIENT, "SHOPIFY_CLIENT_SECRET": SECRET})
    assert settings.shopify == AppKeys(CLIENT, SECRET)
    assert SECRET not in repr(settings)


def test_while_the_secret_is_changed_both_count_the_new_one_first() -> None:
    settings = Settings.from_env(
        {"SHOPIFY_CLIENT_ID": CLIENT, "SHOPIFY_CLIENT_SECRET": SECRET, "SHOPIFY_PREVIOUS_SECRET": PREVIOUS}
    )
    assert settings.shopify is not None
    assert settings.shopify.secrets == (SECRET, PREVIOUS)


@pytest.mark.parametrize(
    "environ",
    [
        {"SHOPIFY_CLIENT_ID": CLIENT},
        {"SHOPIFY_CLIENT_SECRET": SECRET},
        {"SHOPIFY_PREVIOUS_SECRET": SECRET},
        {"SHOPIFY_CLIENT_ID": "an app", "SHOPIFY_CLIENT_SECRET": SECRET},
        {"SHOPIFY_CLIENT_ID": CLIENT, "SHOPIFY_CLIENT_SECRET": "hush"},
    ],
    ids=str,
)
def test_half_of_it_or_something_else_is_refused_without_being_shown(environ: dict[str, str]) -> None:
    with pytest.raises(SettingsError) as raised:
        Settings.from_env(environ)
    assert not any(value in str(raised.value) for value in environ.values())
