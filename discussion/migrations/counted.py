"""Which change of which table changes what pages show: of a thread, a series, a person, the site.

Each entry is SQL that gives the numbers of what changed as `i`, of a changed row `{r}`. What stands
in a thread also changes what stands within its series, or its replies, without being said here. A
table that no kept page reads (discussion/web/bodies.py) is not in here; a test reads along.
"""

from collections.abc import Mapping

Counted = Mapping[str, str]  # scope → SQL

_POSITION = "SELECT p.thread_id AS i FROM position p WHERE p.id = {r}.position_id"
_REVISION = (
    "SELECT p.thread_id AS i FROM revision v JOIN position p ON p.id = v.position_id "
    "WHERE v.id = {r}.revision_id"
)
_ROUND = "SELECT o.thread_id AS i FROM round o WHERE o.id = {r}.round_id"
# Of a briefing the thread that it is about, of an essay the one that it led to.
_PUBLICATION = (
    "SELECT b.thread_id AS i FROM publication b WHERE b.id = {r}.publication_id "
    "UNION SELECT e.led_to_id FROM publication_essay e WHERE e.publication_id = {r}.publication_id"
)
_PUBLISHED = "SELECT b.series_id AS i FROM publication b WHERE b.id = {r}.publication_id"
_HERE = "SELECT {r}.thread_id AS i"
_LED_TO = "SELECT e.led_to_id FROM publication_essay e WHERE e.publication_id = {r}.id"
_SERIES = "SELECT {r}.series_id AS i"
_CITING = (
    "SELECT p.thread_id AS i FROM evidence_link l JOIN revision v ON v.id = l.revision_id "
    "JOIN position p ON p.id = v.position_id WHERE l.item_id = {r}.id "
    "UNION SELECT p.thread_id FROM response a JOIN position p ON p.id = a.position_id "
    "WHERE a.item_id = {r}.id"
)
# A thread is named on the pages of those that are related to it, and of those it was moved from;
# and in findings of its series for good, which only what takes it away need know.
_THREAD = (
    "SELECT {r}.id AS i UNION SELECT t.thread_id FROM related_thread t WHERE t.other_id = {r}.id "
    "UNION SELECT t.other_id FROM related_thread t WHERE t.thread_id = {r}.id "
    "UNION SELECT g.target_id FROM regrouping g WHERE g.source_id = {r}.id "
    "UNION SELECT g.source_id FROM regrouping g WHERE g.target_id = {r}.id "
    "UNION SELECT f.thread_id FROM finding_snapshot f JOIN thread t ON t.id = f.thread_id "
    "WHERE t.series_id = {r}.series_id AND ({r}.is_hidden OR {r}.merged_into_id IS NOT NULL)"
)
_DECIDED = (
    "SELECT t.id AS i FROM thread t "
    "WHERE {r}.subject_kind = 'thread' AND t.public_id = {r}.subject_id "
    "UNION SELECT p.thread_id FROM position p "
    "WHERE {r}.subject_kind = 'position' AND p.public_id = {r}.subject_id "
    "UNION SELECT p.thread_id FROM response a JOIN position p ON p.id = a.position_id "
    "WHERE {r}.subject_kind = 'response' AND a.public_id = {r}.subject_id "
    "UNION SELECT s.thread_id FROM statement s "
    "WHERE {r}.subject_kind = 'statement' AND s.public_id = {r}.subject_id"
)
_ASKED = "SELECT k.series_id AS i FROM needed_question k WHERE k.id = {r}.question_id"
_EVERYWHERE = "SELECT 0 AS i"
_PERSON = "SELECT {r}.person_id AS i"

# What is said to positions: it comes most often, and most pages of a series tell nothing of it.
REPLIES = frozenset({"response", "response_text", "voice"})
TABLES: Mapping[str, Counted] = {
    "person": {"site": _EVERYWHERE, "person": "SELECT {r}.id AS i"},
    "series": {"site": _EVERYWHERE, "series": "SELECT {r}.id AS i"},
    "theme": {"series": _SERIES},
    "theme_wording": {
        "series": "SELECT t.series_id AS i FROM theme t WHERE t.id = {r}.theme_id",
    },
    "scale": {"series": _SERIES},
    "scale_wording": {
        "series": "SELECT c.series_id AS i FROM scale c WHERE c.id = {r}.scale_id",
    },
    "value": {"series": _SERIES},
    "value_wording": {
        "series": "SELECT w.series_id AS i FROM value w WHERE w.id = {r}.value_id",
    },
    "value_crosswalk": {
        "series": "SELECT w.series_id AS i FROM value w WHERE w.id = {r}.value_id",
    },
    "value_proposal": {"series": _SERIES},
    "reason": {"series": _SERIES},
    "membership": {"within": _SERIES, "person": _PERSON},
    "redaction": {"series": _SERIES},
    "decision": {"thread": _DECIDED, "within": _SERIES},
    "evidence_item": {"thread": _CITING, "within": _SERIES},
    "link_check": {
        "within": "SELECT e.series_id AS i FROM evidence_item e WHERE e.id = {r}.item_id",
    },
    "thread": {"thread": _THREAD, "within": _SERIES},
    "thread_theme": {"thread": _HERE},
    "thread_scale": {"thread": _HERE},
    "thread_cycle": {"thread": _HERE},
    "thread_summary": {"thread": _HERE},
    "steelman": {
        "thread": "SELECT y.thread_id AS i FROM thread_summary y WHERE y.id = {r}.summary_id",
    },
    "stage_move": {"thread": _HERE},
    "old_address": {"thread": _HERE},
    "heading": {"thread": _HERE},
    "related_thread": {
        "thread": "SELECT {r}.thread_id AS i UNION SELECT {r}.other_id",
    },
    "regrouping": {
        "thread": "SELECT {r}.source_id AS i UNION SELECT {r}.target_id",
    },
    "voice": {"thread": _HERE},
    "position": {"thread": _HERE},
    "revision": {"thread": _POSITION},
    "value_tag": {"thread": _REVISION},
    "evidence_link": {"thread": _REVISION},
    "response": {"thread": _POSITION},
    "response_text": {
        "thread": "SELECT p.thread_id AS i FROM response a "
        "JOIN position p ON p.id = a.position_id WHERE a.id = {r}.response_id",
    },
    "editors_note": {"thread": f"{_HERE} UNION {_POSITION}"},
    "part_counts": {"thread": f"{_HERE} UNION {_POSITION}"},
    "statement": {"thread": _HERE},
    "statement_version": {
        # With withheld words go reasons that repeat them, also why something was moved elsewhere.
        "thread": "SELECT s.thread_id AS i FROM statement s WHERE s.id = {r}.statement_id "
        "UNION SELECT g.target_id FROM statement s JOIN regrouping g ON g.source_id = s.thread_id "
        "WHERE s.id = {r}.statement_id",
    },
    # No page shows what somebody is asked; how many notices they have does.
    "confirmation": {"person": _PERSON},
    "statement_source": {
        "thread": "SELECT s.thread_id AS i FROM statement s WHERE s.id = {r}.statement_id",
    },
    "round": {"thread": _HERE},
    "round_statement": {"thread": _ROUND},
    "shown_lines": {"thread": _ROUND},
    "rater_sets": {"thread": _ROUND},
    "finding_snapshot": {"thread": _HERE},
    "publication": {
        "thread": f"{_HERE} UNION {_LED_TO}",
        "within": _SERIES,
    },
    "publication_essay": {"thread": "SELECT {r}.led_to_id AS i"},
    "publication_version": {"thread": _PUBLICATION, "within": _PUBLISHED},
    "instrument": {"within": _SERIES},
    "practice_run": {
        "within": "SELECT o.series_id AS i FROM organisation o WHERE o.id = {r}.organisation_id",
    },
    "practice_edition": {"within": _SERIES},
    "needed_question": {"within": _SERIES},
    "needed_origin": {"within": _ASKED},
    "needed_looking": {"within": _ASKED},
    "part": {"person": _PERSON},
    "mute": {"person": _PERSON},
}


def scopes_of(table: str) -> Mapping[str, str]:
    """Each scope that a change of the table changes, with its SQL."""
    counted = TABLES[table]
    if "thread" not in counted:
        return counted
    around = "replies" if table in REPLIES else "within"
    in_series = f"SELECT h.series_id AS i FROM thread h WHERE h.id IN ({counted['thread']})"  # noqa: S608
    own = counted.get(around)
    return {**counted, around: f"{own} UNION {in_series}" if own else in_series}
