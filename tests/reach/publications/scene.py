"""A closed thread with four positions that are apart, and a moderator who composes a briefing."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from discussion.debate.positions.models import Position
from discussion.reach.publications.models import Publication, PublicationVersion
from discussion.reach.publications.operations.composing import begin_briefing, keep_draft
from discussion.reach.publications.operations.publishing import publish
from discussion.reach.publications.operations.telling import tell_authors
from tests.factories import NOW, make_item, make_position, make_response
from tests.factories.scenes import Scene

SITE = "https://example.org"
LATER = NOW + timedelta(days=9)
QUOTE = "By the second year we knew."
ANSWER = "I would not have minded the waiting."


class Briefed(Scene):
    """Position 4 serves equality, position 5 gives it up; one answer, one source."""

    def __init__(self, session: Session, **thread: object) -> None:
        super().__init__(
            session,
            thread={
                "stage": "closed",
                "question": "Which of the visits that wards ask for should stop?",
                "outcome": "A visit names its reason.",
                "outcome_html": "<p>A visit names its reason.</p>",
                "open_on": date(2026, 9, 7),
                "closed_on": date(2026, 11, 13),
                "review_on": date(2027, 5, 14),
                **thread,
            },
        )
        self.source = make_item(session, self.series, link_state="ok", title="What visits find")
        self.four = self._position(4, ("equality",))
        self.five = self._position(5, ("adequacy",), ("equality",))
        self.answer = make_response(session, self.four)
        assert self.answer.live is not None
        self.answer.live.source = f"{ANSWER} Nobody asked."
        session.flush()

    def _position(
        self, number: int, served: tuple[str, ...], outweighed: tuple[str, ...] = ()
    ) -> Position:
        return make_position(
            self.session,
            self.thread,
            revision={
                "claim": f"Visit {number} times a year, and name the reason.",
                "reasoning": f"We counted. {QUOTE} By the fourth we could stop.",
                "change_mind_text": f"A ward that stopped and regretted it, {number} times.",
            },
            served=served,
            outweighed=outweighed,
            item=self.source,
            number=number,
        )

    @property
    def written(self) -> dict[str, str]:
        """A draft that can be published."""
        answer = next(r.mark for r in self.briefing.sources if r.response_id is not None)
        return {
            "question": "A visit should name its reason before it is made [O]. How often stayed "
            "apart [P4, P5].",
            "shared": "- Say what a visit is for [O] [P4].",
            "disputed": f"### How often\n> P4: {QUOTE}\n> {answer}: {ANSWER}\n"
            "Both cite the same count [R1].",
            "minority": "> P5: Visit 5 times a year, and name the reason.",
            "happens": "Two wards will count their visits [O].",
            "who": "No patient wrote.",
        }

    @property
    def briefing(self) -> Publication:
        if not hasattr(self, "_briefing"):
            self._briefing = begin_briefing(
                self.session, self.as_moderator, self.series, thread=self.thread, now=NOW
            )
        return self._briefing

    def draft(self, **changes: str) -> Publication:
        """The draft kept, with what differs in some sections."""
        said = self.written | changes
        keep_draft(
            self.session, self.as_moderator, self.briefing, self.briefing.title, said, now=NOW
        )
        return self.briefing

    def tell(self) -> None:
        tell_authors(self.session, self.as_moderator, self.briefing, days=5, now=NOW)

    def publish(self, note: str = "") -> PublicationVersion:
        """The draft published, once its authors had their days: call it when those are over."""
        return publish(
            self.session,
            self.as_moderator,
            self.briefing,
            correction=note,
            site_url=SITE,
            now=LATER,
        )

    @property
    def address(self) -> str:
        return f"/publications/{self.series.slug}/{self.briefing.slug}"
