from django.db import migrations, models


class Migration(migrations.Migration):
    """Whoever plans up to two seasons ahead may say when she will graduate."""

    dependencies = [("applicants", "0003_account_notice")]

    operations = [
        migrations.RemoveConstraint(model_name="profile", name="profile_graduation_range"),
        migrations.AddConstraint(
            model_name="profile",
            constraint=models.CheckConstraint(
                name="profile_graduation_range",
                condition=models.Q(graduation_year__isnull=True)
                | models.Q(
                    graduation_year__gte=1960,
                    graduation_year__lte=models.F("season") + 2,
                ),
            ),
        ),
    ]
