"""What is being written: a new position, a new version of one, or an entry on behalf of a guest."""

from dataclasses import dataclass, replace
from datetime import datetime

from flask import Response, flash, render_template, request, url_for
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.debate.composing.composition import Beside, Elsewhere, Form, HandedIn
from discussion.debate.composing.forms import Shape, Written, read_kept
from discussion.debate.composing.operations import About
from discussion.debate.composing.shapes import Saying
from discussion.debate.positions.drafts import PositionDraft, strictest, warnings_in
from discussion.debate.positions.drafts_fields import STATIONS, fields_of
from discussion.debate.positions.forms import SHAPE, draft_of, follow_merges, written_from
from discussion.debate.positions.forms_kept import beside
from discussion.debate.positions.models import Position
from discussion.debate.positions.operations.holding import Merged
from discussion.debate.positions.operations.publishing import AlreadyPosted
from discussion.debate.positions.operations.writing import (
    Around,
    find_needs,
    hand_in,
    hand_in_on_behalf,
    hand_in_revision,
)
from discussion.debate.positions.queries.coming_in import posting_given, why_closed_for, why_not
from discussion.debate.positions.queries.sentences import find_sources, says, says_posting
from discussion.debate.positions.queries.writing import (
    Asked,
    Writing,
    find_own_position,
    find_thread_to_write,
    newest_revision,
    write_page,
)
from discussion.debate.positions.queries.writing_shapes import WritePage
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.following import find_merged, name_for
from discussion.debate.threads.queries.pacing import why_over
from discussion.language import _
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Problem
from discussion.vocabulary import of_series
from discussion.web.doorway import acting, session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.headers import private
from discussion.web.sector import speak_of

ROUND_TABLE = "round-table"
FRAGMENTS = {
    "served": "positions/_write_values.html",
    "outweighed": "positions/_write_values.html",
    "links": "positions/_write_evidence.html",
    "find": "positions/_write_evidence.html",
    "restore": "positions/_write_form.html",
}


@dataclass(frozen=True)
class Sheet:
    """One position that is written, as the composer asks of it."""

    kind: str  # position, revision, behalf
    thread: Thread
    position: Position | None = None

    @property
    def shape(self) -> Shape:
        return SHAPE

    @property
    def right(self) -> May:
        return May.POST

    @property
    def url(self) -> str:
        if self.position is not None:
            return paths.revise(self.position.public_id)
        query = f"?for={ROUND_TABLE}" if self.kind == "behalf" else ""
        return paths.write(self.thread.slug) + query

    @property
    def back(self) -> str:
        if self.position is not None:
            return paths.position(self.position.public_id)
        return paths.thread(self.thread.slug)

    @property
    def subject(self) -> About:
        return self.position or self.thread

    @property
    def is_first(self) -> bool:
        """Whether it is somebody's own, and new."""
        return self.position is None and self.kind != "behalf"

    @property
    def begins_signed_out(self) -> bool:
        return self.is_first

    def found_in(self, opened: Session) -> "Sheet":
        if self.position is not None:
            return sheet_of_position(opened, self.position.public_id)
        return sheet_of_thread(opened, self.thread.slug)

    def first(self) -> Written:
        if self.position is not None:
            return self.follow(written_from(self.position, newest_revision(self.position)))
        return read_kept({"attribution": [self._first_attribution()]}, SHAPE)

    def follow(self, written: Written) -> Written:
        return follow_merges(written, self.thread.series.values)

    def draft(self, written: Written) -> PositionDraft:
        return draft_of(written, scales=[scale.slug for scale in self.thread.scales])

    def needs(self, opened: Session, written: Written) -> list[Problem]:
        draft, around = self.draft(written), self.around(written)
        return find_needs(opened, viewer(), self.thread, draft, around, position=self.position)

    def why_not(self, opened: Session) -> str:
        return (
            why_over(self.thread)
            or why_closed_for(opened, viewer(), self.thread, self.kind, self.position)
            or why_not(viewer(), self.thread)
        )

    def around(self, written: Written) -> Around:
        """What is asked around the position, as it was answered."""
        given = posting_given(viewer(), self.thread, written.posting) if self.is_first else None
        return Around(
            posting=given,
            consent_note=written.texts["consent_note"] if self.kind == "behalf" else None,
            looked_again=written.texts["looked_again"],
            places=written.places,
        )

    def hand_in(self, opened: Session, written: Written, now: datetime) -> HandedIn | Beside:
        try:
            made = self._hand_in(opened, written, now)
        except AlreadyPosted as already:
            return beside(already.position)
        except Merged:  # a moment ago: go on in the thread that it went into
            raise Elsewhere from None
        return HandedIn(url_for("positions.sent", public_id=made.public_id))

    def _hand_in(self, opened: Session, written: Written, now: datetime) -> Position:
        draft, around = self.draft(written), self.around(written)
        if self.position is not None:
            return hand_in_revision(opened, acting(May.POST), self.position, draft, around, now=now)
        hands_in = hand_in if self.is_first else hand_in_on_behalf
        return hands_in(opened, acting(May.POST), self.thread, draft, around, now=now)

    @property
    def handed_in_at(self) -> datetime | None:
        return newest_revision(self.position).submitted_at if self.position else None

    def says(self, written: Written) -> list[Saying]:
        draft = self.draft(written)
        ids = {link.item_id for link in draft.links}
        found = says(draft, self.thread, find_sources(session(), viewer(), self.thread, ids))
        if self.kind == "behalf":
            label = _("How and when the person gave their consent")
            found.append(Saying("consent_note", label, written.texts["consent_note"], is_text=True))
        if self.is_first:
            found += says_posting(written.posting, self.thread)
        return found

    def note_where(self) -> None:
        """To somebody who wrote in a thread that was merged meanwhile."""
        merged = find_merged(session(), str((request.view_args or {}).get("thread", "")))
        name = name_for(session(), viewer(), merged, here=self.thread.id)[0] if merged else ""
        if name:
            sentence = _(
                "“%(before)s” has been merged into “%(after)s”, so what you wrote goes there.",
                before=name,
                after=self.thread.question,
            )
            flash(sentence, "note")

    def page(self, opened: Session, written: Written) -> WritePage:
        asked = Asked(written.texts["find"], written.posting)
        writing = Writing(self.kind, self.thread, self.position, self.url, self.is_first)
        return write_page(opened, viewer(), writing, self.draft(written), asked, clock.now())

    def seen(self, opened: Session, form: Form) -> Form:
        """The form with all that follows from what was typed: needs, second looks, stations."""
        needs = tuple(self.needs(opened, form.typed))
        wrong = form.problems or tuple(need for need in needs if not need.need)
        return replace(
            form,
            needs=needs,
            notices=tuple(
                warnings_in(self.draft(form.typed), of_series(self.thread.series.slug).signs)
            ),
            stations=stations_of(form.typed, wrong),
        )

    def show(self, opened: Session, form: Form, status: int = 200) -> Response:
        page, form = self.page(opened, form.typed), self.seen(opened, form)
        part = FRAGMENTS.get(request.form.get("do", "").partition("-")[0])
        if part and status == 200 and request.headers.get("X-Fragment") == "1":
            return Response(render_template(part, page=page, form=form))
        series = (page.series_slug, page.series_title)
        response = answer("positions/write.html", page, form=form, status=status, series=series)
        return private(response)

    def _first_attribution(self) -> str:
        """As the thread asks; where names are allowed too, the person chooses."""
        if not self.is_first:
            return "chatham_house"
        loosest = strictest(self.thread.attribution, self.thread.series.attribution)
        return "" if loosest == "named" else loosest


def sheet_of_thread(opened: Session, slug: str) -> Sheet:
    """A new position in the thread at this address, or an entry on somebody's behalf."""
    thread = or_404(find_thread_to_write(opened, viewer(), slug))
    speak_of(thread.series.slug)
    if request.args.get("for") == ROUND_TABLE:
        require(viewer(), May.ENTER_ON_BEHALF, thread)
        return Sheet("behalf", thread)
    return Sheet("position", thread)


def sheet_of_position(opened: Session, public_id: str) -> Sheet:
    """A new version of one's own position."""
    position = or_404(find_own_position(opened, viewer(), public_id))
    speak_of(position.thread.series.slug)
    require(viewer(), May.REVISE_POSITION, position)
    return Sheet("revision", position.thread, position)


def stations_of(written: Written, problems: tuple[Problem, ...]) -> dict[str, str]:
    """How far along the route each of the seven parts is: done, wrong, now or ahead."""
    texts, rows = written.texts, written.rows
    is_done = (
        bool(texts["claim"].strip()),
        bool(texts["reasoning"].strip()),
        bool(rows["served"]),
        bool(rows["links"] or texts["is_without_study"]),
        bool(texts["level"]),
        bool(texts["confidence"] and written.picks["change_mind"]),
        bool(texts["attribution"] and texts["nobody_identified"]),
    )
    wrong = {station_of(problem.field) for problem in problems}
    states: dict[str, str] = {}
    for name, done in zip(STATIONS, is_done, strict=True):
        first_open = "ahead" if "now" in states.values() else "now"
        states[name] = "wrong" if name in wrong else "done" if done else first_open
    return states


def station_of(field_id: str) -> str:
    """The part in which a field stands."""
    return _STATIONS.get(field_id.partition("-")[0], "name")


_STATIONS = {one.typed: one.at for one in fields_of(PositionDraft)} | {"place": "place"}
