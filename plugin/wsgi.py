"""The web process: `gunicorn plugin.wsgi:app`."""

import os
import sys

from plugin.app import create_app
from plugin.settings import Settings, SettingsError

try:
    app = create_app(Settings.from_env(os.environ))
except SettingsError as error:
    sys.exit("\n".join(error.faults))
