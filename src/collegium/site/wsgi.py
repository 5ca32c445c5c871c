"""The WSGI application."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collegium.site.settings")
application = get_wsgi_application()

# After the settings, which the line above loads.
from collegium.base import registries  # noqa: E402

registries.ask_rooms()
