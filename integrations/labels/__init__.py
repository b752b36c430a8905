"""Label providers behind `plugin.ports.label_provider`."""

from integrations.guarded_http import open_session
from integrations.labels.sendcloud.client import SendcloudClient
from integrations.labels.sendcloud.provider import Sendcloud
from plugin.domain.returning.account import LabelAccount, ProviderKind
from plugin.ports.label_provider import LabelProvider

__all__ = ["open_provider"]


def open_provider(account: LabelAccount) -> LabelProvider:
    """The provider of a merchant's account."""
    match account.kind:
        case ProviderKind.SENDCLOUD:
            return Sendcloud(SendcloudClient(account.key, account.secret, open_session()))
