"""What a briefing is made of: its sections, each with its purpose, and the words about it."""

from discussion.language import _l

KINDS = {"briefing": _l("Briefing"), "essay": _l("Essay")}

# purpose → (heading, what belongs there), in the order of the page
SECTIONS = {
    "question": (
        _l("What was found"),
        _l("The answer in three or four sentences, for a reader who stops here."),
    ),
    "shared": (
        _l("What contributors share"),
        _l("Ends that positions have in common, each with where it was said."),
    ),
    "disputed": (
        _l("What is disputed, and over what"),
        _l("Ends that one position serves and another gives up. Quote both sides."),
    ),
    "range": (
        _l("The range of positions"),
        _l("The map and every claim are put in for you. Say what the reader should see."),
    ),
    "strategies": (
        _l("Strategies"),
        _l("What people propose to do, and at which level."),
    ),
    "minority": (
        _l("The minority view"),
        _l("In its authors’ own words. It has to be there wherever anything is apart."),
    ),
    "evidence": (
        _l("Disputed facts, and where evidence stops"),
        _l("What each source is made to carry is put in for you. Name the gaps."),
    ),
    "minds": (
        _l("What would change minds"),
        _l("What each author said is put in for you."),
    ),
    "needed": (
        _l("What we need to know"),
        _l("Questions that moderators made of this are put in for you. Say which matter most."),
    ),
    "happens": (
        _l("What happens now"),
        _l("Who does what, and when it is looked at again."),
    ),
    "who": (
        _l("Who took part, and who did not"),
        _l("Numbers by role are put in for you. Say who was not heard."),
    ),
    "method": (
        _l("How this was made"),
        _l("The rules and thresholds are put in for you. Add what a reader should know."),
    ),
}
MINORITY, NEEDED = "minority", "needed"
PUT_IN = ("range", "evidence", "minds", "who", "method")  # there whatever is written
DISPUTED = ("disputed", MINORITY)
EMPTY_MINORITY = _l("Nobody wrote that they hold otherwise.")

MAX_TITLE = 200
MAX_SECTION = 6_000
MAX_NOTE = 300
MAX_OBJECTION = 600
MAX_ADDRESS = 500
MOST_PAGES = 2

DAYS_TO_OBJECT = 5
FEWEST_DAYS, MOST_DAYS = 2, 21

# Why every file of a version is gone; each as a sentence.
GONE = {
    "redacted": _l("Words that it quoted or rested on were taken out by the moderators."),
    "hidden": _l("Something that it quoted or rested on is hidden."),
    "removed": _l("Something that it quoted or rested on was removed."),
    "erased": _l("One of the people it quoted has left and taken their words along."),
    "label": _l("One of the people it named is now shown by less than before."),
    "moved": _l("A position that it rested on is in another thread now."),
    "unread": _l("The thread that it is about can no longer be read."),
    "objection": _l("Its moderators withdrew it."),
}
# Why a reference stops a briefing, by the state of its link.
HELD = {
    "": _l(
        "The link of %(mark)s is not checked yet: %(title)s. Wait for the check, open it yourself "
        "and say that it works, or keep an archived copy."
    ),
    "dead": _l("The link of %(mark)s leads nowhere: %(title)s. Keep an archived copy of it."),
    "unreachable": _l(
        "The server of %(mark)s did not answer when it was asked last: %(title)s. Open it yourself "
        "and say that it works, or keep an archived copy."
    ),
}
# What makes a reader's copy wrong at once, before anything else is looked at.
WITHDRAWN_BY_AUTHOR = "withdrawn"

# How a DOI stands at its register, in the register’s words; before, that it is asked for.
ASKED, FINDABLE, HIDDEN, REFUSED = "asked", "findable", "registered", "refused"

DOI_SAYS = {
    ASKED: _l("It is being registered, and leads here once that is done."),
    REFUSED: _l("It could not be registered yet. Cite the address of this page until then."),
    HIDDEN: _l("Its register says that this version is withdrawn."),
}

FORMATS = {
    "pdf": ("application/pdf", _l("PDF")),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _l("Word"),
    ),
    "txt": ("text/plain; charset=utf-8", _l("Plain text")),
    "json": ("application/json", _l("JSON, with what it rests on")),
    "bib": ("application/x-bibtex; charset=utf-8", _l("References as BibTeX")),
    "ris": ("application/x-research-info-systems; charset=utf-8", _l("References as RIS")),
    "csl": ("application/vnd.citationstyles.csl+json", _l("References as CSL-JSON")),
}
