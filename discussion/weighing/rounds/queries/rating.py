"""The pages of a rater: a statement or all of them with one's own answers, and the list of these.

They hold what one person answered, and are for that person alone.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import paths
from discussion.analysis.spread import Spread
from discussion.language import _, _n
from discussion.permissions.facts import Viewer, is_admitted_to
from discussion.weighing.rounds.drafts_rating import FACT, RatingDraft, problems_in_rating
from discussion.weighing.rounds.keys import rater_key
from discussion.weighing.rounds.models import Rating, Round, RoundStatement
from discussion.weighing.rounds.queries.choosing import all_codes, askable, next_code
from discussion.weighing.rounds.queries.finding import find_before, lead_back
from discussion.weighing.rounds.queries.frozen import frozen_spreads
from discussion.weighing.rounds.queries.reading import asked
from discussion.weighing.rounds.queries.shapes import (
    Feedback,
    Option,
    OwnLine,
    OwnPage,
    Question,
    RatePage,
    SignedOutPage,
    about,
)
from discussion.weighing.rounds.words import NOT_NUMBERS, REASONABLE
from discussion.weighing.rounds.words_rounds import KEYS, SCALES, agrees, in_one_word

Own = Mapping[int, Rating]  # by statement version


def rate_page(
    session: Session,
    viewer: Viewer,
    round: Round,
    secret: str,
    *,
    code: str = "",
    trail: str = "",
    is_all: bool = False,
) -> RatePage | None:
    """One statement, the one asked for or the one needed most, or all; None when none is left."""
    key = rater_key(secret, round.public_id, viewer.public_id)
    own = _own(session, round, key)
    rows = {row.code: row for row in askable(round)}
    answered = {code for code, row in rows.items() if row.version_id in own}
    shown = read_trail(trail, rows)
    if is_all:
        codes = all_codes(round, key)
    else:
        chosen = code if code in rows else next_code(round, key, answered, shown)
        if chosen is None:
            return None
        codes = [chosen]
    feedback = _feedback(session, round, secret, viewer, [rows[code] for code in codes])
    slug, number = round.thread.slug, round.number
    return RatePage(
        about=about(round),
        questions=tuple(_question(round, rows[code], own, feedback) for code in codes),
        is_all=is_all,
        answered=len(answered),
        statements=len(rows),
        trail=".".join(shown),
        back_url=""
        if is_all or not shown
        else paths.rate(slug, number, statement=shown[-1], trail=".".join(shown[:-1])),
        other_url=paths.rate(slug, number) if is_all else paths.rate(slug, number, all="1"),
        counts=is_admitted_to(viewer, round),
        action_url=paths.rate(slug, number),
    )


def own_page(
    session: Session, viewer: Viewer, round: Round, secret: str, *, is_over: bool
) -> OwnPage:
    """Everything that somebody answered in a round, and what they have not answered."""
    key = rater_key(secret, round.public_id, viewer.public_id)
    own = _own(session, round, key)
    slug, number = round.thread.slug, round.number
    return OwnPage(
        about=about(round),
        lines=tuple(
            _own_line(
                round,
                row,
                own.get(row.version_id),
                ""
                if is_over or row.version.is_withheld
                else paths.rate(slug, number, statement=row.code),
            )
            for row in round.statements
        ),
        answered=len(own),
        counts=is_admitted_to(viewer, round),
        is_closed=is_over,
    )


def signed_out_page(
    round: Round, drafts: Sequence[RatingDraft], sent: Sequence[tuple[str, str]]
) -> SignedOutPage:
    """What was sent signed out, given back to whoever sent it and kept nowhere."""
    given = {draft.code: draft for draft in drafts}
    return SignedOutPage(
        about=about(round),
        sent=tuple(sent),
        lines=tuple(
            OwnLine(
                asked(row),
                _sent_answer(draft, round.points),
                str(REASONABLE.get(draft.reasonable, "")),
                draft.is_crux,
                draft.reason,
                "",
                draft.settles,
                draft.may_show,
            )
            for row in round.statements
            if (draft := given.get(row.code))
        ),
        sign_in_url=paths.sign_in(paths.rate(round.thread.slug, round.number)),
    )


def _sent_answer(draft: RatingDraft, points: int) -> str:
    is_wrong = any(one.field.endswith("-value") for one in problems_in_rating(draft, points))
    return "" if is_wrong else in_one_word(draft.value, points)


def count_own(session: Session, viewer_public_id: str, round: Round, secret: str) -> int:
    """How many statements somebody has answered, of those that can be; for reminders and them."""
    own = _own(session, round, rater_key(secret, round.public_id, viewer_public_id))
    return sum(row.version_id in own for row in askable(round))


def read_trail(trail: str, known: Mapping[str, RoundStatement]) -> list[str]:
    """The codes of a trail that are there, each once; it comes from an address."""
    return list(dict.fromkeys(code for code in trail.split(".") if code in known))


def _own(session: Session, round: Round, key: str) -> Own:
    rows = session.scalars(
        select(Rating).where(Rating.round_id == round.id).where(Rating.rater_key == key)
    )
    return {row.version_id: row for row in rows}


def _question(
    round: Round, row: RoundStatement, own: Own, feedback: Mapping[int, Feedback]
) -> Question:
    rating = own.get(row.version_id)
    value = rating.value if rating else ""
    said = rating.reasonable if rating else ""
    scale = SCALES[round.points]
    return Question(
        asked=asked(row),
        points=tuple(
            Option(str(at), str(label), str(at), agrees(str(at), round.points), value == str(at))
            for at, label in enumerate(scale, start=1)
        ),
        others=tuple(
            Option(slug, str(label), KEYS[slug], False, value == slug)
            for slug, label in NOT_NUMBERS.items()
        ),
        reasonable=tuple(
            Option(slug, str(label), "", False, said == slug) for slug, label in REASONABLE.items()
        ),
        is_crux=bool(rating and rating.is_crux),
        reason=rating.reason if rating else "",
        can_settle=row.version.statement.kind == FACT,
        settles=rating.settles if rating else "",
        may_show=bool(rating and rating.may_show),
        is_answered=rating is not None,
        feedback=feedback.get(row.version_id),
    )


def _own_line(round: Round, row: RoundStatement, rating: Rating | None, change: str) -> OwnLine:
    if rating is None:
        return OwnLine(asked(row), "", "", False, "", change)
    said = str(REASONABLE[rating.reasonable]) if rating.reasonable in REASONABLE else ""
    answer = in_one_word(rating.value, round.points)
    return OwnLine(
        asked(row),
        answer,
        said,
        rating.is_crux,
        rating.reason,
        change,
        rating.settles,
        rating.may_show,
    )


def _feedback(
    session: Session, round: Round, secret: str, viewer: Viewer, rows: Sequence[RoundStatement]
) -> dict[int, Feedback]:
    """Of the round before: one's own answer, and the room's where enough rated."""
    before = find_before(session, round) if round.feedback == "spread" else None
    if before is None or before.points != round.points:
        return {}
    same = lead_back(session, round, before)
    own = _own(session, before, rater_key(secret, before.public_id, viewer.public_id))
    spreads = frozen_spreads(session, before)
    found = {}
    for row in rows:
        there = same.get(row.version_id)
        if there is None:
            continue
        rating, spread = own.get(there), spreads.get(there)
        said = in_one_word(rating.value, round.points) if rating else ""
        room = _room(spread, round.points) if spread else ""
        if said or room:
            found[row.version_id] = Feedback(said, room)
    return found


def _room(spread: Spread, points: int) -> str:
    """The median and the middle half, in the words of the scale, and of how many."""
    assert spread.median is not None
    assert spread.lower is not None
    assert spread.upper is not None
    lower, upper = _place(spread.lower, points), _place(spread.upper, points)
    half = (
        _("half of them chose it", place=lower)
        if lower == upper
        else _("half of them chose “%(lower)s” to “%(upper)s”", lower=lower, upper=upper)
    )
    return _n(
        "“%(middle)s” in the middle, and %(half)s (%(num)s person rated it)",
        "“%(middle)s” in the middle, and %(half)s (%(num)s people rated it)",
        spread.raters,
        middle=_place(spread.median, points),
        half=half,
    )


def _place(at: Fraction, points: int) -> str:
    """A place on the scale in words; between two points it is said as the nearer, or as both."""
    low = int(at)
    part = at - low
    names = [str(label).lower() for label in SCALES[points]]
    if part == Fraction(1, 2):
        return _("%(low)s / %(high)s", low=names[low - 1], high=names[low])
    return names[low - 1 if part < Fraction(1, 2) else low]
