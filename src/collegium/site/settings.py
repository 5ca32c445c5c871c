"""Settings. All that differs between installations comes from the environment (docs/reference/settings.md)."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from collegium.site import databases, env, signing_key

PACKAGE = Path(__file__).resolve().parent.parent

DATA_DIR = env.folder(
    "COLLEGIUM_DATA_DIR",
    Path.cwd() / "var",
    meaning="where the embedded database, uploads and the signing key are kept",
    example="/var/lib/collegium",
)
DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)  # what is in it is about people, and for its owner alone
DEBUG = env.yes_no("COLLEGIUM_DEBUG", False, meaning="whether error pages show the inside; never on a server")
DEMO = env.yes_no("COLLEGIUM_DEMO", False, meaning="whether the demo community's one-click sign-in links work")
BASE_URL = env.web_address(
    "COLLEGIUM_BASE_URL",
    "http://127.0.0.1:8000",
    meaning="the address people reach the site at",
    example="https://collegium.example.org",
)
SECRET_KEY = env.text(
    "COLLEGIUM_SECRET_KEY",
    "",
    meaning="the key that signs sessions and links; without it one is made and kept in the data folder",
    example="a-long-random-text",
    secret=True,
) or signing_key.kept_secret_key(DATA_DIR)
ALLOWED_HOSTS = env.items(
    "COLLEGIUM_ALLOWED_HOSTS",
    [str(urlsplit(BASE_URL).hostname), "127.0.0.1", "localhost"],
    meaning="the host names the site answers to",
    example="collegium.example.org",
)
BEHIND_PROXY = env.yes_no(
    "COLLEGIUM_BEHIND_PROXY", False, meaning="whether a reverse proxy sets X-Forwarded-Proto and X-Forwarded-For"
)
IS_HTTPS = BASE_URL.startswith("https://")

# --- what it is made of -----------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "collegium.site",
    "collegium.base",
    "collegium.people",
    "collegium.talk",
    "collegium.listen",
    "collegium.connect",
    "collegium.intend",
    "collegium.decide",
    "collegium.enquire",
    "collegium.guide",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "csp",
    "template_partials",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "collegium.people.middleware.ActorMiddleware",
    "collegium.site.middleware.ErrorPagesMiddleware",
]
ROOT_URLCONF = "collegium.site.urls"
WSGI_APPLICATION = "collegium.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "collegium.site.context.shell",
                "collegium.site.appearance.read",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "collegium.site.components.tags",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- data -------------------------------------------------------------------------------------------------------------
DATABASES = databases.configure(
    env.database(
        "COLLEGIUM_DATABASE_URL",
        f"sqlite:///{DATA_DIR / 'collegium.sqlite3'}",
        meaning="where the data are kept: the embedded SQLite file, or a PostgreSQL server",
        example="postgres://collegium:password@127.0.0.1:5432/collegium",
    ),
    DATA_DIR,
)
DATABASE_ROUTERS = ["collegium.site.databases.AsideRouter"]
# A full cache throws entries out, the limits on guessing among them: a crowd of made-up addresses must not fill it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "collegium_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- language and time ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = env.text(
    "COLLEGIUM_LANGUAGE",
    "en-gb",
    meaning="the language of the site where a reader's browser asks for none",
    example="en-gb",
)
LANGUAGES = [("en", _("English")), ("en-gb", _("British English"))]
TIME_ZONE = env.text(
    "COLLEGIUM_TIME_ZONE", "Europe/London", meaning="the time zone of the community", example="America/Chicago"
)
USE_I18N = True
USE_TZ = True
LOCALE_PATHS = [PACKAGE / "locale"]

# --- assets -----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = DATA_DIR / "uploads"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "collegium.base.uploads.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- safety -----------------------------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "collegium_session"
CSRF_COOKIE_NAME = "collegium_csrf"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
# The base address may be a district's main domain: what its other hosts speak is not ours to say.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CSRF_FAILURE_VIEW = "collegium.site.views.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

# --- logs: no personal data; see collegium.base.logs ------------------------------------------------------------------
LOG_LEVEL = env.one_of(
    "COLLEGIUM_LOG_LEVEL",
    ("DEBUG", "INFO", "WARNING", "ERROR"),
    "INFO",
    meaning="how much is logged",
)
LOG_FORMAT = env.one_of(
    "COLLEGIUM_LOG_FORMAT", ("json", "plain"), "json", meaning="whether logs are JSON lines or plain lines"
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "collegium.base.logs.QuietJsonFormatter"},
        "plain": {"()": "collegium.base.logs.QuietFormatter"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": LOG_LEVEL, "propagate": False},
        "django.utils.autoreload": {"level": "WARNING"},
    },
}

# --- mail -------------------------------------------------------------------------------------------------------------
_mail = env.mail(
    "COLLEGIUM_EMAIL_URL",
    "console:",
    meaning="the mail server that codes and digests go out through",
    example="smtp+tls://user:password@mail.example.org:587",
)
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST = _mail["EMAIL_HOST"]
EMAIL_PORT = _mail["EMAIL_PORT"] or 25
EMAIL_HOST_USER = _mail["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS = _mail["EMAIL_USE_TLS"]
EMAIL_USE_SSL = _mail["EMAIL_USE_SSL"]
EMAIL_FILE_PATH = _mail["EMAIL_FILE_PATH"]
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text(
    "COLLEGIUM_EMAIL_FROM",
    "Collegium <collegium@localhost>",
    meaning="the sender of mail",
    example="Collegium <collegium@example.org>",
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- sign-in: collegium/people, built on django-allauth ---------------------------------------------------------------
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS  # browsers allow passkeys without https on this very machine alone
ALLAUTH_TRUSTED_PROXY_COUNT = NINJA_NUM_PROXIES = 1 if BEHIND_PROXY else 0
from collegium.site.sign_in import *  # noqa: E402, F403 one concept, a file of its own
