"""The WSGI door: /a/… goes to the lean answering endpoint, everything else to Django."""

import os
import signal

from django.core.wsgi import get_wsgi_application

from qingyan.foundation.database.child import die_with_parent

if os.environ.get("QINGYAN_SUPERVISED"):
    die_with_parent(signal.SIGTERM)  # a worker must not outlive a web server that was killed
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingyan.config.settings")
application = get_wsgi_application()
