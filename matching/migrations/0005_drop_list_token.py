from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("matching", "0004_links_from_tokens")]

    operations = [migrations.RemoveField(model_name="savedlist", name="token")]
