
import django.db.models.deletion
import matching.models.list_link
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('applicants', '0001_profile'),
        ('programs', '0002_hand_ids'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ApiKey',
            fields=[
                ('id', models.CharField(editable=False, max_length=150, primary_key=True, serialize=False, unique=True)),
                ('prefix', models.CharField(editable=False, max_length=8, unique=True)),
                ('hashed_key', models.CharField(editable=False, max_length=150)),
                ('created', models.DateTimeField(auto_now_add=True, db_index=True)),
                ('name', models.CharField(default=None, help_text='A free-form name for the API key. Need not be unique. 50 characters max.', max_length=50)),
                ('revoked', models.BooleanField(blank=True, default=False, help_text='If the API key is revoked, clients cannot use it anymore. (This cannot be undone.)')),
                ('expiry_date', models.DateTimeField(blank=True, help_text='Once API key expires, clients cannot use it anymore.', null=True, verbose_name='Expires')),
                ('scopes', models.JSONField(default=list, help_text='Any of: programs:read, match, cohorts, lists:read.')),
                ('rate', models.CharField(default='120/min', help_text='Requests a period, as in 120/min.', max_length=20)),
                ('networks', models.JSONField(blank=True, default=list, help_text='Networks it may be used from (CIDR); none listed: from anywhere.')),
                ('last_used_at', models.DateTimeField(editable=False, null=True)),
            ],
            options={
                'verbose_name': 'API key',
                'verbose_name_plural': 'API keys',
                'ordering': ('-created',),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='MatchRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('profile', models.JSONField()),
                ('options', models.JSONField()),
                ('season', models.CharField(max_length=4)),
                ('as_of', models.DateField(help_text="The day the applicant's dates are counted to.")),
                ('model_version', models.CharField(max_length=64)),
                ('data_version', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('queued', 'queued'), ('running', 'running'), ('done', 'done'), ('failed', 'failed')], default='queued', max_length=8)),
                ('reason', models.CharField(blank=True, help_text='Why it failed, fit to be shown.', max_length=200)),
                ('result', models.BinaryField(null=True)),
                ('claim_token', models.UUIDField(editable=False, null=True)),
                ('claimed_until', models.DateTimeField(help_text='The lease: after it anyone may claim the run.', null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('rung_at', models.DateTimeField(help_text='When a worker was last told of it.')),
                ('created_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'run',
                'ordering': ('-created_at', '-id'),
                'indexes': [models.Index(condition=models.Q(('state__in', ('queued', 'running'))), fields=['state', 'rung_at'], name='run_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('queued', 'running', 'done', 'failed'))), name='run_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('result__isnull', False), ('state', 'done')), models.Q(models.Q(('state', 'done'), _negated=True), ('result__isnull', True)), _connector='OR'), name='run_result_when_done'), models.CheckConstraint(condition=models.Q(models.Q(('claim_token__isnull', False), ('claimed_until__isnull', False), ('state', 'running')), models.Q(models.Q(('state', 'running'), _negated=True), ('claim_token__isnull', True), ('claimed_until__isnull', True)), _connector='OR'), name='run_claim_when_running'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('state', 'failed'), _negated=True), ('reason', '')), _connector='OR'), name='run_reason_when_failed'), models.CheckConstraint(condition=models.Q(models.Q(('finished_at__isnull', False), ('state__in', ('done', 'failed'))), models.Q(models.Q(('state__in', ('done', 'failed')), _negated=True), ('finished_at__isnull', True)), _connector='OR'), name='run_finished_when_over')],
            },
        ),
        migrations.CreateModel(
            name='Match',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('visitor', models.UUIDField(db_index=True, help_text='The session it was made in.', null=True)),
                ('explain', models.PositiveSmallIntegerField(default=25, help_text='How many rows are shown with gates and factors.')),
                ('created_at', models.DateTimeField()),
                ('api_key', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='matches', to='matching.apikey')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='matches', to=settings.AUTH_USER_MODEL)),
                ('profile', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='matches', to='applicants.profile')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='matches', to='matching.matchrun')),
            ],
            options={
                'verbose_name_plural': 'matches',
                'ordering': ('-created_at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='SavedList',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120)),
                ('visitor', models.UUIDField(db_index=True, null=True)),
                ('note', models.TextField(blank=True, max_length=2000)),
                ('token', models.CharField(default=matching.models.list_link.link_token, editable=False, max_length=64, unique=True)),
                ('created_at', models.DateTimeField()),
                ('updated_at', models.DateTimeField()),
                ('match', models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='lists', to='matching.match')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='saved_lists', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'saved list',
                'ordering': ('-created_at', 'id'),
            },
        ),
        migrations.CreateModel(
            name='ListEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('tier', models.CharField(blank=True, choices=[('safety', 'safety'), ('target', 'target'), ('reach', 'reach')], help_text='Blank where there are no odds.', max_length=8)),
                ('probability', models.FloatField(null=True)),
                ('low', models.FloatField(null=True)),
                ('high', models.FloatField(null=True)),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.program')),
                ('saved_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='matching.savedlist')),
            ],
            options={
                'verbose_name_plural': 'list entries',
                'ordering': ('saved_list', 'position'),
            },
        ),
        migrations.AddConstraint(
            model_name='match',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('api_key__isnull', True), ('owner__isnull', False), ('visitor__isnull', True)), models.Q(('api_key__isnull', True), ('owner__isnull', True), ('visitor__isnull', False)), models.Q(('api_key__isnull', False), ('owner__isnull', True), ('visitor__isnull', True)), _connector='OR'), name='match_one_owner'),
        ),
        migrations.AddConstraint(
            model_name='savedlist',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('owner__isnull', False), ('visitor__isnull', True)), models.Q(('owner__isnull', True), ('visitor__isnull', False)), _connector='OR'), name='list_one_owner'),
        ),
        migrations.AddConstraint(
            model_name='savedlist',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='list_has_name'),
        ),
        migrations.AddConstraint(
            model_name='listentry',
            constraint=models.UniqueConstraint(fields=('saved_list', 'program'), name='entry_program_once'),
        ),
        migrations.AddConstraint(
            model_name='listentry',
            constraint=models.UniqueConstraint(fields=('saved_list', 'position'), name='entry_position_once'),
        ),
        migrations.AddConstraint(
            model_name='listentry',
            constraint=models.CheckConstraint(condition=models.Q(('position__gte', 1)), name='entry_position_from_one'),
        ),
        migrations.AddConstraint(
            model_name='listentry',
            constraint=models.CheckConstraint(condition=models.Q(('tier__in', ('safety', 'target', 'reach', ''))), name='entry_tier_known'),
        ),
        migrations.AddConstraint(
            model_name='listentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('high__isnull', True), ('low__isnull', True), ('probability__isnull', True)), models.Q(('probability__gte', 0), ('probability__isnull', False), ('probability__lte', 1), ('low__gte', 0), ('low__isnull', False), ('low__lte', 1), ('high__gte', 0), ('high__isnull', False), ('high__lte', 1), ('low__lte', models.F('high'))), _connector='OR'), name='entry_range_whole'),
        ),
    ]
