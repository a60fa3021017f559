"""The kinds of things that can be found, what they are narrowed by, and the limits of asking."""

from dataclasses import dataclass

from discussion.language import Phrase, _l
from discussion.vocabulary import Wording

LONGEST = 200  # characters that are looked for
LONGEST_CHOICE = 80
MOST_TERMS = 12
SHORTEST_PREFIX = 2
PER_PAGE = 20
LAST_PAGE = 50  # nobody turns more; each costs the sum of those before
MOST_TOKENS = 12_000  # of one thing
MOST_SEEN = 250  # how often one word is placed in it: PostgreSQL keeps no more
OFTEN_FROM = 3


@dataclass(frozen=True)
class Sort:
    """One sort of thing that can be found.

    `worth` is what it adds among others that match as well, see queries/asking.py; `table` is where
    its rows are, of a finding those of its thread.
    """

    name: str
    many: Phrase
    one: Phrase | str  # empty where a result says it otherwise
    worth: int
    table: str


SORTS = (
    Sort("position", _l("Positions"), "", 50, "position"),
    Sort("item", _l("Library items"), _l("Library item"), 35, "evidence_item"),
    Sort("thread", _l("Threads"), _l("Thread"), 60, "thread"),
    Sort("response", _l("Responses"), "", 15, "response"),
    Sort("theme", _l("Themes"), _l("Theme"), 55, "theme"),
    Sort("value", _l("Values"), _l("Value"), 25, "value"),
    Sort("finding", _l("Findings"), _l("Finding"), 45, "thread"),
    Sort("statement", _l("Statements"), _l("Statement"), 20, "statement"),
    Sort("publication", _l("Briefings and essays"), "", 40, "publication"),
    Sort("question", _l("Questions to find out"), _l("To find out"), 30, "needed_question"),
    Sort("person", _l("People"), _l("Person"), 50, "person"),
)
KINDS = {one.name: one.many for one in SORTS}
ONE = {one.name: one.one for one in SORTS}
WORTH = {one.name: one.worth for one in SORTS}
# Of these who may read them is asked one by one.
PERSON, QUESTION = "person", "question"
ORDERS: dict[str, Phrase] = {"fit": _l("what fits best"), "new": _l("what is newest")}


@dataclass(frozen=True)
class Facet:
    """One way of narrowing what was found; `keeps_zero` are its choices that are shown at 0."""

    name: str  # in addresses
    label: Wording
    keeps_zero: bool = False


FACETS = (
    Facet("kind", _l("Kind"), keeps_zero=True),
    Facet("series", _l("Series")),
    Facet("theme", _l("Theme")),
    Facet("stage", _l("Stage of its thread"), keeps_zero=True),
    Facet("level", _l("Level")),
    Facet("value", _l("Value served")),
    Facet("cost", _l("Value outweighed")),
    Facet("evidence", _l("Evidence")),
    Facet("strength", _l("Strength, as published")),
    Facet("role", _l("Role")),
    Facet("phase", lambda said: said.phase_label),
    Facet("month", _l("Month")),
    Facet("answered", _l("Answered"), keeps_zero=True),
)
ANSWERED: dict[str, Phrase] = {"yes": _l("Has an answer"), "no": _l("Not yet")}
NO_STUDY = "none"

# Where something matched, by what cards and pages call it; in the order in which it is told.
PLACES: dict[str, Phrase] = {
    "title": _l("its title"),
    "claim": _l("the claim"),
    "question": _l("its question"),
    "label": _l("its name"),
    "text": _l("the text"),
    "context": _l("its context"),
    "summary": _l("its summary"),
    "outcome": _l("its outcome"),
    "reasoning": _l("the reasoning"),
    "objection": _l("the strongest objection"),
    "change_mind_text": _l("what would change it"),
    "setting": _l("where it applies"),
    "interests": _l("what its author declares"),
    "gloss": _l("what a value means here"),
    "warrant": _l("why a source matters"),
    "rebuttal": _l("why the claim is still held"),
    "transfer_note": _l("how a source travels"),
    "locator": _l("where in a source"),
    "definition": _l("its definition"),
    "description": _l("its description"),
    "authors": _l("its authors"),
    "about": _l("what is known of it"),
}
