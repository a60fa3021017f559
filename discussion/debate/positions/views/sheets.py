"""What is being written: a new position, a new version of one, or an entry on behalf of a guest."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from flask import Response, render_template, request
from sqlalchemy.orm import Session

from discussion import clock, paths, text
from discussion.debate.composing.looking import notice_in_words
from discussion.debate.composing.signed_out import kept_here
from discussion.debate.positions.drafts import PositionDraft, digest, strictest, warnings_in
from discussion.debate.positions.drafts_fields import fields_of
from discussion.debate.positions.forms import (
    Written,
    draft_of,
    follow_merges,
    read_kept,
    written_from,
)
from discussion.debate.positions.models import KeptDraft, Position
from discussion.debate.positions.operations.drafts import EARLIER, find_draft
from discussion.debate.positions.operations.writing import Around, find_needs
from discussion.debate.positions.queries.coming_in import posting_given
from discussion.debate.positions.queries.writing import (
    Source,
    WritePage,
    find_own_position,
    find_thread_to_write,
    newest_revision,
    write_page,
)
from discussion.debate.positions.words import PLACES
from discussion.debate.threads.models import Thread
from discussion.language import _
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Problem
from discussion.text import Notice
from discussion.vocabulary import of_series
from discussion.web.doorway import viewer
from discussion.web.errors import found
from discussion.web.faces import answer

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
    """One thing that is written, and where."""

    kind: str  # position, revision, behalf
    thread: Thread
    position: Position | None = None

    @property
    def url(self) -> str:
        if self.position is not None:
            return paths.revise(self.position.public_id)
        query = f"?for={ROUND_TABLE}" if self.kind == "behalf" else ""
        return paths.write(self.thread.slug) + query

    @property
    def subject(self) -> Thread | Position:
        """What a kept draft of it is about."""
        return self.position or self.thread

    def follow(self, written: Written) -> Written:
        """What was typed, with values that were merged meanwhile as they are called now."""
        return follow_merges(written, self.thread.series.values)

    def draft(self, written: Written) -> PositionDraft:
        scales = [scale.slug for scale in self.thread.scales]
        return draft_of(written, scales=scales)


@dataclass(frozen=True)
class Form:
    """What a template shows of the form: what was typed, what is wrong, and what is kept."""

    typed: Written
    problems: tuple[Problem, ...] = ()  # what was refused
    needs: tuple[Problem, ...] = ()  # what publishing would refuse now
    notices: tuple[Notice, ...] = ()
    version: int = 0  # of the kept draft this page last saw
    saved_at: datetime | None = None
    moved_at: datetime | None = None  # when another tab saved, which this page has not seen
    has_earlier: bool = False
    is_discarding: bool = False
    said: str = ""  # what a button did, for those who cannot see it
    stations: dict[str, str] = field(default_factory=dict)

    def wrong(self, name: str) -> tuple[str, ...]:
        """The sentences that stand beside one field."""
        return tuple(problem.sentence for problem in self.problems if problem.field == name)

    def where(self, problem: Problem, sources: Mapping[str, Source]) -> str:
        """Which of several rows a problem in the summary is about; "" where there is only one."""
        name, _dash, rest = problem.field.partition("-")
        index = rest.partition("-")[0]
        if name not in self.typed.rows or not index.isdigit():
            return ""
        if name != "links":
            return _("Value %(n)s: ", n=int(index) + 1)
        source = sources.get(self.typed.rows["links"][int(index)]["item"])
        return _("%(source)s: ", source=source.short) if source else ""

    @property
    def notices_digest(self) -> str:
        return digest(self.notices)

    def place(self, scale: str) -> int | None:
        """The step taken on a scale, 0 … 4."""
        at = self.typed.places.get(scale, "")
        steps = {f"{place:g}": step for step, place in enumerate(PLACES)}
        steps |= {str(place): step for step, place in enumerate(PLACES)}
        return steps.get(at)

    @staticmethod
    def count(typed: str) -> int:
        return text.count(typed)

    @staticmethod
    def kind_of(notice: Notice) -> str:
        return notice_in_words(notice)


def sheet_of_thread(opened: Session, slug: str) -> Sheet:
    """A new position in the thread at this address, or an entry on somebody's behalf."""
    thread = found(find_thread_to_write(opened, viewer(), slug))
    if request.args.get("for") == ROUND_TABLE:
        require(viewer(), May.ENTER_ON_BEHALF, thread)
        return Sheet("behalf", thread)
    return Sheet("position", thread)


def sheet_of_position(opened: Session, public_id: str) -> Sheet:
    """A new version of one's own position."""
    position = found(find_own_position(opened, viewer(), public_id))
    require(viewer(), May.REVISE_POSITION, position)
    return Sheet("revision", position.thread, position)


def kept_for(opened: Session, sheet: Sheet) -> tuple[KeptDraft | None, KeptDraft | None]:
    """The draft to go on with, and the earlier one that it took the place of."""
    asks = viewer()
    own = find_draft(opened, asks, sheet.kind, sheet.subject)
    earlier = find_draft(opened, asks, sheet.kind + EARLIER, sheet.subject)
    if own is not None or sheet.kind != "position":
        return own, earlier
    return kept_here(opened, sheet.kind, sheet.subject), earlier


def first_written(sheet: Sheet, kept: KeptDraft | None) -> Written:
    """What the page opens with: the draft, else the version to revise, else nothing."""
    if kept is not None:
        return sheet.follow(read_kept(kept.typed))
    if sheet.position is not None:
        return sheet.follow(written_from(sheet.position, newest_revision(sheet.position)))
    typed = {"attribution": [_first_attribution(sheet)]}
    return read_kept(typed)


def posting_of(written: Written) -> tuple[str, str]:
    return written.texts["posting_role"], written.texts["posting_phase"]


def around_of(sheet: Sheet, written: Written) -> Around:
    """What is asked around the position, as it was answered."""
    is_first = sheet.kind == "position"
    return Around(
        posting=posting_given(viewer(), sheet.thread, posting_of(written)) if is_first else None,
        consent_note=written.texts["consent_note"] if sheet.kind == "behalf" else None,
        looked_again=written.texts["looked_again"],
        places=written.places,
    )


def needs_of(opened: Session, sheet: Sheet, written: Written) -> list[Problem]:
    """What publishing this would refuse now: asked by the page while it is written."""
    return find_needs(
        opened,
        viewer(),
        sheet.thread,
        sheet.draft(written),
        around_of(sheet, written),
        position=sheet.position,
    )


def seen_by(opened: Session, sheet: Sheet, form: Form) -> Form:
    """The form with all that follows from what was typed: needs, second looks, stations."""
    needs = tuple(needs_of(opened, sheet, form.typed))
    wrong = form.problems or tuple(need for need in needs if not need.need)
    return replace(
        form,
        needs=needs,
        notices=tuple(
            warnings_in(sheet.draft(form.typed), of_series(sheet.thread.series.slug).signs)
        ),
        stations=stations_of(form.typed, wrong),
    )


def page_of(opened: Session, sheet: Sheet, written: Written) -> WritePage:
    return write_page(
        opened,
        viewer(),
        sheet.thread,
        sheet.draft(written),
        kind=sheet.kind,
        url=sheet.url,
        sought=written.texts["find"],
        posting=posting_of(written),
        position=sheet.position,
        now=clock.now(),
    )


def show(opened: Session, sheet: Sheet, form: Form, *, status: int = 200) -> Response:
    """The whole page, or the part that the site's own script asked for."""
    page = page_of(opened, sheet, form.typed)
    form = seen_by(opened, sheet, form)
    part = FRAGMENTS.get(request.form.get("do", "").partition("-")[0])
    if part and status == 200 and request.headers.get("X-Fragment") == "1":
        return Response(render_template(part, page=page, form=form))
    series = (page.series_slug, page.series_title)
    response = answer("positions/write.html", page, form=form, status=status, series=series)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def stations_of(written: Written, problems: tuple[Problem, ...]) -> dict[str, str]:
    """How far along the route each of the seven parts is: done, wrong, now or ahead."""
    texts, rows = written.texts, written.rows
    is_done = {
        "claim": bool(texts["claim"].strip()),
        "why": bool(texts["reasoning"].strip()),
        "values": bool(rows["served"]),
        "evidence": bool(rows["links"] or texts["is_without_study"]),
        "place": bool(texts["level"]),
        "doubt": bool(texts["confidence"] and written.picks["change_mind"]),
        "name": bool(texts["attribution"] and texts["nobody_identified"]),
    }
    wrong = {station_of(problem.field) for problem in problems}
    states: dict[str, str] = {}
    for name, done in is_done.items():
        first_open = "ahead" if "now" in states.values() else "now"
        states[name] = "wrong" if name in wrong else "done" if done else first_open
    return states


def station_of(field_id: str) -> str:
    """The part in which a field stands."""
    first = field_id.partition("-")[0]
    return _STATIONS.get(first, "name")


_STATIONS = {one.typed: one.at for one in fields_of(PositionDraft)} | {"place": "place"}


def _first_attribution(sheet: Sheet) -> str:
    """As the thread asks; where names are allowed too, the person chooses."""
    if sheet.kind == "behalf":
        return "chatham_house"
    loosest = strictest(sheet.thread.attribution, sheet.thread.series.attribution)
    return "" if loosest == "named" else loosest
