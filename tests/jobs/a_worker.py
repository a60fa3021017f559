"""A worker in a process of its own, with tasks that can be killed in the middle."""

import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from discussion.app import create_app
from discussion.config import Settings
from discussion.jobs.worker import Worker
from discussion.mail.letters import MailText
from discussion.people.accounts.models import Attempt
from discussion.wiring.later import everything_later
from tests.conftest import SECRET

LEASE = timedelta(seconds=1)


def sweep_until_killed(url: str, folder: str, mail_url: str, pause: str) -> None:
    """Sweep until killed, waiting in the middle of the slow task for as long as was said."""
    settings = Settings(
        environment="test", secret_key=SECRET, data_dir=Path(folder), database_url=url,
        mail_url=mail_url, mail_from="Discussion <no-reply@example.org>",
    )  # fmt: skip
    app = create_app(settings)
    registry = everything_later()

    def slow(session: Session, payload: dict[str, Any], now: datetime) -> None:
        session.add(Attempt(key=payload["key"], at=now))
        session.flush()
        Path(folder, "in-the-middle").touch()
        time.sleep(float(pause))

    registry.tasks["test.slow"] = slow
    registry.mails["test/letter"] = a_letter
    worker = Worker(app, registry, lease=LEASE)
    worker.beat()
    while True:
        worker.sweep()
        time.sleep(0.05)


def a_letter(_session: Session, payload: dict[str, Any]) -> MailText:
    return MailText("somebody@example.org", f"Letter {payload['ids']['n']}", "Good morning.\n")
