"""What the web server loads. The choice between Django and the answering endpoint is `doors`."""

import os
import signal

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

from qingyan.config.databases import share_connections
from qingyan.foundation.database.child import die_with_parent

if os.environ.get("QINGYAN_SUPERVISED"):
    die_with_parent(signal.SIGTERM)  # a worker must not outlive a web server that was killed
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qingyan.config.settings")
share_connections(settings.DATABASES)
django_application = get_wsgi_application()
# By name: models may be loaded only after Django is set up.
application = import_string("qingyan.config.doors.chosen_by_path")(django_application)
