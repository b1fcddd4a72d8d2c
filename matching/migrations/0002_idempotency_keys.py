import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("matching", "0001_runs_matches_lists_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="IdempotencyKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=255)),
                (
                    "request_digest",
                    models.CharField(help_text="Of what was asked; one name asks one thing.", max_length=64),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "api_key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="matching.apikey"
                    ),
                ),
                (
                    "match",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="matching.match"
                    ),
                ),
            ],
            options={
                "verbose_name": "idempotency key",
                "constraints": [
                    models.UniqueConstraint(fields=("api_key", "name"), name="idempotency_name_once"),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="idempotency_has_name"
                    ),
                ],
            },
        ),
    ]
