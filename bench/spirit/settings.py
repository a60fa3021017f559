"""django-spirit as its own example for production has it, over SQLite and kept in memory.

Kinder than it comes: what it keeps stands in memory, where its example keeps it in the database.
"""

# ruff: noqa: F403, F405
from .base import *

DEBUG = False
SECRET_KEY = "a secret that is only used to measure"
ALLOWED_HOSTS = ["*"]
ST_SITE_URL = "http://127.0.0.1/"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.path.join(BASE_DIR, "db.sqlite"),
        "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE"},  # or readers meet a lock
    }
}
CACHES = {
    name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
    for name in ("default", "st_rate_limit")
}
CACHES["st_rate_limit"]["TIMEOUT"] = None
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
LOGGING = {"version": 1, "disable_existing_loggers": True}
