"""What happens to a letter of which people say how soon they want it: whether it goes, as what."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from discussion.jobs.models import Job
from discussion.jobs.registry import Mail
from discussion.mail.kinds import Kind
from discussion.registers import Only


@dataclass(frozen=True)
class Choosing:
    """Who keeps what people chose."""

    # Whether it is to be sent. Raises Later while its receiver wants nothing.
    goes: Callable[[Session, Job, Kind, datetime], bool]
    # With the links that stop its kind, and as HTML.
    dress: Callable[[Session, Job, Kind, Mail], Mail]
    # It has gone.
    went: Callable[[Session, Job, datetime], None]


CHOOSING: Only[Choosing] = Only("how soon somebody wants to hear")
