"""The site for the load run, with a bare view beside the real ones; settings come from the environment."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartpick.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

settings.ROOT_URLCONF = "tests.bench.urls_api"
application = get_wsgi_application()
