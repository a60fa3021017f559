"""A series and the people around it."""

import pytest
from sqlalchemy.orm import Session

from tests.factories.scenes import Scene


@pytest.fixture
def scene(session: Session) -> Scene:
    made = Scene(session)
    assert made.convener
    assert made.moderator
    return made
