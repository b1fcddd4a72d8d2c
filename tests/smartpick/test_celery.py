from celery import shared_task
from django.conf import settings

from smartpick.celery import app


def test_app_is_the_one_shared_tasks_use() -> None:
    @shared_task
    def probe() -> None: ...

    assert probe.app is app


def test_app_knows_the_tasks_beat_rings() -> None:
    app.loader.import_default_modules()
    rung = {entry["task"] for entry in app.conf.beat_schedule.values()}
    ours = (
        "ring_runs", "ring_cohorts", "ring_webhooks", "retention", "plan_reminders", "count_uses",
        "review_risks", "list_digests", "digest_mails",
    )  # fmt: skip
    assert rung == {*(f"matching.tasks.{name}" for name in ours), "programs.tasks.ring_imports"}
    assert rung <= set(app.tasks)


def test_app_gives_each_kind_of_work_a_line_of_its_own() -> None:
    """A worker without ``-Q`` takes from all of them in turn."""
    routes = {task: app.amqp.router.route({}, task)["queue"] for task in settings.CELERY_TASK_ROUTES}
    assert {task: (queue.name, queue.routing_key) for task, queue in routes.items()} == {
        "matching.tasks.score_run": ("matches", "matches"),
        "matching.tasks.score_cohorts": ("cohorts", "cohorts"),
        "matching.tasks.send_webhooks": ("webhooks", "webhooks"),
    }
    assert app.amqp.router.route({}, "matching.tasks.retention")["queue"].name == "celery"
    assert set(app.amqp.queues.consume_from) == {"celery", "matches", "cohorts", "webhooks"}
    assert app.conf.broker_transport_options.get("queue_order_strategy", "round_robin") == "round_robin"


def test_app_takes_json_only_and_acknowledges_late() -> None:
    assert app.conf.accept_content == ["json"]
    assert app.conf.task_serializer == "json"
    assert app.conf.task_acks_late is True
    assert app.conf.task_reject_on_worker_lost is True
    assert app.conf.result_backend is None
    assert app.conf.broker_transport_options["visibility_timeout"] > 2 * settings.RUN_LEASE_SECONDS
