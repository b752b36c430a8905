"""What the environment says, read once: `Settings.from_env`, then `open_home` for the files and secrets behind it."""

from plugin.settings.errors import SettingsError
from plugin.settings.home import LiveSecrets, change_secrets, known_secrets, open_home
from plugin.settings.secret import Secret
from plugin.settings.secrets_file import Secrets
from plugin.settings.settings import Mode, Settings

__all__ = [
    "LiveSecrets",
    "Mode",
    "Secret",
    "Secrets",
    "Settings",
    "SettingsError",
    "change_secrets",
    "known_secrets",
    "open_home",
]
