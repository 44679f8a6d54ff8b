"""Settings of one node, from a few environment variables; everything else is decided here, once.

JIAHE_HOME      folder of this node's data and keys (default: `var` in the working folder)
JIAHE_DATABASE  empty for the encrypted SQLite file in JIAHE_HOME, or postgres://user:password@host:port/name
JIAHE_KEY_FILE  the encrypted file's key, where it is not kept in JIAHE_HOME/keys; blobs.key lies beside it
JIAHE_HOSTS     names this node answers to, with commas
JIAHE_HTTPS     1 when a proxy in front speaks TLS: secure cookies, HSTS
JIAHE_TIMEZONE  time zone of the county (default: Asia/Shanghai)
JIAHE_CABLE     in a demo of several nodes: the file that says that the line to the node above is cut
JIAHE_PIPE_KEY  set by the courier for the nats-server it starts: the key of what that keeps on disk

Which area a node serves, and whether it is the demo, was said once when it was set up and stands in its `node.toml`.
"""

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from jiahe.node.keys import secret


@dataclass(frozen=True, slots=True)
class Jiahe:
    """What distinguishes this node from another.

    `listen`: the address at which its pipe takes those below, `reach` how they call it; `above`: the address of the
    pipe above; `cluster`: addresses of a JetStream cluster that takes the place of its own pipe. `reports`: its sums go
    up to a city. `cable`: in a demo of several nodes, the file that says whether the line to the node above is cut.
    """

    home: Path
    blob_key: Path
    content: Path
    area: str
    level: str
    demo: bool
    reports: bool
    second_factor: bool
    https: bool
    listen: str
    reach: str
    above: str
    cluster: str
    replicas: int
    cable: str

    @property
    def has_neighbours(self) -> bool:
        """Whether there are other nodes, or may be."""
        return bool(self.listen or self.above or self.cluster)


PROJECT = Path(__file__).resolve().parents[3]


def _key_file(home: Path) -> Path:
    return Path(os.environ.get("JIAHE_KEY_FILE", home / "keys" / "database.key"))


def _node() -> Jiahe:
    home = Path(os.environ.get("JIAHE_HOME", "var")).resolve()
    said = home / "node.toml"
    node = tomllib.loads(said.read_text("utf-8")) if said.exists() else {}
    demo = bool(node.get("demo", False))
    return Jiahe(
        home=home,
        blob_key=_key_file(home).with_name("blobs.key"),
        content=PROJECT / "content",
        area=str(node.get("area", "411723")),
        level=str(node.get("level", "county")),
        demo=demo,
        reports=bool(node.get("reports", False)),
        second_factor=not demo,
        https=os.environ.get("JIAHE_HTTPS", "") == "1",
        listen=str(node.get("listen", "")),
        reach=str(node.get("reach", "")),
        above=str(node.get("above", "")),
        cluster=str(node.get("cluster", "")),
        replicas=int(node.get("replicas", 1)),
        cable=os.environ.get("JIAHE_CABLE", ""),
    )


JIAHE = _node()

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
    "jiahe.window",
    "jiahe.conduct",
    "jiahe.indicators",
    "jiahe.exchange",
    "jiahe.network",
    "jiahe.node",
]

# The order matters: headers on every answer; the instant before anybody asks for it; the language before any sentence;
# staff before `once`, so that a form of somebody signed out is kept instead of being refused.
MIDDLEWARE = [
    "jiahe.ui.headers.security_headers",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "jiahe.node.clock.request_instant",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "jiahe.ui.preferences.preferences",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "jiahe.ui.respond.keep_message",
    "allauth.account.middleware.AccountMiddleware",
    "jiahe.ui.oversize.refuse_oversized",
    "jiahe.ui.problems.ProblemMiddleware",
    "jiahe.node.admission.staff",
    "jiahe.node.levels.LevelMiddleware",
    "jiahe.journal.once.OnceMiddleware",
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
                "jiahe.ui.frame.context",
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
                "key": secret(_key_file(JIAHE.home)).hex(),
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

STATIC_URL = "/static/"
STATIC_ROOT = PROJECT / "build" / "static"
STATICFILES_DIRS = [PROJECT / "build" / "assets"]
STORAGES = {"staticfiles": {"BACKEND": "jiahe.ui.storage.SmallStatic"}}

FORM_RENDERER = "jiahe.ui.renderer.Forms"
UI_FRAME = "jiahe.node.frame.frame"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# Files that are sent stay in memory (`ui.oversize` bounds them): on the disk they would lie there unencrypted.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 22 * 1024 * 1024

AUTH_USER_MODEL = "staff.Credential"
AUTHENTICATION_BACKENDS = ["jiahe.staff.admission.StaffBackend"]
PASSWORD_HASHERS = ["jiahe.staff.passwords.OwaspArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("UserAttributeSimilarityValidator", {"user_attributes": ["username"]}),
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "jiahe.staff.admission.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = False  # ours: staff.attempts
MFA_ADAPTER = "jiahe.staff.admission.SecondFactorAdapter"
MFA_TOTP_ISSUER = "Jiahe"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True

# Staff ends sessions sooner (30 minutes idle, 12 hours in all); the row stays so that a form's draft finds its officer.
SESSION_COOKIE_AGE = 36 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "jiahe.ui.errors.form_expired"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = JIAHE.https
SECURE_HSTS_SECONDS = 31_536_000 if JIAHE.https else 0
if JIAHE.https:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# The log sees codes and places, never what somebody typed.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
