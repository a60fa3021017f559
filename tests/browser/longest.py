"""What people may type, each as one long word: as long as its field takes, up to 300 letters.

A column that keeps text stands in TYPED, or in NOT_TYPED with why; a new one that does neither
fails a test.
"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Table

LETTERS = 300
SHORT = 60  # what is shorter than this is a word of ours, or cannot push a page apart
BEFORE = "Headteachers considered "  # ordinary words, which must stay whole
ONE = "enrichment"

# table → what people or conveners type into it, with the longest that its form takes
TYPED: dict[str, dict[str, int]] = {
    "announcement": {"title": 120, "text": 2000},
    "appeal": {"text": 2000},
    "appeal_outcome": {"why": 1000},
    "confirmation": {"said": 400},
    "decision": {"why": 600, "facts": 1000},
    "duty_record": {"text": 2000, "html": 2000, "code_version": 120, "what_changed": 300},
    "editors_note": {"text": 1000},
    "evidence_item": {
        "title": 300, "authors": 120, "publisher": 200, "url": 500, "citation": 600,
        "licence_note": 200, "strength_note": 300, "population": 300, "context": 300,
        "outcome": 600, "effect": 200, "cost": 200, "limitations": 600, "description": 2000,
        "status_note": 300, "archive_url": 500,
    },
    "evidence_link": {"warrant": 600, "transfer_note": 300, "locator": 120, "rebuttal": 600},
    "heading": {"text": 120},
    "instrument": {
        "professed": 200, "practised": 200, "compulsion": 200, "stops": 80, "compulsion_stops": 80,
    },
    "instrument_function": {"name": 60, "covers": 160},
    "instrument_vision": {"text": 200},
    "link_check": {"leads_to": 500, "problem": 120},
    "needed_looking": {"who": 120, "how": 300, "reason": 300},
    "needed_question": {"text": 280, "answer": 300},
    "needed_step": {"reason": 300},
    "organisation": {"name": 120},
    "person": {"display_name": 80, "organisation": 120, "interests": 300},
    "practice_answer": {"reason": 300},
    "practice_run": {"consent_text": 1200, "consent_by": 120, "letter": 600, "named_by": 120},
    "practice_unit": {"name": 80},
    "publication": {"title": 200},
    "publication_essay": {
        "standfirst": 400, "text": 20_000, "html": 20_000, "author": 120, "life": 400,
        "portrait": 300, "provenance": 300,
    },
    "publication_quoting": {"objection": 600, "answer": 600},
    "publication_version": {"note": 300},
    "rating": {"reason": 300, "settles": 200},
    "reason": {"label": 120, "explanation": 400},
    "related_thread": {"why": 200},
    "report": {"text": 1000},
    "response_text": {"source": 1500, "html": 1500, "wants": 400},
    "revision": {
        "claim": 280, "reasoning": 6000, "reasoning_html": 6000, "setting": 200, "objection": 600,
        "change_mind_text": 300, "interests": 300, "place_words": 60,
    },
    "round": {"attribution": 600},
    "scale": {"low": 60, "high": 60, "definition": 300, "steps": 60},
    "scale_wording": {"low": 60, "high": 60, "definition": 300, "steps": 60},
    "series": {
        "title": 120, "question": 300, "summary": 1200, "host": 120, "rules": 12_000,
        "rules_html": 12_000, "provenance": 300,
    },
    "stage_move": {"why": 300},
    "statement_version": {"text": 200, "why": 300},
    "steelman": {"text": 400, "said": 400},
    "theme": {"question": 200, "summary": 2000, "summary_html": 2000, "provenance": 200},
    "theme_wording": {"question": 200},
    "thread": {
        "question": 200, "context": 4000, "context_html": 4000, "use_of_result": 600,
        "summary": 300, "outcome": 6000, "outcome_html": 6000, "question_source": 300,
    },
    "thread_cycle": {"outcome": 6000, "outcome_html": 6000, "summary": 300},
    "thread_summary": {"text": 2000, "html": 2000},
    "value": {"label": 60, "definition": 200, "source": 300},
    "value_crosswalk": {"framework": 80, "term": 120},
    "value_proposal": {"label": 60},
    "value_tag": {"gloss": 200},
    "value_wording": {"label": 60, "definition": 200},
    "webhook": {"name": 80},
}  # fmt: skip

OURS = (
    "key",
    "hash",
    "slug",
    "id",
    "name",
    "kind",
    "sealed",
    "device",
    "email",
)  # how such columns end
NOT_TYPED = {
    "attempt.part": "is made by the site",
    "audit_event.previous": "is made by the site",
    "audit_event.why": "is read by no page",
    "consent.note": "is read in the copy of one’s data alone",
    "evidence_item.doi": "is an identifier",
    "evidence_item.title_folded": "is for finding alone",
    "follow.subject": "is made by the site",
    "job.error": "is read on no page",
    "kept_form.network": "is made by the site",
    "kept_form.address": "is where a form is sent to",
    "kept_form.page": "is where a form stands",
    "link_check.url": "is where a link leads",
    "needed_looking.url": "is where a link leads",
    "needed_origin.subject": "is made by the site",
    "publication_essay.provenance_url": "is where a link leads",
    "publication_source.shown_as": "is compared, and read on no page",
    "data_package.sha256": "is a hash",
    "bounced.letter": "is made by the site",
    "webhook.url": "is shown by its host alone",
    "publication_version.doi": "is an identifier",
    "rating.rater_key": "is made by the site",
    "search_entry.items": "is made by the site",
    "search_entry.tags": "is made by the site",
    "search_text.words": "is for finding alone",
    "sent_form.place": "is where a form is sent to",
    "series.provenance_url": "is where a link leads",
    "theme.provenance_url": "is where a link leads",
    "visit.subject": "is made by the site",
}


def long_word(longest: int, mark: str = "") -> str:
    """As long as the field takes, up to 300 letters in one; short fields hold nothing else."""
    before = f"{BEFORE}{mark} " if longest >= 2 * SHORT + len(BEFORE) else mark
    letters = min(LETTERS, longest - len(before))
    return before + (ONE * LETTERS)[:letters]


def lengthen(connection: Connection, tables: dict[str, Table]) -> None:
    """Every typed text of every row becomes as long a word as its field takes."""
    for (name,) in connection.execute(
        sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    ).all():
        connection.execute(sa.text(f'DROP TRIGGER "{name}"'))
    for table, fields in TYPED.items():
        for change in _changes(connection, tables[table], fields):
            connection.execute(change)
    snapshot = tables["finding_snapshot"]
    for id, results in connection.execute(sa.select(snapshot.c.id, snapshot.c.results)).all():
        frozen = {"results": _in_results(results)}
        connection.execute(sa.update(snapshot).where(snapshot.c.id == id).values(frozen))


def _in_results(found: Any, name: str = "") -> Any:
    """What a snapshot froze of statements and of the names of groups and values."""
    if isinstance(found, dict):
        return {key: _in_results(one, key) for key, one in found.items()}
    if isinstance(found, list):
        return [_in_results(one, name) for one in found]
    return long_word(200) if isinstance(found, str) and name in ("text", "label") else found


def _changes(connection: Connection, table: Table, fields: dict[str, int]) -> Iterator[Any]:
    key = next(iter(table.primary_key.columns))
    columns = [table.c[name] for name in fields]
    for number, (id, *kept) in enumerate(connection.execute(sa.select(key, *columns)).all()):
        new = {
            column.name: _lengthened(column.name, was, fields[column.name], f"{number} ")
            for column, was in zip(columns, kept, strict=True)
            if was
        }
        if new:
            yield sa.update(table).where(key == id).values(new)


def _lengthened(name: str, was: Any, longest: int, mark: str) -> Any:
    word = long_word(longest, mark)
    if isinstance(was, list):
        return [word for _each in was]
    if isinstance(was, dict):
        return dict.fromkeys(was, word)
    if name.endswith("html"):
        return f"<p>{word}</p>"
    if "url" in name or name == "leads_to":
        return f"https://example.org/{long_word(longest - 30, mark.strip()).replace(' ', '-')}"
    return word
