"""Django's settings, shaped from the one typed Environment (`env`).

Decides: applications, middleware order, security headers, databases, sign-in limits. Reads no variable itself.
Neighbours: `sign_in` (closed adapter, lockout key), `log_lines` (what a log line may hold), `urls`, `health`.
"""

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from qingyan.config.databases import databases
from qingyan.config.env import Environment, Mode

QINGYAN = Environment.read(os.environ)
QINGYAN_MASTER_KEY = QINGYAN.master_key.get_secret_value()  # 32 bytes: wraps the data keys
QINGYAN_PREVIOUS_MASTER_KEYS = tuple(key.get_secret_value() for key in QINGYAN.previous_master_keys)
QINGYAN_INDEX_KEY = QINGYAN.index_key.get_secret_value()  # 32 bytes: blind indexes
QINGYAN_CHECKPOINT_KEY = (
    QINGYAN.checkpoint_key.get_secret_value()
)  # 32 bytes: seed of the Ed25519 key of audit checkpoints
QINGYAN_CIPHER = QINGYAN.cipher  # "aes-256-gcm" or "sm4-gcm"
QINGYAN_WEBHOOK_HOSTS = frozenset(QINGYAN.webhook_hosts)  # the only hosts that group robots may stand on
QINGYAN_WEBHOOK_LOOPBACK = QINGYAN.webhook_loopback  # tests: this machine too
QINGYAN_DATA_DIR = QINGYAN.data_dir  # absolute: embedded database, checkpoints, uploads

PACKAGE = Path(__file__).resolve().parent.parent
BUILT_FRONT_END = PACKAGE / "ui" / "static" / "dist"

SECRET_KEY = QINGYAN.secret_key.get_secret_value()
DEBUG = QINGYAN.debug
ALLOWED_HOSTS = [*QINGYAN.allowed_hosts, *(["testserver"] if QINGYAN.mode is Mode.TEST else [])]
ROOT_URLCONF = "qingyan.config.urls"
WSGI_APPLICATION = "qingyan.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "qingyan.ui",  # before allauth: its sign-in pages wear our look
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",  # Simple: the loader chain below is ours
    "django_cotton.apps.SimpleAppConfig",
    "django_vite",
    "csp",
    "procrastinate.contrib.django",
    "qingyan.foundation.access",
    "qingyan.foundation.audit",
    "qingyan.foundation.crypto",
    "qingyan.foundation.jobs",
    "qingyan.foundation.sending",
    "qingyan.foundation.web",
    "qingyan.organisations",
    "qingyan.people",
    "qingyan.notifications",
    "qingyan.instruments",
    "qingyan.archives",
    "qingyan.consent",
    "qingyan.screening",
    "qingyan.concerns",
    "qingyan.alerts",
    "qingyan.cases",
    "qingyan.papers",
    "qingyan.early_warning",
    "qingyan.insight",
    "qingyan.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",  # first, so that static files get its headers too
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "qingyan.foundation.web.wrong_method.wrong_method_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "qingyan.foundation.web.middleware.ScopeMiddleware",
    "qingyan.foundation.sending.sent_once.sent_once",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            # template_partials wraps everything (it splits "page.html#rows"); cotton reads first (it compiles <c-… />).
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
                "qingyan.config.context.page",
            ],
        },
    }
]
COTTON_DIR = "ui"
COTTON_SNAKE_CASED_NAMES = False

DATABASES = databases(QINGYAN)
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"  # each domain's background entries
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# Language, time
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = "qingyan.config.formats"

# Static files: served from the packages themselves; the Vite build names its files by content
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/dist/assets/.+-[\w-]{8,}\.\w+$"
DJANGO_VITE = {"default": {"manifest_path": BUILT_FRONT_END / "manifest.json", "static_url_prefix": "dist"}}

# Sign-in of staff
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first: refuses before a password is compared
    "django.contrib.auth.backends.ModelBackend",
]
if QINGYAN.mode is Mode.TEST:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # hundreds of sign-ins; production: PBKDF2
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "qingyan.config.sign_in.ClosedAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "login"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
# A computer room of 50 stands behind one address, so a limit by address alone would lock a school. Addresses are only
# braked at a pace no room reaches; axes stops guessing per person AND address, `key` slows it per person from anywhere.
ACCOUNT_RATE_LIMITS = {
    "login": "1200/m/ip",
    "login_failed": "1200/m/ip,100/15m/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = QINGYAN.trusted_proxies
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "青檐"
MFA_ADAPTER = "qingyan.config.second_factor.SealedAdapter"
MFA_FORMS = {
    "authenticate": "qingyan.config.second_factor.SecondFactorForm",
    "reauthenticate": "qingyan.config.second_factor.SecondFactorAgainForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses come from the administrator and open no door
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "qingyan.config.sign_in.login_of"
AXES_CLIENT_IP_CALLABLE = "qingyan.config.sign_in.address_of"
AXES_SENSITIVE_PARAMETERS = ["login", "username", "password"]
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True  # the audit trail records sign-ins; one place is enough

# Cookies: "__Host-" ties them to this host and HTTPS, which only production has
SESSION_COOKIE_NAME = "__Host-qingyan" if QINGYAN.in_production else "qingyan"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = QINGYAN.in_production
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600  # one working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-csrf" if QINGYAN.in_production else "csrf"
CSRF_TRUSTED_ORIGINS = [QINGYAN.base_url]

# Headers
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = (
    "same-origin"  # nothing leaves the house; "no-referrer" would make browsers post with Origin: null
)
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if QINGYAN.in_production:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|version)$"]  # asked by the balancer over plain HTTP
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = False  # the neighbours on the domain are not ours to bind
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if QINGYAN.trusted_proxies else None
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    }
}

# Uploads: a roster of 200,000 rows is about 30 MB; bigger files are refused before they are read
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# Mail
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD, EMAIL_USE_SSL, EMAIL_USE_TLS = (
    QINGYAN.mail()
)
EMAIL_FILE_PATH = QINGYAN.data_dir / "mail"  # of file:// only
EMAIL_TIMEOUT = 10  # seconds; a mail server that hangs must not hold a worker
DEFAULT_FROM_EMAIL = SERVER_EMAIL = QINGYAN.email_from
ADMINS: list[tuple[str, str]] = []  # error mails would carry personal data out of the house

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {"()": "qingyan.config.log_lines.LineFormatter", "messages_of_errors": not QINGYAN.in_production}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": False},
        "axes": {"level": "WARNING"},
        "procrastinate": {"level": "WARNING"},
    },
}
LOGGING_CONFIG = "logging.config.dictConfig"

# Jobs: each domain's jobs.py holds its tasks
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
