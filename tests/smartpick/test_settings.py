import secrets
from pathlib import Path

import pytest
from django.conf import settings as running

from tests.smartpick.processes import python, setting

PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": secrets.token_urlsafe(64),
    "ALLOWED_HOSTS": "smartpick.example.org",
}


def test_start_debug_off_without_secret_key_refused() -> None:
    result = python("manage.py", "check", DEBUG="0")
    assert result.returncode != 0
    assert (
        "ImproperlyConfigured: Environment variable SECRET_KEY: must be set when DEBUG is off"
        in result.stderr
    )


@pytest.mark.parametrize(
    ("variables", "debug"),
    [({}, "True"), ({"SECRET_KEY": "x"}, "False"), ({"SECRET_KEY": "x", "DEBUG": "1"}, "True")],
)
def test_debug_is_on_only_without_a_secret_or_when_asked_for(variables: dict[str, str], debug: str) -> None:
    assert setting("settings.DEBUG", **variables) == debug


def test_start_unreadable_variable_names_it() -> None:
    result = python("manage.py", "check", TRUSTED_PROXIES="several")
    assert result.returncode != 0
    assert "Environment variable TRUSTED_PROXIES: must be a whole number, not 'several'" in result.stderr


def test_deployment_check_is_clean() -> None:
    result = python("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


def test_production_cookies_and_scheme_are_secure() -> None:
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT")
    assert [setting(f"settings.{name}", **PRODUCTION) for name in names] == ["True"] * 3


def test_https_can_be_left_to_trying_without_a_certificate() -> None:
    shown = setting("settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS", **PRODUCTION, USE_HTTPS="0")
    assert shown == "False 0"


@pytest.mark.parametrize(("proxies", "trusted"), [("0", "None"), ("1", "HTTP_X_FORWARDED_PROTO")])
def test_forwarded_scheme_is_believed_only_behind_a_proxy(proxies: str, trusted: str) -> None:
    header = "(settings.SECURE_PROXY_SSL_HEADER or [None])[0]"
    assert setting(header, **PRODUCTION, TRUSTED_PROXIES=proxies) == trusted


def test_without_redis_nothing_is_sent_and_the_cache_is_local() -> None:
    shown = setting("settings.CELERY_BROKER_URL, settings.CACHES['default']['BACKEND']")
    assert shown == "None django.core.cache.backends.locmem.LocMemCache"


def test_with_redis_broker_and_cache_are_there() -> None:
    expression = "settings.CELERY_BROKER_URL, settings.CACHES['default']['BACKEND']"
    shown = setting(expression, REDIS_URL="redis://127.0.0.1:6379/3")
    assert shown == "redis://127.0.0.1:6379/3 django.core.cache.backends.redis.RedisCache"


def test_start_loads_no_heavy_module() -> None:
    heavy = ("pandas", "sklearn", "scipy.stats", "celery", "reportlab", "xlsxwriter")
    result = python(
        "-c",
        f"import sys, django; django.setup(); print([m for m in {heavy!r} if m in sys.modules])",
        DJANGO_SETTINGS_MODULE="smartpick.settings",
    )
    assert result.stdout.strip() == "[]", result.stderr


def test_linear_algebra_has_one_thread_and_may_be_told_otherwise() -> None:
    show = ("-c", "import smartpick, os; print(os.environ['OPENBLAS_NUM_THREADS'])")
    assert python(*show).stdout.strip() == "1"
    assert python(*show, OPENBLAS_NUM_THREADS="4").stdout.strip() == "4"


def test_content_security_policy_allows_nothing_inline() -> None:
    directives = running.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives["default-src"] == ["'self'"]
    assert not {"script-src", "style-src", "style-src-attr"} & set(directives)


def test_fixtures_are_in_the_project() -> None:
    assert Path(running.FIXTURES_DIR).is_dir()
    assert (Path(running.FIXTURES_DIR) / "parameters.csv").is_file()


def test_mail_is_printed_while_trying_and_off_until_it_is_set() -> None:
    shown = "settings.EMAIL_BACKEND.split('.')[-2], settings.MAIL_WORKS"
    assert setting(shown) == "console True"
    assert setting(shown, **PRODUCTION) == "dummy False"
    assert setting(shown, **PRODUCTION, EMAIL_URL="file:///srv/mail") == "filebased True"


def test_start_mail_server_without_a_sender_refused() -> None:
    result = python("manage.py", "check", EMAIL_URL="smtps://mail.example.org")
    assert result.returncode != 0
    assert "EMAIL_FROM: must be set where EMAIL_URL names a mail server" in result.stderr


@pytest.mark.parametrize(
    ("variables", "address"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"PORT": "8080"}, "http://127.0.0.1:8080"),
        ({"SITE_URL": "https://pick.example.org/"}, "https://pick.example.org"),
        (
            {**PRODUCTION, "CSRF_TRUSTED_ORIGINS": "https://a.example.org,https://b.org"},
            "https://a.example.org",
        ),
        (PRODUCTION, ""),
    ],
)
def test_links_in_mail_lead_to_the_site_or_there_are_none(variables: dict[str, str], address: str) -> None:
    assert setting("settings.SITE_URL", **variables) == address


def test_session_lives_as_long_as_what_it_leads_to() -> None:
    assert setting("settings.SESSION_COOKIE_AGE // 86400", KEEP_VISITOR_DAYS="7") == "7"


def test_errors_tell_their_words_only_on_ones_own_machine() -> None:
    told = "settings.LOGGING['formatters']['line']['texts']"
    assert (setting(told), setting(told, **PRODUCTION)) == ("True", "False")
