"""What the tables of positions and responses say of themselves."""

from discussion.reach.packages.queries import of_positions as asked
from discussion.reach.packages.queries.marks_of_positions import marks
from discussion.reach.packages.queries.tabling import DataTable
from discussion.reach.packages.shapes import Column, Key

_POSITION = Column("position", "the position’s id")
_VERSION = Column("version", "which version", "integer")
_IS_NEWEST = Column("is_newest", "whether it is the version that stands", "boolean")
_TO_POSITION = Key(("position",), "positions", ("position",))
_TO_VERSION = Key(("position", "version"), "versions", ("position", "version"))
_BYLINE = (
    Column(
        "byline",
        "who wrote it, as pages name them. A letter is one voice within one thread;"
        " two voices may be one person, and nothing here tells which are",
    ),
    Column("role", "by name: as what they post; otherwise empty, since the byline says it"),
    Column("organisation", "by name, and only if they show it"),
    Column("attribution", "how they chose to be named", among=("named", "role", "chatham_house")),
)
_DATES = (
    Column(
        "published",
        "when it was first shown: by name the minute (UTC), by role the day, under"
        " the Chatham House Rule the month",
    ),
    Column("changed", "when what stands here was shown, as coarsely"),
)
_LANGUAGE = Column("language", "the language it is written in (BCP 47)")
_SAID = (
    _LANGUAGE,
    Column("claim", "the claim, one sentence"),
    Column("reasoning", "why, in Markdown"),
    Column("level", "the level that the claim is about"),
    Column("phases", "where in the sector it applies", "list"),
    Column("setting", "the setting it speaks of"),
    Column("places", "its places on the thread’s scales, as scale=place from 0 to 1", "list"),
    Column("confidence", "1 tentative to 4 very confident", "integer"),
    Column("objection", "the strongest objection that its author sees"),
    Column(
        "change_mind",
        "what would change its author’s mind: evidence, value, practical or nothing",
        "list",
    ),
    Column("change_mind_text", "the same in their words"),
    Column("is_without_study", "whether it rests on values and judgement alone", "boolean"),
    Column("interests", "interests that its author declares"),
)

POSITIONS = DataTable(
    "positions",
    "Positions",
    "What contributors hold, in the version that stands.",
    (
        _POSITION,
        Column("thread", "the thread"),
        *_BYLINE,
        *_DATES,
        Column("version", "which version this is", "integer"),
        *_SAID,
        Column("url", "its page"),
    ),
    ("position",),
    together=asked.told,
    marks=marks,
    refers=(Key(("thread",), "threads", ("thread",)),),
)
VERSIONS = DataTable(
    "versions",
    "Versions of positions",
    "Every version that was ever shown. Who wrote it stands in positions.",
    (
        _POSITION,
        _VERSION,
        _IS_NEWEST,
        Column("changed", "when it was shown, as coarsely as its author is named"),
        Column("reason", "why it was made, as its author chose"),
        *_SAID,
        Column("url", "its page"),
    ),
    ("position", "version"),
    together=asked.told,
    refers=(_TO_POSITION,),
)
VALUE_TAGS = DataTable(
    "value_tags",
    "Values of positions",
    "What each version serves, and what it says it outweighs.",
    (
        _POSITION,
        _VERSION,
        _IS_NEWEST,
        Column("side", "served or outweighed", among=("served", "outweighed")),
        Column("rank", "1 is the weightiest", "integer"),
        Column("value", "the value, as it is meant today; empty while it is only proposed"),
        Column("label", "the value in words"),
        Column("family", "the family of values; other while it is only proposed"),
        Column("gloss", "what the author says that it means here"),
        Column("is_proposed", "whether it waits to join the set", "boolean"),
    ),
    ("position", "version", "side", "rank"),
    together=asked.told,
    refers=(_TO_VERSION, Key(("value",), "values", ("value",))),
)
LINKS = DataTable(
    "links",
    "Links to items",
    "How each version cites items of the library.",
    (
        _POSITION,
        _VERSION,
        _IS_NEWEST,
        Column("place", "its place in the list of the version", "integer"),
        Column("item", "the item; empty where moderators have hidden it"),
        Column(
            "stance",
            "how it bears on the claim",
            among=("supports", "qualifies", "contradicts", "background"),
        ),
        Column("warrant", "why it bears on the claim"),
        Column(
            "transfer",
            "how like the author’s setting the one studied is",
            among=("same", "similar", "different", "unknown"),
        ),
        Column("transfer_note", "more about that"),
        Column("locator", "where in the item"),
        Column("rebuttal", "why the claim is held although the item contradicts it"),
    ),
    ("position", "version", "place"),
    together=asked.told,
    refers=(_TO_VERSION, Key(("item",), "items", ("item",))),
)
RESPONSES = DataTable(
    "responses",
    "Responses",
    "Short typed answers to positions.",
    (
        Column("response", "its id"),
        _POSITION,
        Column("on_version", "the version that it answers", "integer"),
        Column(
            "type",
            "what it does: asks, adds_evidence, questions_evidence, names_value,"
            " shares_practice, offers_alternative, restates or says_what_follows",
        ),
        Column(
            "fair",
            "of a restatement: whether the author of the position finds it fair",
            among=("yes", "no", "unanswered"),
        ),
        Column("decided_at", "of what follows: the level that would decide"),
        Column("speaks_of", "of what follows: the level at which it follows"),
        Column(
            "consequence",
            "of what follows: what kind of thing it is",
            among=("follows", "must_be_true", "costs"),
        ),
        *_BYLINE,
        *_DATES,
        _LANGUAGE,
        Column("text", "what it says, in Markdown"),
        Column("item", "the item that it brings"),
        Column("value", "the value that it names"),
        Column("url", "its page"),
    ),
    ("response",),
    of_thread=asked.responses,
    refers=(
        _TO_POSITION,
        Key(("item",), "items", ("item",)),
        Key(("value",), "values", ("value",)),
    ),
)
PARTS = DataTable(
    "parts",
    "Where readers part from positions",
    "Private answers in numbers, as the position’s page shows them: from five people, and never"
    " such that subtracting would tell of fewer.",
    (
        _POSITION,
        Column(
            "about",
            "people: how many answered; stance: what they said; over: over what those part who do",
            among=("people", "stance", "over"),
        ),
        Column("answer", "the answer in words"),
        Column("people", "how many", "integer"),
    ),
    ("position", "about", "answer"),
    of_thread=asked.parts,
    refers=(_TO_POSITION,),
)
OF_POSITIONS = (POSITIONS, VERSIONS, VALUE_TAGS, LINKS, RESPONSES, PARTS)
