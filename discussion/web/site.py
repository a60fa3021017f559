"""What one running application holds: its settings, its database, and how sessions are opened."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, cast

from flask import Flask, current_app
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from discussion.config import Settings


@dataclass
class Site:
    """Kept at app.extensions["site"]."""

    settings: Settings
    engine: Engine
    open_session: Callable[[bool], Session]  # takes whether it will write
    unnoticed: Callable[[], AbstractContextManager[Session]]  # commits, and no kept page is stale
    raters_secret: str
    wake: Callable[[], None] = lambda: None  # tells the worker that there is work
    assets: dict[str, Any] = field(default_factory=dict)


def raters_secret(app: Flask | None = None) -> str:
    """The secret under which raters are keyed, of the application given, or of the current one."""
    return site(app).raters_secret


def site(app: Flask | None = None) -> Site:
    """The site of the application given, or of the current one."""
    return cast(Site, (app or current_app).extensions["site"])
