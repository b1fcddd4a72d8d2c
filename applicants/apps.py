from django.apps import AppConfig


class ApplicantsConfig(AppConfig):
    name = "applicants"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from applicants import signals  # noqa: F401, PLC0415
