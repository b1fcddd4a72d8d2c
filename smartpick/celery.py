"""The worker's entry point: ``celery -A smartpick worker`` and ``celery -A smartpick beat``."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartpick.settings")

app = Celery("smartpick")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
