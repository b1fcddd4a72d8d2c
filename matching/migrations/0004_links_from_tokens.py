"""Each list's one private link becomes a row of its own, and each list gets its first version."""

from django.db import migrations


def fill(apps, schema_editor):
    lists = apps.get_model("matching", "SavedList")
    link, version = apps.get_model("matching", "ListLink"), apps.get_model("matching", "ListVersion")
    for row in lists.objects.exclude(token=None).iterator():
        link.objects.create(saved_list=row, token=row.token, mode="list", created_at=row.created_at)
    for row in lists.objects.prefetch_related("entries").iterator(chunk_size=200):
        entries = sorted(row.entries.all(), key=lambda entry: entry.position)
        version.objects.create(
            saved_list=row,
            number=row.version,
            entries=[
                {"program": entry.program_id, "signal": entry.signal, "status": entry.status, "note": entry.note}
                for entry in entries
            ],
            change="Saved",
            created_at=row.created_at,
        )


def back(apps, schema_editor):
    """The first link of each list is its token again; a list without one stays without."""
    for link in apps.get_model("matching", "ListLink").objects.order_by("-created_at", "-id").iterator():
        apps.get_model("matching", "SavedList").objects.filter(pk=link.saved_list_id).update(token=link.token)
    apps.get_model("matching", "ListLink").objects.all().delete()
    apps.get_model("matching", "ListVersion").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("matching", "0003_list_work")]

    operations = [migrations.RunPython(fill, back)]
