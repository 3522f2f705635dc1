"""Every setting, all from the environment. See docs/operation.md for the list."""

from pathlib import Path

from csp.constants import NONE, SELF

from doithoai.config import environment as env

ROOT = env.ROOT
VAR = env.VAR
PRODUCTION = env.flag("DOITHOAI_PRODUCTION", default=False)
DEBUG = False
SECRET_KEY = env.kept_secret("DOITHOAI_SECRET_KEY", "secret_key")
RECEIPT_PEPPER = env.kept_secret("DOITHOAI_RECEIPT_PEPPER", "receipt_pepper")
VAULT_KEYS = env.keys("DOITHOAI_VAULT_KEYS", "vault_key")
VAULT_BLINDING = env.kept_secret("DOITHOAI_VAULT_BLINDING", "vault_blinding")
VAULT_WRAPPING = env.text("DOITHOAI_VAULT_WRAPPING", "doithoai.vault.keys.from_environment")
ALLOWED_HOSTS = env.words("DOITHOAI_HOSTS", "localhost,127.0.0.1,[::1]")
SITE_URL = env.text("DOITHOAI_SITE_URL", "http://127.0.0.1:8000")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https") else []

INSTALLED_APPS = [
    "doithoai.core",
    "doithoai.theme",
    "doithoai.ledger",
    "doithoai.vault",
    "doithoai.units",
    "doithoai.accounts",
    "doithoai.files",
    "doithoai.notices",
    "doithoai.docket",
    "doithoai.duties",
    "doithoai.cases",
    "doithoai.dialogues",
    "doithoai.reception",
    "doithoai.supervision",
    "doithoai.reports",
    "doithoai.home",
    "doithoai.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "csp",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "template_partials",
    "procrastinate.contrib.django",
]

INSTALLED_APPS += env.words("DOITHOAI_CHECKED_BY")  # apps that check a developer's migrations

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "doithoai.config.middleware.compressed",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "doithoai.config.middleware.acting",
    "doithoai.accounts.http.second_step",
    "doithoai.config.middleware.refusals",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "doithoai.config.urls"
WSGI_APPLICATION = "doithoai.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "template_partials.templatetags.partials",
                "doithoai.theme.templatetags.doithoai",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "doithoai.config.context.frame",
            ],
        },
    },
]

DATABASES = {
    "default": env.database(env.text("DATABASE_URL", "postgresql://doithoai_app@/doithoai")),
    "owner": env.database(
        env.text(
            "DATABASE_OWNER_URL", env.text("DATABASE_URL", "postgresql://doithoai_owner@/doithoai")
        )
    ),
    # The only role that reads what is sealed; docket.unsealing alone asks it.
    "unseal": env.database(
        env.text("DATABASE_UNSEAL_URL", "postgresql://doithoai_unseal@/doithoai")
    ),
}
DATABASES["default"]["OPTIONS"] = {
    "pool": {"min_size": 1, "max_size": env.number("DOITHOAI_POOL", 6), "timeout": 20}
}
DATABASES["owner"]["TEST"] = {"MIRROR": "default"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "doithoai.accounts.adapters.OfficialsOnly"
SOCIALACCOUNT_ADAPTER = "doithoai.accounts.adapters.KnownOfficials"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip"}
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Đối Thoại"
SECOND_STEP = env.words(  # roles that act only after a second step at sign-in
    "DOITHOAI_SECOND_STEP", "administrator,place_administrator" if PRODUCTION else ""
)
SOCIALACCOUNT_LOGIN_ON_GET = True  # a link: our form-action lets no form lead to another host
OIDC_SERVER = env.text("DOITHOAI_OIDC_SERVER", "")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "province",
                "name": env.text("DOITHOAI_OIDC_NAME", "SSO"),
                "client_id": env.text("DOITHOAI_OIDC_CLIENT", ""),
                "secret": env.text("DOITHOAI_OIDC_SECRET", ""),
                "settings": {"server_url": OIDC_SERVER},
            }
        ]
        if OIDC_SERVER
        else [],
    }
}
AXES_FAILURE_LIMIT = env.number("DOITHOAI_LOCKOUT_TRIES", 5)
AXES_COOLOFF_TIME = 1  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "doithoai.accounts.portal.locked_out"
AXES_CLIENT_IP_CALLABLE = "doithoai.accounts.http.sign_in_address"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LANGUAGE_CODE = env.text("DOITHOAI_LANGUAGE", "vi")
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
USE_I18N = True
USE_TZ = True
COUNTRY_FILE = Path(
    env.text("DOITHOAI_COUNTRY", str(Path(__file__).parent / "countries" / "vn.toml"))
)
RULEBOOKS = env.words("DOITHOAI_RULEBOOKS", "vn,vn/ha-tinh")
CALENDAR = env.text("DOITHOAI_CALENDAR", "")  # a file in place of the shipped calendar
TIME_ZONE = env.text("DOITHOAI_TIME_ZONE", "Asia/Ho_Chi_Minh")

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
SENDING_LIMIT = env.number("DOITHOAI_SENDING_LIMIT", 60)  # public forms at once per address
SMS_KEPT_DAYS = env.number("DOITHOAI_SMS_KEPT_DAYS", 365)  # words of messages read or counted
UPLOAD_LIMIT = env.number("DOITHOAI_UPLOAD_MB", 20) * 1_000_000

EMAIL_HOST = env.text("DOITHOAI_SMTP_HOST", "")
EMAIL_PORT = env.number("DOITHOAI_SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("DOITHOAI_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.text("DOITHOAI_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.flag("DOITHOAI_SMTP_TLS", default=False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("DOITHOAI_MAIL_FROM", "doithoai@localhost")
GATEWAY_URL = env.text("DOITHOAI_GATEWAY_URL", "")  # SMS and Zalo OA, one HTTP address
GATEWAY_TOKEN = env.text("DOITHOAI_GATEWAY_TOKEN", "")
GATEWAY_ZALO = env.flag("DOITHOAI_GATEWAY_ZALO", default=False)  # Zalo before SMS
SMS_KEY = env.text("DOITHOAI_SMS_KEY", "")  # what the gateway shows when it brings a message

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "doithoai.config.portal.stale_form"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
TRUSTED_PROXIES = env.words("DOITHOAI_PROXIES")
PROVINCE_NAME = env.text("DOITHOAI_PROVINCE", "Hà Tĩnh")
SILENCED_SYSTEM_CHECKS = ["axes.W003"]
HTMX_CONFIG = '{"allowEval": false, "includeIndicatorStyles": false}'

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("DOITHOAI_LOG_LEVEL", "WARNING")},
    # Whatever level is asked for: it would write down what a picture says about who made it.
    "loggers": {"PIL": {"level": "WARNING"}},
}
