from django.apps import AppConfig
from django.conf import settings


class SmartpickConfig(AppConfig):
    name = "smartpick"

    def ready(self) -> None:
        # shared_task finds our Celery app only once it exists. Without a broker nothing is ever sent,
        # and the quarter second Celery takes to load is saved.
        if settings.REDIS_URL:
            from smartpick import celery  # noqa: F401, PLC0415
