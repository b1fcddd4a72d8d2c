"""Settings, from the environment only. README.md lists every variable."""

from pathlib import Path

from csp.constants import NONE, SELF
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

BASE_DIR = Path(__file__).resolve().parent.parent
FIXTURES_DIR = BASE_DIR / "fixtures"
VAR_DIR = BASE_DIR / "var"  # what a running site writes: the SQLite file, beat's schedule

# A fresh clone has no secret and is for trying; whoever sets a secret runs a site for others.
SECRET_KEY = env_str("SECRET_KEY")
DEBUG = env_bool("DEBUG", default=not SECRET_KEY)
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured("Environment variable SECRET_KEY: must be set when DEBUG is off")
    SECRET_KEY = "for-development-only"  # noqa: S105

ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", ("localhost", "127.0.0.1", "[::1]"))
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")
USE_HTTPS = env_bool("USE_HTTPS", default=not DEBUG)
# How many proxies of ours stand in front: their X-Forwarded headers are believed, nobody else's.
TRUSTED_PROXIES = env_int("TRUSTED_PROXIES", 0, minimum=0, maximum=10)

# The season applications are made for: named by the year of its Match week.
SEASON = str(env_int("SEASON", 2027, minimum=2027, maximum=2100))

INSTALLED_APPS = [
    "smartpick",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "allauth.mfa",
    "simple_history",
    "rest_framework",
    "rest_framework_api_key",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "programs",
    "applicants",
    "matching",
]
MIDDLEWARE = [
    "smartpick.request_id.RequestIdMiddleware",
    "smartpick.health.HealthMiddleware",
    "smartpick.api_middleware.ApiMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "matching.privacy.renewal.SessionRenewalMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "smartpick.staff.middleware.StaffMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]
ROOT_URLCONF = "smartpick.urls"
WSGI_APPLICATION = "smartpick.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "smartpick.context.site",
            ]
        },
    }
]

# Data
DATABASES = {"default": env_database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'smartpick.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env_url("REDIS_URL", ("redis", "rediss", "unix"))
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "smartpick",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        # What is more is thrown out at random, the counts of rates too.
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

# Runs. The run table is the truth and the broker a doorbell: no result backend, one id across the broker.
# Without a broker nothing is sent: a run is scored in process at commit.
CELERY_BROKER_URL = REDIS_URL or None
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,  # longer than any task: a message in work is not delivered again
    "socket_connect_timeout": 2,
    "socket_timeout": 5,
    "max_retries": 0,  # else sending to a broker that is down tries on for seconds, and a visitor waits
}
CELERY_TASK_PUBLISH_RETRY = False  # a lost ring is rung again by beat; a visitor does not wait for the broker
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SERIALIZER = "json"
# What somebody waits for, what takes long, and what waits for others' servers stand in lines of their own. A
# worker takes from all of them in turn, so that none holds up the others; `-Q` gives one to a worker alone.
CELERY_TASK_QUEUES: dict[str, dict[str, str]] = {
    name: {} for name in ("celery", "matches", "cohorts", "webhooks")
}
CELERY_TASK_ROUTES = {
    "matching.tasks.score_run": {"queue": "matches"},
    "matching.tasks.score_cohorts": {"queue": "cohorts"},
    "matching.tasks.send_webhooks": {"queue": "webhooks"},
}
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "ring-runs": {"task": "matching.tasks.ring_runs", "schedule": 30.0, "options": {"expires": 25.0}},
    "ring-cohorts": {
        "task": "matching.tasks.ring_cohorts",
        "schedule": 15.0,
        "options": {"expires": 12.0},
    },
    "ring-webhooks": {
        "task": "matching.tasks.ring_webhooks",
        "schedule": 15.0,
        "options": {"expires": 12.0},
    },
    "ring-imports": {"task": "programs.tasks.ring_imports", "schedule": 60.0, "options": {"expires": 50.0}},
    "list-digests": {"task": "matching.tasks.list_digests", "schedule": 30.0, "options": {"expires": 25.0}},
    "review-risks": {"task": "matching.tasks.review_risks", "schedule": 600.0, "options": {"expires": 500.0}},
}

# A worker holds a run for the lease and renews it between steps; after it anyone may take the run up. A ring
# counts as heard within the grace. A run begun this often without an end has failed.
RUN_LEASE_SECONDS = env_int("RUN_LEASE_SECONDS", 30, minimum=1, maximum=3600)
RUN_GRACE_SECONDS = 20
RUN_ATTEMPTS = 5

# How many days what is about people is kept, and after which moment: matching/privacy/registry.py.
KEEP_DAYS = {
    "visitor": env_int("KEEP_VISITOR_DAYS", 60, minimum=1, maximum=730),  # after the last visit
    "account": env_int("KEEP_ACCOUNT_DAYS", 730, minimum=30, maximum=3650),  # unused, before the mail
    "notice": env_int("KEEP_NOTICE_DAYS", 30, minimum=7, maximum=365),  # after the mail
    "unproven": env_int("KEEP_UNPROVEN_DAYS", 7, minimum=1, maximum=365),  # after an address was typed
    "link": env_int("KEEP_LINK_DAYS", 30, minimum=0, maximum=730),  # after a link's end
    "partner": env_int("KEEP_PARTNER_DAYS", 365, minimum=1, maximum=3650),  # after a partner stored it
    "request": env_int("KEEP_REQUEST_DAYS", 30, minimum=1, maximum=365),  # a partner's name for a request
    "desk": env_int("KEEP_DESK_DAYS", 365, minimum=1, maximum=3650),  # what was changed at the desk
    "cohort": env_int("KEEP_COHORT_DAYS", 14, minimum=1, maximum=365),  # after a cohort is over
    "delivery": env_int("KEEP_DELIVERY_DAYS", 30, minimum=1, maximum=365),  # after a partner was told
}
# Who runs the site, for the privacy page: an address of mail or of a page, or words. Without one it says so.
OPERATOR_CONTACT = env_str("OPERATOR_CONTACT")

# Partner API (owned by smartpick/api.py and what it names)
REST_FRAMEWORK: dict[str, object] = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["matching.api.keys.ApiKeyAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["smartpick.api_access.ScopeRequired"],
    "DEFAULT_THROTTLE_CLASSES": ["smartpick.api_access.ScopeThrottle"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "smartpick.api_rendering.JsonNegotiation",
    "DEFAULT_PARSER_CLASSES": ["smartpick.api_rendering.StrictJSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["smartpick.api_rendering.OrjsonRenderer"],
    "DEFAULT_PAGINATION_CLASS": "smartpick.api_pagination.ApiCursorPagination",
    "DEFAULT_SCHEMA_CLASS": "smartpick.api_schema.ApiSchema",
    "DEFAULT_METADATA_CLASS": None,  # OPTIONS is a method like any other: 405
    "EXCEPTION_HANDLER": "smartpick.api_errors.problem_handler",
    "URL_FORMAT_OVERRIDE": None,  # the Accept header alone chooses
    "NUM_PROXIES": TRUSTED_PROXIES,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
# Requests a period: without a key by address and scope; a key brings its own.
API_ANONYMOUS_RATES = {
    "programs:read": env_rate("API_RATE_PROGRAMS", "120/min"),
    "match": env_rate("API_RATE_MATCH", "60/min"),
}
# Keys that open nothing, by address; a good key gets in all the same.
API_RATE_WRONG_KEYS = env_rate("API_RATE_WRONG_KEYS", "30/min")
API_MAX_BODY_BYTES = 256 * 1024
API_PROBLEMS = "smartpick.api_problems.PROBLEMS"  # for the page that lists them
# Cohorts: how many applicants and bytes one may have, and how many of a partner's are worked on or wait.
COHORT_MAX_APPLICANTS = 50_000
COHORT_MAX_MB = env_int("COHORT_MAX_MB", 200, minimum=1, maximum=2000)
COHORTS_AT_ONCE = env_int("COHORTS_AT_ONCE", 5, minimum=1, maximum=1000)
# Webhooks to addresses that are not the public internet's: for trying on one's own machine alone.
WEBHOOK_PRIVATE_ADDRESSES = env_bool("WEBHOOK_PRIVATE_ADDRESSES", default=False)
SPECTACULAR_SETTINGS: dict[str, object] = {
    "TITLE": "SmartPick partner API",
    "VERSION": "1.0.0",
    "DESCRIPTION": (
        "Residency programs and, for one applicant, where to apply, with odds and reasons. "
        "How the odds are made, with every parameter and its source: [/method/](/method/)."
    ),
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": [
        "smartpick.api_schema.problems_describe",
        "matching.api.webhooks.docs.events_describe",
    ],
    "WEBHOOKS": [
        f"matching.api.webhooks.docs.{event}"
        for event in ("COHORT_FINISHED", "RUN_FINISHED", "CATALOGUE_CHANGED", "VERIFICATION")
    ],
}

# Mail. With DEBUG on it is printed; where nothing is said otherwise, pages say that no mail can be sent.
_mail = env_mail("EMAIL_URL", "console://" if DEBUG else "")
MAIL_WORKS = _mail is not None
EMAIL_BACKEND = _mail.backend if _mail else "django.core.mail.backends.dummy.EmailBackend"
EMAIL_HOST, EMAIL_PORT = (_mail.host, _mail.port) if _mail else ("", 0)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = (_mail.user, _mail.password) if _mail else ("", "")
EMAIL_USE_TLS, EMAIL_USE_SSL = (_mail.use_tls, _mail.use_ssl) if _mail else (False, False)
EMAIL_FILE_PATH = _mail.folder if _mail else None
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env_str("EMAIL_FROM", "SmartPick <smartpick@localhost>")
if EMAIL_HOST and not env_str("EMAIL_FROM"):
    raise EnvError("EMAIL_FROM", "must be set where EMAIL_URL names a mail server")

# Where the site is reached, for links in mail that nobody's request is there to tell of.
_port = env_int("PORT", 8000, minimum=1, maximum=65535)
SITE_URL = (
    env_url("SITE_URL", ("http", "https"))
    or (CSRF_TRUSTED_ORIGINS[0] if CSRF_TRUSTED_ORIGINS else "")
    or (f"http://127.0.0.1:{_port}" if DEBUG else "")
).rstrip("/")

# Accounts. An address is proven before the account is anybody's: a mistyped one would hand her work to a
# stranger. Nothing is lost meanwhile, as the work stays with the session. Codes are typed where they were
# asked for, so no link that opens an account lies in a mailbox or a log.
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/lists/"
LOGOUT_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "matching.accounts.adapter.AccountAdapter"
ACCOUNT_USER_DISPLAY = "matching.accounts.adapter.user_display"
ACCOUNT_FORMS = {
    name: f"matching.accounts.forms.{form}"
    for name, form in {
        "login": "LoginForm",
        "signup": "SignupForm",
        "add_email": "AddEmailForm",
        "change_email": "ChangeEmailForm",
        "change_password": "ChangePasswordForm",
        "set_password": "SetPasswordForm",
        "reset_password": "ResetPasswordForm",
        "reset_password_from_key": "ResetPasswordKeyForm",
        "reauthenticate": "ReauthenticateForm",
        "confirm_email_verification_code": "EmailCodeForm",
        "confirm_password_reset_code": "ResetCodeForm",
    }.items()
}
ACCOUNT_LOGIN_METHODS = {
    "email",
    "username",
}  # a name: staff, and accounts that have no address
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
# The second factor. Whoever wants one may have it; the staff must, where the site is run for others.
STAFF_TWO_FACTOR = env_bool("STAFF_TWO_FACTOR", default=not DEBUG)
STAFF_IDLE_MINUTES = env_int("STAFF_IDLE_MINUTES", 15, minimum=1, maximum=720)
MFA_ADAPTER = "matching.accounts.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody gets in before her address is proven, the staff apart
MFA_FORMS = {
    name: f"matching.accounts.factor_forms.{form}"
    for name, form in {
        "authenticate": "FactorForm",
        "reauthenticate": "FactorAgainForm",
        "activate_totp": "FactorSetUpForm",
    }.items()
}
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Security
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = USE_HTTPS
# What an applicant without an account made is kept as long as the cookie that leads to it, both counted from
# her last visit.
SESSION_COOKIE_AGE = KEEP_DAYS["visitor"] * 60 * 60 * 24
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if USE_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = USE_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Nothing inline and nothing from elsewhere; a view that cannot live so widens it for itself alone.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Static files
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = None if DEBUG else BASE_DIR / "staticfiles"  # with DEBUG on files are served where they lie
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Language and time
LANGUAGE_CODE = "en-us"
USE_TZ = True
USE_I18N = False  # one language: nothing is looked up for every number that is shown
TIME_ZONE = "UTC"

# A list of 300 programs is one form: place, signal, status and note of each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1500
# How large a file the data desk takes. It is held to this before it is read.
IMPORT_MAX_MB = env_int("IMPORT_MAX_MB", 25, minimum=1, maximum=100)

LOG_LEVEL = env_choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "smartpick.logs.RequestIdFilter"},
        "route": {"()": "smartpick.logs.RouteFilter"},
    },
    "formatters": {
        "line": {
            "()": "smartpick.logs.OneLineFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s",
            "texts": DEBUG,  # an error's own words may hold what somebody typed
        }
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "filters": ["request_id", "route"], "formatter": "line"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        **{
            app: {"level": LOG_LEVEL} for app in ("smartpick", "programs", "applicants", "matching", "celery")
        },
        # Our access line says it with the route instead of the path.
        "django.server": {"handlers": [], "level": "CRITICAL", "propagate": True},
        "django.request": {"handlers": [], "level": "ERROR", "propagate": True},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
    },
}
