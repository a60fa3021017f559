"""Flask-Login's manager, with the cookie of “stay signed in” set in our way.

Its own way asks Python for the time without a zone, which newer Pythons give up.
"""

from typing import Any

from flask import Response, current_app
from flask import session as cookie
from flask_login import COOKIE_NAME, LoginManager, encode_cookie


class Remembering(LoginManager):  # type: ignore[misc]  # Flask-Login ships no types
    """Says for how many seconds the cookie lasts, and leaves the rest as it is."""

    def _set_cookie(self, response: Response) -> None:
        config: dict[str, Any] = current_app.config
        response.set_cookie(
            config.get("REMEMBER_COOKIE_NAME", COOKIE_NAME),
            encode_cookie(str(cookie["_user_id"])),
            max_age=int(cookie["_remember_seconds"]),
            path=config.get("REMEMBER_COOKIE_PATH", "/"),
            domain=config.get("REMEMBER_COOKIE_DOMAIN"),
            secure=config["REMEMBER_COOKIE_SECURE"],
            httponly=config["REMEMBER_COOKIE_HTTPONLY"],
            samesite=config["REMEMBER_COOKIE_SAMESITE"],
        )
