"""What a position and a response answer alike: something handed in, under somebody's voice."""

from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position, Response
from discussion.debate.positions.queries.labels import voice_shown
from discussion.debate.threads.subject import stand_in
from discussion.permissions.facts import Viewer
from discussion.subjects.kinds import Subject
from discussion.subjects.shapes import InThread


class ContributionSubject(Subject):
    leaves_line = True
    is_contribution = True
    is_hidden_by_report = True
    answers = ("keep", "ask_edit", "hide", "remove")
    answers_hidden = ("restore", "hide", "remove")
    is_logged_in_thread = True
    row: Position | Response

    @property
    def thread(self) -> InThread:
        return stand_in(self.row.thread)

    @property
    def author_id(self) -> int:
        return self.row.author_id

    @property
    def voiced(self) -> Position | Response:
        return self.row

    @property
    def attribution(self) -> str:
        return self.row.attribution

    def author_shown(self, session: Session) -> str:
        return voice_shown(session, self.row)

    @property
    def is_hidden(self) -> bool:
        return self.row.state == "hidden"

    @property
    def state(self) -> str:
        return self.row.state

    def is_known(self, viewer: Viewer | None) -> bool:
        return self.is_readable(viewer)
