from django.apps import AppConfig
from django.db.models.signals import post_migrate


class MatchingConfig(AppConfig):
    name = "matching"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from matching import memberships, signals  # noqa: F401, PLC0415
        from matching.advisors import advisors_group_keep  # noqa: PLC0415

        post_migrate.connect(advisors_group_keep, sender=self, dispatch_uid="matching.advisors")
