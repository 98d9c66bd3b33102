"""Settings of the tracker, from the environment; docs/operating.md tells of each variable."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pghistory
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from dialogues.countries import ISO_CODES
from tracker import database, environment, mail

BASE_DIR = Path(__file__).resolve().parent.parent

# --- Who runs it, and how -------------------------------------------------------------------------

OWN_CODE = environment.text("OWN_CODE", "ID").upper()
if OWN_CODE not in ISO_CODES:
    raise ImproperlyConfigured(
        f"OWN_CODE is {OWN_CODE!r}; it has to be the ministry's own country, ISO 3166-1: ID."
    )
OWN_NAME = environment.text("OWN_NAME", "Indonesia")

DEBUG = environment.flag("DEBUG")
# Behind a proxy that ends TLS, which then has to set X-Forwarded-Proto and X-Forwarded-For itself.
TRUSTED_PROXY = environment.flag("TRUSTED_PROXY")

SECRET_KEY = environment.text("SECRET_KEY")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Give it 50 random characters and keep them secret; "
            "for development on your own machine set DEBUG=1 instead."
        )
    SECRET_KEY = "development-only-and-known-to-everybody"  # noqa: S105 - not a secret, and only with DEBUG

LOOPBACK_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", LOOPBACK_HOSTS)
CSRF_TRUSTED_ORIGINS = [
    f"https://{'*' * host.startswith('.')}{host}" for host in ALLOWED_HOSTS if host != "*"
]

# Addresses in mails cannot be taken from a request.
SITE_URL = mail.site_url(environment.text("SITE_URL"), ALLOWED_HOSTS, debug=DEBUG)

# --- Parts ----------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "dialogues",
    "tracker.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "pgtrigger",
    "pghistory",
    "rest_framework",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "tracker.apps.AxesConfig",
    "corsheaders",
    "csp",
]

MIDDLEWARE = [
    "tracker.middleware.TransportMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "tracker.middleware.PrivacyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "axes.middleware.AxesMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Widgets have templates of their own beside the pages' (and "django.forms" its own).
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database -------------------------------------------------------------------------------------

DATABASES = {"default": database.configuration(os.environ, BASE_DIR / ".postgres")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People and sessions --------------------------------------------------------------------------

AUTH_USER_MODEL = "dialogues.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

# Five wrong passwords for one name from one address close that pair for a quarter of an hour.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "registration/locked_out.html"
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = not DEBUG
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = not DEBUG
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = not DEBUG
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

# --- History --------------------------------------------------------------------------------------

# Events are read by record and by round (dialogues.models.history says which); nothing else in them
# is looked up, and an index on every relation would only make every write dearer.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(db_index=True)
# Reading writes no history, and a context is looked for before every query.
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
# dialogues' own migration installs a better one, which also says who wrote past the application.
PGHISTORY_INSTALL_CONTEXT_FUNC_ON_MIGRATE = False
PGTRIGGER_MIGRATIONS = True

# --- Publishing -----------------------------------------------------------------------------------

# Nobody publishes what they have written themselves (dialogues.workflow.steps).
FOUR_EYES = environment.flag("FOUR_EYES", default=True)

# --- Transport and headers ------------------------------------------------------------------------

# All but what stays within the machine; tracker.middleware tells why it redirects itself.
HTTPS_ONLY = not DEBUG
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SILENCED_SYSTEM_CHECKS = [
    "security.W008",  # HTTPS_ONLY does what SECURE_SSL_REDIRECT would
    "security.W021",  # that browsers' makers list the domain is for the domain's owner to ask
]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    },
}

# --- Bounds ---------------------------------------------------------------------------------------

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
# A form sends a part for each source, whether a file is chosen there or not.
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- Files ----------------------------------------------------------------------------------------

# What sources carry. No address leads into the folder; a view asks first who may see the round.
MEDIA_ROOT = Path(environment.text("MEDIA_ROOT", str(BASE_DIR / "media")))
LARGEST_FILE = environment.number("LARGEST_FILE_MB", 25) * 1024 * 1024
# What is imported in the admin, where somebody looks at it first; a command takes any size.
LARGEST_IMPORT = 20 * 1024 * 1024

# --- Caches ---------------------------------------------------------------------------------------

# In each process's own memory. What is kept until the record changes (dialogues.queries.kept) has
# one to itself, so that it cannot crowd out the throttle's counts.
CACHES = {
    name: {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": name,
        "OPTIONS": {"MAX_ENTRIES": 1000},
    }
    for name in ("default", "kept")
}

# --- Languages and time ---------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("id", _("Indonesian"))]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

# --- Static files ---------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Under development files are served from where they are written; else from where they were
# collected.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = DEBUG

# --- API ------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "dialogues.api.authentication.TokenAuthentication",
        "dialogues.api.authentication.SignedIn",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "dialogues.api.schema.ReadingSchema",
    "EXCEPTION_HANDLER": "dialogues.api.problems.handler",
    # `?format=` is the dialogue's format, a filter; renderers are chosen by `Accept` or suffix.
    "URL_FORMAT_OVERRIDE": None,
}

# Requests a minute, counted by each process; 0: no bound. From one address that has not signed in,
# with one token, and with tokens that let nobody in from one address.
API_ANONYMOUS_RATE = environment.number("API_ANONYMOUS_RATE", 6000)
API_TOKEN_RATE = environment.number("API_TOKEN_RATE", 6000)
API_FAILED_RATE = environment.number("API_FAILED_RATE", 30)

# The largest body that is read, in bytes.
API_LARGEST_BODY = environment.number("API_LARGEST_BODY", 5 * 1024 * 1024)

# Sites whose scripts may use the API with a token. Cookies stay out of it, and the pages too.
CORS_ALLOWED_ORIGINS = environment.origins("CORS_ORIGINS")
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_HEADERS = (
    "accept", "accept-language", "authorization", "content-type", "idempotency-key", "if-match",
    "if-none-match", "x-reason",
)  # fmt: skip
CORS_EXPOSE_HEADERS = (
    "allow", "content-language", "etag", "idempotency-replayed", "link", "location", "retry-after",
    "www-authenticate",
)  # fmt: skip
if CORS_ALLOWED_ORIGINS:
    # Before whatever might answer by itself.
    MIDDLEWARE.insert(1, "corsheaders.middleware.CorsMiddleware")

SPECTACULAR_SETTINGS = {
    "TITLE": "Dialogue tracker",
    "DESCRIPTION": (
        "Rounds of bilateral dialogues in the record format: "
        "what was said, agreed and done about it."
    ),
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SORT_OPERATION_PARAMETERS": False,
    # Answers are built from pydantic's declaration, whose enumerations have their names already.
    "POSTPROCESSING_HOOKS": [],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# --- Mail -----------------------------------------------------------------------------------------

globals().update(mail.configuration(environment.text("EMAIL_URL"), debug=DEBUG))
DEFAULT_FROM_EMAIL = environment.text("EMAIL_FROM", f"dialogues@{urlsplit(SITE_URL).hostname}")

# --- Logging --------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"without_keys": {"()": "tracker.logs.WithoutKeys"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_keys"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        "django.server": {"filters": ["without_keys"]},
        "dialogues": {"level": "INFO"},
    },
}
