"""What is being written: a response, or a new text of one, as the composer asks of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from flask import Response, request
from sqlalchemy.orm import Session

from discussion import clock, paths, text
from discussion.debate.composing.composition import Form, HandedIn
from discussion.debate.composing.forms import Shape, Written
from discussion.debate.composing.operations import About
from discussion.debate.composing.shapes import Saying
from discussion.debate.positions.drafts import strictest
from discussion.debate.positions.models import Position
from discussion.debate.positions.models import Response as ResponseRow
from discussion.debate.positions.queries.coming_in import posting_given
from discussion.debate.positions.queries.page import find_position, find_position_to_answer
from discussion.debate.positions.queries.sentences import (
    find_sources,
    nothing_chosen,
    says_posting,
)
from discussion.debate.positions.words import CONSEQUENCES, RESPONSE_TYPES
from discussion.debate.positions.words_held import held_for_author
from discussion.debate.responses.forms import (
    ON_THE_LADDER,
    SHAPE,
    blank,
    draft_of,
    follow_merge,
    written_from,
)
from discussion.debate.responses.operations.handing_in import (
    DRAFT_KIND,
    NEW_TEXT,
    AroundResponse,
    find_response_needs,
    hand_in_new_text,
    hand_in_response,
)
from discussion.debate.responses.queries import (
    find_own_response,
    newest_text,
    respond_page,
    why_not,
)
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.pacing import why_closed, why_over
from discussion.language import _
from discussion.permissions.may import May
from discussion.problems import Problem
from discussion.series.series.words import ATTRIBUTIONS
from discussion.vocabulary import of_series
from discussion.web.doorway import SAFE_METHODS, acting, session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.headers import private
from discussion.web.sector import speak_of


@dataclass(frozen=True)
class Sheet:
    """One response that is written, or a new text of one's own."""

    position: Position
    response: ResponseRow | None = None
    begun: Mapping[str, str] = field(default_factory=dict)  # what an address says of a new one

    @property
    def kind(self) -> str:
        return DRAFT_KIND if self.response is None else NEW_TEXT

    @property
    def shape(self) -> Shape:
        return SHAPE

    @property
    def right(self) -> May:
        return May.RESPOND if self.response is None else May.REVISE_RESPONSE

    @property
    def subject(self) -> About:
        return self.response or self.position

    @property
    def thread(self) -> Thread:
        return self.position.thread

    @property
    def url(self) -> str:
        own = self.position.public_id
        if self.response is None:
            return paths.respond(own)
        return paths.revise_response(own, self.response.public_id)

    @property
    def back(self) -> str:
        return paths.position(self.position.public_id)

    @property
    def begins_signed_out(self) -> bool:
        return self.response is None

    def found_in(self, opened: Session) -> "Sheet":
        own = self.response.public_id if self.response else ""
        return sheet_of(opened, self.position.public_id, own)

    def first(self) -> Written:
        if self.response is not None:
            return self.follow(written_from(self.response, newest_text(self.response)))
        loosest = strictest(self.thread.attribution, self.thread.series.attribution)
        live = self.position.live
        return blank().saying(
            attribution="" if loosest == "named" else loosest,
            seen=str(live.version) if live else "",
            **{name: self.begun.get(name, "")[:40] for name in ("type", *ON_THE_LADDER)},
        )

    def follow(self, written: Written) -> Written:
        return follow_merge(written, self.thread.series.values)

    def needs(self, opened: Session, written: Written) -> list[Problem]:
        return find_response_needs(
            opened,
            viewer(),
            self.position,
            draft_of(written),
            self.around(written),
            response=self.response,
        )

    def around(self, written: Written) -> AroundResponse:
        """What is asked around the response, as it was answered."""
        is_first = self.response is None
        return AroundResponse(
            posting=posting_given(viewer(), self.thread, written.posting) if is_first else None,
            looked_again=written.texts["looked_again"],
            seen=written.texts["seen"],
        )

    def why_not(self, opened: Session) -> str:
        asks = viewer()
        return (
            why_over(self.thread)
            or why_closed(opened, asks.person_id if asks else None, self.thread)
            or why_not(asks, self.position, self.response)
        )

    def hand_in(self, opened: Session, written: Written, now: datetime) -> HandedIn:
        draft, around = draft_of(written), self.around(written)
        if self.response is not None:
            row = hand_in_new_text(
                opened, acting(May.RESPOND), self.response, draft, around, now=now
            )
        else:
            row = hand_in_response(
                opened, acting(May.RESPOND), self.position, draft, around, now=now
            )
        if newest_text(row).status == "live":
            url = paths.response(self.position.public_id, row.public_id)
            return HandedIn(url, _("Your response is published."))
        said = _(
            "Your response is with the moderators. You find it under “My"
            " contributions”, with what happens next."
        )
        held = held_for_author(newest_text(row).held_for, self.thread.series.moderation)
        return HandedIn(self.back, f"{said} {held}".rstrip())

    @property
    def handed_in_at(self) -> datetime | None:
        return newest_text(self.response).submitted_at if self.response else None

    def says(self, written: Written) -> list[Saying]:
        typed, thread = written.texts, self.thread
        item = typed["item_id"]
        sources = find_sources(session(), viewer(), thread, {item} - {""})
        levels = of_series(thread.series.slug).level_labels
        values = {value.slug: value.label for value in thread.series.values}
        chosen: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
            ("item_id", _("A source that you add or question"), sources),
            ("value", _("A value that you name"), values),
            ("decided_at", _("If it is decided by"), levels),
            ("speaks_of", _("I speak of"), levels),
            ("consequence", _("What kind of thing is it?"), CONSEQUENCES),
            ("attribution", _("How you are named"), ATTRIBUTIONS),
        )
        kinds = str(RESPONSE_TYPES.get(typed["type"]) or nothing_chosen())
        found = [
            Saying("type", _("What kind of response is it?"), kinds),
            Saying("text", _("Your response"), typed["text"], is_text=True),
            Saying("language", _("Language"), typed["language"] or nothing_chosen()),
        ]
        for name, label, among in chosen:
            said = typed[name]
            found.append(Saying(name, label, str(among.get(said) or said or nothing_chosen())))
        return found if self.response else found + says_posting(written.posting, thread)

    def note_where(self) -> None:
        """A response stays with its position, wherever that goes."""

    def show(self, opened: Session, form: Form, status: int = 200) -> Response:
        if form.problems:
            written, signs = draft_of(form.typed).text, of_series(self.thread.series.slug).signs
            form = replace(form, notices=tuple(text.identifying(written, signs)))
        page = respond_page(
            opened,
            viewer(),
            self.position,
            form.typed.texts,
            response=self.response,
            now=clock.now(),
        )
        series = (page.series_slug, page.series_title)
        response = answer("responses/write.html", page, form=form, status=status, series=series)
        return private(response)


def sheet_of(
    opened: Session, public_id: str, response_id: str = "", begun: Mapping[str, str] | None = None
) -> Sheet:
    """A response to this position; with an id of one's own, a new text of that."""
    find = find_position if request.method in SAFE_METHODS else find_position_to_answer
    position = or_404(find(opened, viewer(), public_id))
    speak_of(position.thread.series.slug)
    if not response_id:
        if position.number is None:  # nothing has been said yet that could be answered
            or_404(None)
        return Sheet(position, begun=begun or {})
    return Sheet(position, or_404(find_own_response(opened, viewer(), position, response_id)))
