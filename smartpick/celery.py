"""The worker's entry point: ``celery -A smartpick worker`` and ``celery -A smartpick beat``."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartpick.settings")

app = Celery("smartpick")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# At a time of day, in UTC, so that a beat that is started anew each day still does them. Here and not in the
# settings, which every process reads and only these need Celery for.
app.conf.beat_schedule = {
    **app.conf.beat_schedule,
    "retention": {"task": "matching.tasks.retention", "schedule": crontab(hour=3, minute=17)},
    "count-uses": {"task": "matching.tasks.count_uses", "schedule": crontab(hour=3, minute=47)},
    "digest-mails": {"task": "matching.tasks.digest_mails", "schedule": crontab(hour=14, minute=35)},
    "plan-reminders": {"task": "matching.tasks.plan_reminders", "schedule": crontab(hour=14, minute=5)},
}
