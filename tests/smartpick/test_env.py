import pytest
from django.core.exceptions import ImproperlyConfigured

from smartpick.env import (
    EnvError,
    env_bool,
    env_choice,
    env_database,
    env_int,
    env_list,
    env_mail,
    env_rate,
    env_str,
    env_url,
)


@pytest.mark.parametrize("text", ["1", "true", "True", "YES", "on", " 1 "])
def test_bool_true_words(text: str) -> None:
    assert env_bool("X", default=False, environ={"X": text}) is True


@pytest.mark.parametrize("text", ["0", "false", "No", "OFF"])
def test_bool_false_words(text: str) -> None:
    assert env_bool("X", default=True, environ={"X": text}) is False


@pytest.mark.parametrize("environ", [{}, {"X": ""}, {"X": "  "}])
def test_readers_unset_or_blank_give_default(environ: dict[str, str]) -> None:
    assert env_bool("X", default=True, environ=environ) is True
    assert env_str("X", "fallback", environ=environ) == "fallback"
    assert env_int("X", 7, environ=environ) == 7
    assert env_list("X", ("a", "b"), environ=environ) == ["a", "b"]
    assert env_url("X", ("redis",), environ=environ) == ""


def test_bool_other_word_names_variable() -> None:
    with pytest.raises(EnvError, match=r"DEBUG: must be one of 1/0.*'perhaps'"):
        env_bool("DEBUG", default=False, environ={"DEBUG": "perhaps"})


def test_error_is_improperly_configured_and_keeps_name() -> None:
    with pytest.raises(ImproperlyConfigured) as caught:
        env_int("PORT", 1, environ={"PORT": "x"})
    assert isinstance(caught.value, EnvError)
    assert caught.value.name == "PORT"


def test_int_reads_within_bounds() -> None:
    assert env_int("X", 0, minimum=0, maximum=5, environ={"X": "5"}) == 5


@pytest.mark.parametrize(
    ("text", "message"),
    [("many", "whole number"), ("1.5", "whole number"), ("-1", "at least 0"), ("6", "at most 5")],
)
def test_int_refuses(text: str, message: str) -> None:
    with pytest.raises(EnvError, match=f"X: must be .*{message}"):
        env_int("X", 0, minimum=0, maximum=5, environ={"X": text})


def test_list_splits_and_strips() -> None:
    assert env_list("X", environ={"X": " a.org, b.org ,,"}) == ["a.org", "b.org"]


def test_choice_refuses_other_word() -> None:
    assert env_choice("LOG_LEVEL", "INFO", ("INFO", "ERROR"), environ={"LOG_LEVEL": "ERROR"}) == "ERROR"
    with pytest.raises(EnvError, match="LOG_LEVEL: must be one of INFO, ERROR, not 'LOUD'"):
        env_choice("LOG_LEVEL", "INFO", ("INFO", "ERROR"), environ={"LOG_LEVEL": "LOUD"})


def test_url_refuses_scheme_without_repeating_password() -> None:
    with pytest.raises(EnvError, match="REDIS_URL: must start with redis:// or rediss://") as caught:
        env_url("REDIS_URL", ("redis", "rediss"), environ={"REDIS_URL": "amqp://me:secret@host"})
    assert "secret" not in str(caught.value)


def test_database_default_is_sqlite_with_wal_and_immediate() -> None:
    database = env_database("DATABASE_URL", "sqlite:////srv/site.sqlite3", environ={})
    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert database["NAME"] == "/srv/site.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert database["OPTIONS"]["timeout"] == 20
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]


def test_database_url_options_win_over_defaults() -> None:
    environ = {"DATABASE_URL": "sqlite:///site.sqlite3?timeout=3"}
    database = env_database("DATABASE_URL", "", environ=environ)
    assert database["OPTIONS"]["timeout"] == 3
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.parametrize("text", ["", "  ", "5/min"])
def test_rate_reads_a_rate(text: str) -> None:
    assert env_rate("RATE", "120/hour", environ={"RATE": text}) == (text.strip() or "120/hour")


@pytest.mark.parametrize("text", ["often", "0/min", "5", "5/fortnight"])
def test_rate_refuses_what_is_none(text: str) -> None:
    with pytest.raises(EnvError, match="RATE: not a rate such as 120/min"):
        env_rate("RATE", "120/hour", environ={"RATE": text})


def test_database_postgresql_keeps_connections() -> None:
    environ = {"DATABASE_URL": "postgresql://me:p%40ss@db.example.org:5433/smartpick?sslmode=require"}
    database = env_database("DATABASE_URL", "", environ=environ)
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example.org", 5433, "smartpick")
    assert database["PASSWORD"] == "p@ss"
    assert database["OPTIONS"] == {"sslmode": "require"}
    assert database["CONN_MAX_AGE"] == 60
    assert database["CONN_HEALTH_CHECKS"] is True


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("mysql://me:secret@host/site", "must start with sqlite:// or postgres://"),
        ("site.sqlite3", "must start with"),
        ("postgresql://me:secret@host:port/site", "is not a URL such as"),
        ("postgresql://me:secret@host", "names no database"),
    ],
)
def test_database_refuses_without_repeating_password(url: str, message: str) -> None:
    with pytest.raises(EnvError, match=f"DATABASE_URL: {message}") as caught:
        env_database("DATABASE_URL", "", environ={"DATABASE_URL": url})
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "port", "use_tls", "use_ssl"),
    [
        ("smtp+tls://me:p%40ss@mail.example.org", 587, True, False),
        ("smtps://me:p%40ss@mail.example.org", 465, False, True),
        ("smtp://me:p%40ss@mail.example.org:2525", 2525, False, False),
    ],
)
def test_mail_server(url: str, port: int, use_tls: bool, use_ssl: bool) -> None:
    mail = env_mail("EMAIL_URL", environ={"EMAIL_URL": url})
    assert mail is not None
    assert mail.backend.endswith("smtp.EmailBackend")
    assert (mail.host, mail.port, mail.user, mail.password) == ("mail.example.org", port, "me", "p@ss")
    assert (mail.use_tls, mail.use_ssl) == (use_tls, use_ssl)
    assert "p@ss" not in repr(mail)


def test_mail_file_and_console_and_none() -> None:
    folder = env_mail("EMAIL_URL", environ={"EMAIL_URL": "file:///srv/mail%20out"})
    assert folder is not None
    assert (folder.backend.split(".")[-2], folder.folder) == ("filebased", "/srv/mail out")
    console = env_mail("EMAIL_URL", "console://", environ={})
    assert console is not None
    assert console.backend.endswith("console.EmailBackend")
    assert env_mail("EMAIL_URL", environ={"EMAIL_URL": " "}) is None


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("imap://me:secret@host", "must start with smtp://"),
        ("smtp://me:secret@host:port", "is not a URL such as"),
        ("smtps://", "names no mail server"),
        ("file:///", "names no folder"),
    ],
)
def test_mail_refuses_without_repeating_password(url: str, message: str) -> None:
    with pytest.raises(EnvError, match=f"EMAIL_URL: {message}") as caught:
        env_mail("EMAIL_URL", environ={"EMAIL_URL": url})
    assert "secret" not in str(caught.value)
