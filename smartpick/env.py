"""Typed readers for environment variables.

Each reader names the variable in its error, says what was expected and never repeats a value that may be a
secret. A variable set to nothing counts as not set, so ``REDIS_URL= make run`` means "no Redis".
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from matching.api.key_rules import rate_parse

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off"})
DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")
SQLITE_OPTIONS: dict[str, Any] = {
    # Writers queue for the lock at BEGIN instead of failing half-way through a transaction.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # Readers never wait for the writer; NORMAL is durable against a crash of the process under WAL.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}

Environment = Mapping[str, str]


class EnvError(ImproperlyConfigured):
    """An environment variable that is missing or cannot be read."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"Environment variable {name}: {problem}")
        self.name = name


def env_str(name: str, default: str = "", *, environ: Environment = os.environ) -> str:
    return environ.get(name, "").strip() or default


def env_bool(name: str, default: bool, *, environ: Environment = os.environ) -> bool:
    text = env_str(name, environ=environ).lower()
    if not text:
        return default
    if text in TRUE_WORDS:
        return True
    if text in FALSE_WORDS:
        return False
    raise EnvError(name, f"must be one of 1/0, true/false, yes/no, on/off, not {text!r}")


def env_int(
    name: str,
    default: int,
    *,
    minimum: int | None = None,
    maximum: int | None = None,
    environ: Environment = os.environ,
) -> int:
    text = env_str(name, environ=environ)
    if not text:
        return default
    try:
        value = int(text)
    except ValueError:
        raise EnvError(name, f"must be a whole number, not {text!r}") from None
    if minimum is not None and value < minimum:
        raise EnvError(name, f"must be at least {minimum}, not {value}")
    if maximum is not None and value > maximum:
        raise EnvError(name, f"must be at most {maximum}, not {value}")
    return value


def env_list(name: str, default: tuple[str, ...] = (), *, environ: Environment = os.environ) -> list[str]:
    """Comma-separated words; blanks around and between them are dropped."""
    text = env_str(name, environ=environ)
    return [word.strip() for word in text.split(",") if word.strip()] if text else list(default)


def env_choice(
    name: str, default: str, choices: tuple[str, ...], *, environ: Environment = os.environ
) -> str:
    text = env_str(name, default, environ=environ)
    if text not in choices:
        raise EnvError(name, f"must be one of {', '.join(choices)}, not {text!r}")
    return text


def env_rate(name: str, default: str, *, environ: Environment = os.environ) -> str:
    """A number of requests a period, as in 120/min."""
    text = env_str(name, default, environ=environ)
    try:
        rate_parse(text)
    except ValueError as error:
        raise EnvError(name, str(error)) from None
    return text


def env_url(name: str, schemes: tuple[str, ...], *, environ: Environment = os.environ) -> str:
    """A URL of one of ``schemes``, or "" where none is set. Never repeats it: it may hold a password."""
    text = env_str(name, environ=environ)
    if text and text.partition("://")[0] not in schemes:
        raise EnvError(name, f"must start with {' or '.join(f'{scheme}://' for scheme in schemes)}")
    return text


def env_database(name: str, default: str, *, environ: Environment = os.environ) -> dict[str, Any]:
    """Django's settings for the database at a URL: SQLite or PostgreSQL."""
    url = env_url(name, DATABASE_SCHEMES, environ=environ) or default
    try:
        settings: dict[str, Any] = {**dj_database_url.parse(url)}
    except ValueError:
        raise EnvError(
            name, "is not a URL such as sqlite:///path or postgresql://user@host:port/name"
        ) from None
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"] = {**SQLITE_OPTIONS, **settings.get("OPTIONS", {})}
    else:
        settings["CONN_MAX_AGE"] = 60
        settings["CONN_HEALTH_CHECKS"] = True
    if not settings["NAME"]:
        raise EnvError(name, "names no database")
    return settings


@dataclass(frozen=True, slots=True)
class Mail:
    """Where mail goes; ``backend`` is Django's class for it."""

    backend: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = field(default="", repr=False)
    use_tls: bool = False
    use_ssl: bool = False
    folder: str | None = None


MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def env_mail(name: str, default: str = "", *, environ: Environment = os.environ) -> Mail | None:
    """Where mail goes: ``smtp+tls://user:password@host:587``, ``smtps://…``, ``smtp://…``, ``file:///folder``
    or ``console://``. None where nothing is said. Never repeats the URL: it may hold a password.
    """
    url = env_url(name, (*MAIL_PORTS, "file", "console"), environ=environ) or default
    if not url:
        return None
    try:
        parsed, port = urlsplit(url), urlsplit(url).port
    except ValueError:
        raise EnvError(name, "is not a URL such as smtp+tls://user:password@host:587") from None
    if parsed.scheme == "console":
        return Mail("django.core.mail.backends.console.EmailBackend")
    if parsed.scheme == "file":
        if not parsed.path.strip("/"):
            raise EnvError(name, "names no folder; write file:///path")
        return Mail("django.core.mail.backends.filebased.EmailBackend", folder=unquote(parsed.path))
    if not parsed.hostname:
        raise EnvError(name, "names no mail server")
    return Mail(
        "django.core.mail.backends.smtp.EmailBackend",
        host=parsed.hostname,
        port=port or MAIL_PORTS[parsed.scheme],
        user=unquote(parsed.username or ""),
        password=unquote(parsed.password or ""),
        use_tls=parsed.scheme == "smtp+tls",
        use_ssl=parsed.scheme == "smtps",
    )
