"""The WSGI door: /a/… goes to the lean answering endpoint, everything else to Django."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingyan.config.settings")
application = get_wsgi_application()
