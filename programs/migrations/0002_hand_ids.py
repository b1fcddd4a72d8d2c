"""Facts entered by hand get ids far above those the fixture files give, so the two never meet."""

from django.db import migrations

HAND_IDS_FROM = 1_000_000_000


def start_hand_ids(apps, schema_editor):
    table = apps.get_model("programs", "ProgramFact")._meta.db_table
    with schema_editor.connection.cursor() as cursor:
        if schema_editor.connection.vendor == "postgresql":
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s, false)", [table, HAND_IDS_FROM]
            )
        else:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, HAND_IDS_FROM - 1]
            )


class Migration(migrations.Migration):
    dependencies = [("programs", "0001_catalogue")]

    operations = [migrations.RunPython(start_hand_ids, migrations.RunPython.noop)]
