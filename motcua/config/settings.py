"""Settings of one deployment, read from the environment.

Every variable is listed in the README's configuration table. Nothing secret has a default in production: the runner
makes keys in ``DATA_DIR/keys.json`` for a single machine, a large installation passes them in.
"""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from motcua.config.settings_accounts import *  # noqa: F403 - one coherent block of login settings

REPOSITORY = Path(__file__).resolve().parent.parent.parent
PACKAGE = REPOSITORY / "motcua"


def _flag(name: str, default: str = "0") -> bool:
    return os.environ.get(name, default).lower() in {"1", "true", "yes", "on"}


PRODUCTION = _flag("PRODUCTION")
TESTING = _flag("MOTCUA_TESTING")
DATA_DIR = Path(os.environ.get("DATA_DIR", REPOSITORY / "data")).resolve()
PROVINCES_DIR = REPOSITORY / "provinces"
PROVINCE = os.environ.get("PROVINCE") or (PROVINCES_DIR / "default").read_text(encoding="utf-8").strip()
DEMO = _flag("DEMO", "0" if PRODUCTION else "1")
SANDBOX = _flag("SANDBOX", "0" if PRODUCTION else "1") and not PRODUCTION
DEBUG = False
DEBUG_GALLERY = _flag("GALLERY", "0" if PRODUCTION else "1")


def _keys() -> dict[str, str]:
    """Keys from the environment first, then from the file the runner made."""
    path = DATA_DIR / "keys.json"
    stored: dict[str, str] = json.loads(path.read_text()) if path.is_file() else {}
    keys = {name: os.environ.get(name) or stored.get(name, "") for name in ("SECRET_KEY", "LOOKUP_KEY", "AUDIT_KEY")}
    if PRODUCTION and not all(keys.values()):
        missing = ", ".join(name for name, value in keys.items() if not value)
        raise RuntimeError(f"Set {missing} (or provide {path}): production never runs on default keys.")
    return {name: value or f"development-only-{name.lower()}" for name, value in keys.items()}


_KEYS = _keys()
SECRET_KEY = _KEYS["SECRET_KEY"]
LOOKUP_KEY = _KEYS["LOOKUP_KEY"]
AUDIT_KEY = _KEYS["AUDIT_KEY"]

BASE_URL = os.environ.get("BASE_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = [
    host.strip() for host in os.environ.get("ALLOWED_HOSTS", "" if PRODUCTION else "*").split(",") if host.strip()
]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "motcua.base",
    "motcua.audit",
    "motcua.files",
    "motcua.accounts",
    "motcua.agencies",
    "motcua.eforms",
    "motcua.notifications",
    "motcua.papers",
    "motcua.parcels",
    "motcua.reception",
    "motcua.procedures",
    "motcua.policy",
    "motcua.dossiers",
    "motcua.archive",
    "motcua.feedback",
    "motcua.gateways",
    "motcua.ui",
    "motcua.portal",
    "motcua.desk",
    "motcua.console",
    "motcua.api",
    "motcua.jobs",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "motcua.ui.middleware.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "motcua.ui.middleware.DoorMiddleware",
    "motcua.ui.middleware.IncidentMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "motcua.portal.idle.IdleMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "motcua.portal.resume_post.ResumePostMiddleware",
    "motcua.config.middleware.ClosedByDefaultMiddleware",
    "motcua.config.middleware.ActorMiddleware",
    "motcua.ui.middleware.DisplayMiddleware",
    "motcua.config.middleware.PermissionMiddleware",
    "motcua.ui.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "motcua.config.urls"
WSGI_APPLICATION = "motcua.config.wsgi.application"
AUTH_USER_MODEL = "accounts.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "motcua.ui.context.site",
            ],
        },
    }
]


def _database(url: str) -> dict[str, Any]:
    """Django's database entry from a ``postgresql://`` address."""
    parts = urlsplit(url)
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    host = query.pop("host", None) or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or query.pop("port", "") or ""),
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **query,
            # A bounded pool keeps the number of connections known; it reconnects after a database restart.
            **({} if TESTING else {"pool": {"min_size": 2, "max_size": 8, "timeout": 10}}),
        },
    }


def _database_url() -> str:
    if url := os.environ.get("DATABASE_URL"):
        return url
    from motcua.config.postgres import database_url

    return database_url(DATA_DIR) or "postgresql://motcua@localhost/motcua"


DATABASES = {"default": _database(_database_url())}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA_DIR / "files")},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "motcua.ui.storage.ModuleStorage"
    },
}
WHITENOISE_USE_FINDERS = TESTING

# Uploads: refused before reading beyond this; a single paper is limited further by its requirement.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 512 * 1024
UPLOAD_MAX_BYTES = int(os.environ.get("UPLOAD_MAX_BYTES", str(20 * 1024 * 1024)))
# A whole request, several papers in one form included; what is longer is refused unread.
REQUEST_MAX_BYTES = 3 * UPLOAD_MAX_BYTES + DATA_UPLOAD_MAX_MEMORY_SIZE
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "motcua.files.handlers.CappedUploadHandler",
]
SCANNER = os.environ.get("SCANNER", "none")
SCANNER_URL = os.environ.get("SCANNER_URL", "")

# Addresses (or networks) of the proxies in front; only their forwarded headers are believed (ASVS 4.1.3).
TRUSTED_PROXIES = [proxy.strip() for proxy in os.environ.get("TRUSTED_PROXIES", "").split(",") if proxy.strip()]

# Look-ups allowed to one network in ten minutes (promise G7).
LOOKUP_TRIES = int(os.environ.get("LOOKUP_TRIES", "60"))

PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"] if TESTING else ["motcua.accounts.hashers.ModestArgon2Hasher"]
)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _flag("SECURE_COOKIES", "1" if PRODUCTION else "0")
SESSION_COOKIE_NAME = "__Host-phien" if SESSION_COOKIE_SECURE else "phien"
CSRF_COOKIE_NAME = "__Host-csrf" if CSRF_COOKIE_SECURE else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
CSRF_FAILURE_VIEW = "motcua.ui.errors.csrf_failure"

SMTP_URL = os.environ.get("SMTP_URL", "smtp://127.0.0.1:1025")
SMS_URL = os.environ.get("SMS_URL", "http://127.0.0.1:1026")
SMS_KEY = os.environ.get("SMS_KEY", "sandbox")
MAIL_GATEWAY = os.environ.get("MAIL_GATEWAY", "")
SMS_GATEWAY = os.environ.get("SMS_GATEWAY", "")
CARRIER_GATEWAY = os.environ.get("CARRIER_GATEWAY", "")
CARRIER_URL = os.environ.get("CARRIER_URL", "")
CARRIER_KEY = os.environ.get("CARRIER_KEY", "sandbox")
# Signs what the carrier calls back with. Without a secret of one's own no callback is believed in production.
CARRIER_SECRET = os.environ.get("CARRIER_SECRET", "" if PRODUCTION else "sandbox")
# Databases of the state through the province's data-sharing platform; without an address nothing is offered.
REGISTERS_GATEWAY = os.environ.get("REGISTERS_GATEWAY", "")
REGISTERS_URL = os.environ.get("REGISTERS_URL", "")
REGISTERS_KEY = os.environ.get("REGISTERS_KEY", "" if PRODUCTION else "sandbox")
REGISTERS_SECRET = os.environ.get("REGISTERS_SECRET", "" if PRODUCTION else "sandbox")
# The national portal as provider of identity (OpenID Connect). Without address, id and secret its button is not there.
NATIONAL_URL = os.environ.get("NATIONAL_URL", "").rstrip("/")
NATIONAL_CLIENT_ID = os.environ.get("NATIONAL_CLIENT_ID", "" if PRODUCTION else "sandbox")
NATIONAL_CLIENT_SECRET = os.environ.get("NATIONAL_CLIENT_SECRET", "" if PRODUCTION else "sandbox")
NATIONAL_ACR = os.environ.get("NATIONAL_ACR", "")
MAIL_FROM = os.environ.get("MAIL_FROM", "mot-cua@example.gov.vn")
SANDBOX_CARRIER = os.environ.get("SANDBOX_CARRIER_HTTP", "") if SANDBOX else ""
# Secrets shared with ministries' systems, "key=secret" separated by semicolons; the twin has its own.
MINISTRY_SECRETS = dict(
    pair.strip().split("=", 1) for pair in os.environ.get("MINISTRY_SECRETS", "").split(";") if "=" in pair
)
SANDBOX_MINISTRY = os.environ.get("SANDBOX_MINISTRY_HTTP", "") if SANDBOX else ""
SANDBOX_DIR = DATA_DIR / "sandbox"


def _site() -> dict[str, Any]:
    """The province's identity, from its preset; nothing about a province is written in code. A preset that is not there
    or cannot be read ends the command with one line."""
    path = PROVINCES_DIR / f"{PROVINCE}.toml"
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in PROVINCES_DIR.glob("*.toml")))
        raise SystemExit(f"PROVINCE={PROVINCE} is unknown. Choose one of: {known}")
    try:
        site: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))["site"]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SystemExit(f"{path}: {error}") from error
    except KeyError as error:
        raise SystemExit(f"{path}: there is no [site], which says who the province is.") from error
    return {**site, "demo": DEMO}


SITE = _site()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "motcua.config.logs.OneLineFormatter"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["out"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
