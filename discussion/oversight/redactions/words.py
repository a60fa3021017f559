"""Vocabularies and limits of redactions."""

from discussion.debate.positions.drafts import LinkDraft, PositionDraft, TagDraft
from discussion.debate.positions.drafts_fields import texts_of
from discussion.language import _l
from discussion.vocabulary import Wording

MAX_PHRASES = 10
MAX_PHRASE = 120
MAX_DAYS = 365
MOMENT = "d MMMM y"

WORKPLACE = "school"  # as the rows of every sector keep it

# What went, as the form offers it.
WHAT: dict[str, Wording] = {
    "name": _l("A name"),
    WORKPLACE: lambda said: said.workplace,
    "place": _l("A place"),
    "contact": _l("Contact details"),
    "other": _l("Another detail"),
}

# What stands in its place, the longest form first: the last is never longer than what went.
GAPS: dict[str, tuple[Wording, Wording]] = {
    "name": (_l("[name removed by moderators]"), _l("[name removed]")),
    WORKPLACE: (lambda said: said.workplace_gap, lambda said: said.workplace_gap_short),
    "place": (_l("[place removed by moderators]"), _l("[place removed]")),
    "contact": (_l("[contact details removed by moderators]"), _l("[removed]")),
    "other": (_l("[detail removed by moderators]"), _l("[removed]")),
}
SHORT_GAPS = ("[…]", "…")

FIELDS = {
    **{
        one.name: one.label
        for table in (PositionDraft, TagDraft, LinkDraft)
        for one in texts_of(table)
    },
    "label": _l("A proposed value"),
    "source": _l("Text"),
    "note": _l("Moderators’ note"),
    "steelman": _l("The position at its strongest, in the summary"),
    "said": _l("How its author would change that"),
    "title": _l("Title"),
    "authors": _l("Authors"),
    "publisher": _l("Publisher"),
    "citation": _l("Citation"),
    "licence_note": _l("Licence"),
    "strength_note": _l("Strength"),
    "population": _l("Who it is about"),
    "context": _l("Context"),
    "outcome": _l("Outcome"),
    "effect": _l("Effect"),
    "cost": _l("Cost"),
    "limitations": _l("Limitations"),
    "description": _l("Description"),
    "status_note": _l("Status"),
    "url": _l("Address: taken away whole"),
    "doi": _l("DOI: taken away whole"),
    "archive_url": _l("Address of a copy: taken away whole"),
    "leads_to": _l("Where the link led: taken away whole"),
    "question": _l("Question"),
    "use_of_result": _l("What will be done with the result"),
    "summary": _l("Summary"),
    "question_source": _l("Where the question comes from"),
    "heading": _l("Heading"),
    "why": _l("Why a thread is related"),
    "who": _l("Who looks into it"),
    "how": _l("How they look into it"),
    "written": _l("The statement"),
    "reworded": _l("Why it was reworded"),
}
