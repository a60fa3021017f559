"""The words that templates use for slugs, and dates as the attribution allows them."""

from datetime import date, datetime
from types import SimpleNamespace

from flask import Flask, g

from discussion import clock
from discussion.debate.evidence import words as evidence
from discussion.debate.positions import words as positions
from discussion.debate.threads import words as threads
from discussion.debate.threads import words_arranging as arranging
from discussion.decisions import words as decisions
from discussion.language import _l, in_words, zone_in_words
from discussion.oversight.appeals import words as appeals
from discussion.oversight.moderation import words as moderation
from discussion.oversight.reports import words as reports
from discussion.people.accounts import words as accounts
from discussion.series.about.words_glosses import GLOSSES
from discussion.series.series import words as series
from discussion.series.values import words as values
from discussion.text import as_written
from discussion.text.tongues import USUAL, Spoken, language_of, listed
from discussion.weighing.rounds import words as rounds
from discussion.weighing.rounds import words_statements as statements

WORDS = SimpleNamespace(
    level=positions.LEVELS,
    stance=positions.STANCES,
    transfer=positions.TRANSFERS,
    confidence=positions.CONFIDENCES,
    change_mind=positions.CHANGE_MINDS,
    attribution=positions.ATTRIBUTIONS,
    reason=positions.CHANGE_REASONS,
    response_type=positions.RESPONSE_TYPES,
    part_stance=positions.PART_STANCES,
    part_over=positions.PART_OVER,
    reasonable=positions.REASONABLE,
    kind=evidence.KINDS,
    question_type=evidence.QUESTION_TYPES,
    status=evidence.STATUSES,
    stage=threads.STAGES,
    stage_says=threads.STAGE_SAYS,
    answered=arranging.ANSWERED,
    gap=arranging.GAPS,
    family=values.FAMILIES | {values.OTHER: _l("Proposed")},
    role=accounts.ROLES,
    phase=accounts.PHASES,
    region=accounts.REGIONS,
    organisation_type=accounts.ORGANISATION_TYPES,
    organisation_size=accounts.ORGANISATION_SIZES,
    series_role=series.SERIES_ROLES,
    series_status=series.STATUSES,
    visibility=series.VISIBILITIES,
    who_may_post=series.WHO_MAY_POST,
    moderation=series.MODERATIONS,
)

DESK_WORDS = SimpleNamespace(
    kind=moderation.KINDS,
    action=decisions.ACTIONS,
    do=moderation.DO,
    then=moderation.THEN,
    keys=moderation.KEYS,
    mark=decisions.MARKS,
    mark_says=decisions.MARKS_SAY,
    role=decisions.DECIDERS,
    answer=moderation.ANSWERS,
    settle=evidence.SETTLEMENTS,
    link_state=evidence.LINK_STATES,
)

REPORT_WORDS = SimpleNamespace(
    kind=reports.KINDS, reason=reports.REASONS, outcome=reports.OUTCOMES, key=moderation.KEYS
)

APPEAL_WORDS = SimpleNamespace(
    outcome=appeals.OUTCOMES, do=appeals.DO, key=appeals.KEYS, state=appeals.STATES
)


STATEMENT_WORDS = SimpleNamespace(
    kind=rounds.KINDS,
    many=rounds.KINDS_OF_MANY | {"": statements.UNSORTED},
    kind_says=rounds.KIND_SAYS,
    confirmed=rounds.CONFIRMATIONS,
    doubt=statements.DOUBTS,
    doubt_says=statements.DOUBTS_SAY,
    shut=statements.SHUT,
    gap=statements.GAPS,
)


def install(app: Flask) -> None:
    app.jinja_env.globals.update(
        words=WORDS,
        glosses=GLOSSES,
        desk_words=DESK_WORDS,
        report_words=REPORT_WORDS,
        appeal_words=APPEAL_WORDS,
        statement_words=STATEMENT_WORDS,
        in_words=in_words,
        zone_in_words=zone_in_words,
        zone_key=lambda: clock.zone().key,
        partial_date=partial_date,
        languages=listed,
        tongue=tongue,
        as_written=lambda words: as_written(str(words)),
    )


def tongue(said: object, *usual: str) -> str:
    """The language of words whose writer could not say it: by their letters, as is usual here."""
    if isinstance(said, Spoken):
        return said.language
    return language_of(str(said), "", (*usual, g.get("usual_language", USUAL)))


def partial_date(iso: str) -> str:
    """A month, a day or a minute in words: "2026-11" is "November 2026"."""
    if len(iso) == 7:
        return in_words(date.fromisoformat(f"{iso}-01"), "MMMM y")
    if len(iso) == 10:
        return in_words(date.fromisoformat(iso))
    return in_words(datetime.fromisoformat(iso), "d MMMM y, HH:mm")
