"""Settings of one node, from a few environment variables; everything else is decided here, once.

JIAHE_HOME      folder of this node's data and keys (default: `var` in the working folder)
JIAHE_DATABASE  empty for the encrypted SQLite file in JIAHE_HOME, or postgres://user:password@host:port/name
JIAHE_AREA      code of the area this node serves (default: the demo county)
JIAHE_DEMO      1 for the demo: synthetic people, listed accounts, no second factor
JIAHE_HOSTS     names this node answers to, with commas
JIAHE_HTTPS     1 when a proxy in front speaks TLS: secure cookies, HSTS
JIAHE_TIMEZONE  time zone of the county (default: Asia/Shanghai)
"""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from jiahe.node.keys import secret


@dataclass(frozen=True, slots=True)
class Jiahe:
    """What distinguishes this node from another."""

    home: Path
    content: Path
    area: str
    demo: bool
    second_factor: bool
    https: bool


def _yes(name: str) -> bool:
    return os.environ.get(name, "") in {"1", "true", "yes"}


PROJECT = Path(__file__).resolve().parents[3]
_demo = _yes("JIAHE_DEMO")
JIAHE = Jiahe(
    home=Path(os.environ.get("JIAHE_HOME", "var")).resolve(),
    content=PROJECT / "content",
    area=os.environ.get("JIAHE_AREA", "411723"),
    demo=_demo,
    second_factor=not _demo,
    https=_yes("JIAHE_HTTPS"),
)

SECRET_KEY = secret(JIAHE.home / "keys" / "sessions.key").hex()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("JIAHE_HOSTS", "127.0.0.1,localhost,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "jiahe.ui",
    "jiahe.journal",
    "jiahe.places",
    "jiahe.staff",
    "jiahe.registry",
    "jiahe.indicators",
    "jiahe.node",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "jiahe.node.clock.request_instant",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "jiahe.node.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


def _database(url: str) -> dict[str, object]:
    if not url:
        return {
            "ENGINE": "jiahe.node.sqlcipher",
            "NAME": JIAHE.home / "jiahe.db",
            "OPTIONS": {
                "key": secret(Path(os.environ.get("JIAHE_KEY_FILE", JIAHE.home / "keys" / "database.key"))).hex(),
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
            },
            "CONN_MAX_AGE": None,
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
    }


DATABASES = {"default": _database(os.environ.get("JIAHE_DATABASE", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hant", _("Traditional Chinese")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [PROJECT / "src" / "jiahe" / "ui" / "locale"]
USE_TZ = True
TIME_ZONE = os.environ.get("JIAHE_TIMEZONE", "Asia/Shanghai")

STATIC_URL = "static/"
STATIC_ROOT = PROJECT / "build" / "static"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

AUTH_USER_MODEL = "staff.Credential"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = JIAHE.https
SECURE_HSTS_SECONDS = 31_536_000 if JIAHE.https else 0
if JIAHE.https:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
