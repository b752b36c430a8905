"""How gunicorn serves `plugin.wsgi:app`; it reads this file by its name, from the folder it is started in."""

import os
import sys

from plugin.settings import Settings, SettingsError

try:
    settings = Settings.from_env(os.environ)
except SettingsError as error:
    sys.exit("\n".join(error.faults))

wsgi_app = "plugin.wsgi:app"
host = f"[{settings.bind}]" if ":" in settings.bind else settings.bind
bind = f"{host}:{settings.port}"
worker_class = "gthread"  # keeps connections alive, which `sync` does not
workers = settings.web_concurrency
threads = settings.web_threads
timeout = 60
graceful_timeout = 15
umask = 0o077
loglevel = "warning"
control_socket_disable = True  # its default path is shared by all instances of one user
forwarded_allow_ips = ""  # proxies are believed by the app itself, as TRUSTED_PROXIES says
