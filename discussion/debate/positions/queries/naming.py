"""How an author is shown: the one maker of bylines, on every surface."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock, paths
from discussion.debate.positions.models import Position, Response
from discussion.debate.positions.queries.card import Byline
from discussion.debate.positions.queries.card_rows import AuthorRow, PositionRow
from discussion.debate.threads.models import Voice
from discussion.language import _
from discussion.people.accounts.models import Person
from discussion.vocabulary import Vocabulary, of_series
from discussion.vocabulary.shape import OTHER

VoiceKey = tuple[int, int, str, str]  # thread id, person id, attribution, strand
Letters = Mapping[VoiceKey, str]  # voice → letter
Written = Position | Response | PositionRow

CONTRIBUTOR_STEP = 3
DATE_LENGTHS = {"named": 10, "role": 10, "chatham_house": 7}  # characters of ISO 8601


def find_letters(session: Session, thread_ids: Collection[int]) -> Letters:
    """The letters of everybody who wrote in these threads."""
    rows = session.execute(
        select(
            Voice.thread_id, Voice.person_id, Voice.attribution, Voice.strand, Voice.letter
        ).where(Voice.thread_id.in_(thread_ids))
    )
    return {(thread, person, mode, strand): letter for thread, person, mode, strand, letter in rows}


def byline(item: Position | Response, thread_id: int, letters: Letters, at: datetime) -> Byline:
    """Who wrote an item of a thread that was written at `at`; see `byline_of`."""
    key = (thread_id, item.author_id, item.attribution, item.strand)
    return byline_of(item, letters.get(key, ""), at)


def byline_of(item: Written, letter: str, at: datetime) -> Byline:
    """Who wrote an item that was written at `at`, as strictly as its attribution asks.

    What stood under a name whose owner has left says so. What stood under a role before does not:
    it would tell which label the name had.
    """
    is_named = item.attribution == "named"
    if is_named and item.author.left_at is None:
        return _by_name(item, at)
    if is_named or item.attribution == "role":
        name = _label(item, is_former=is_named or item.is_former)
        return Byline(_lettered(name, letter), "", "", "", coarse_date(at, "role"), "role")
    name = f"{_('Contributor')} {letter}".strip()
    return Byline(name, "", "", "", coarse_date(at, "chatham_house"), "chatham_house")


def label_in_words(vocabulary: Vocabulary, role: str, phase: str, step: int) -> str:
    """The label at one step of the ladder: role and phase, family and phase, family, contributor.

    The ladder is that of the attribution rules: each step is shown only while five share it.
    """
    family = str(vocabulary.families[vocabulary.family_of(role) or OTHER].label)
    role_words = str(vocabulary.role_labels.get(role, family))
    phase_words = str(vocabulary.phase_labels.get(phase, ""))
    steps = (_with(role_words, phase_words), _with(family, phase_words), family)
    return steps[step] if role and step < CONTRIBUTOR_STEP else _("Contributor")


def coarse_date(at: datetime, attribution: str) -> str:
    """ISO: the minute in UTC by name, the day by role, the month under the Chatham House Rule."""
    if attribution == "named":
        return at.astimezone(UTC).isoformat(timespec="minutes")
    return clock.iso(at, DATE_LENGTHS[attribution])


def coarse_day(at: datetime, attribution: str) -> str:
    """ISO: the day, or the month under the Chatham House Rule."""
    return clock.iso(at, DATE_LENGTHS[attribution])


def organisation_shown(person: Person | AuthorRow) -> str:
    """Somebody’s organisation, if they want it shown beside what they post by name; else empty."""
    return person.organisation if person.shows_organisation else ""


def _by_name(item: Written, at: datetime) -> Byline:
    person = item.author
    return Byline(
        name=person.display_name,
        detail=_role_words(item),
        organisation=organisation_shown(person),
        person_url=paths.person(person.public_id),
        date=coarse_date(at, "named"),
        mode="named",
    )


def _label(item: Written, *, is_former: bool) -> str:
    label = label_in_words(_spoken_in(item), item.label_role, item.label_phase, item.label_step)
    if not is_former:
        return label
    is_told = bool(item.label_role) and item.label_step < CONTRIBUTOR_STEP
    return _("Former contributor (%(label)s)", label=label) if is_told else _("Former contributor")


def _role_words(item: Written) -> str:
    if not item.label_role:
        return ""
    return label_in_words(_spoken_in(item), item.label_role, item.label_phase, 0)


def _spoken_in(item: Written) -> Vocabulary:
    return of_series(item.thread.series.slug)


def _with(first: str, phase: str) -> str:
    return f"{first}, {phase}" if phase else first


def _lettered(label: str, letter: str) -> str:
    return f"{label} · {letter}" if letter else label
