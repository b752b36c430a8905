"""The web process: `gunicorn plugin.wsgi:app`."""

import os
import sys

from plugin.app import create_app
from plugin.settings import Settings, SettingsError
from plugin.settings.running import begin_work

try:
    settings = Settings.from_env(os.environ)
    at_work = begin_work(settings)  # for as long as this process lives
    app = create_app(settings)
except SettingsError as error:
    sys.exit("\n".join(error.faults))
