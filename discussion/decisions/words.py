"""Vocabularies of what is decided: actions, who decides, what an author is asked to mend."""

from discussion.language import _l
from discussion.vocabulary import Wording

CLAIM_MINUTES = 15  # how long an item is one moderator's alone

# What a series sets a time for: name → what it covers. The times stand in targets.
TARGETS = {
    "contribution": _l("Positions, responses, proposed threads and proposed values"),
    "report": _l("Reports"),
    "urgent": _l("Reports of illegal content, or that somebody may be in danger or is identified"),
    "appeal": _l("Appeals"),
    "upkeep": _l("Retracted evidence, broken links, stages about to move, reviews"),
}

ACTIONS = {
    "approve": _l("Approved"),
    "send_back": _l("Sent back"),
    "decline": _l("Declined"),
    "hide": _l("Hidden"),
    "restore": _l("Restored"),
    "remove": _l("Removed"),
    "keep": _l("Kept"),
    "ask_edit": _l("Asked to edit"),
    "open": _l("Opened"),
    "edit": _l("Edited"),
    "move_on": _l("Moved on"),
    "close": _l("Closed"),
    "reopen": _l("Reopened"),
    "feature": _l("Featured"),
    "pin": _l("Pinned"),
    "order": _l("Ordered"),
    "note": _l("Note written"),
    "unfeature": _l("No longer featured"),
    "unpin": _l("No longer pinned"),
    "unnote": _l("Note taken away"),
    "sanction_note": _l("Note to a member"),
    "pre_moderation": _l("Read first for a while"),
    "pause": _l("Paused from posting"),
    "removal": _l("Removed from the series for a while"),
    "lift": _l("Lifted early"),
    "redact": _l("Words taken out"),
    "unredact": _l("Words put back"),
    "overturn": _l("Reversed on appeal"),
    "take_over": _l("New address used"),
    "archive": _l("Archived copy given"),
    "ask_authors": _l("Authors asked to look"),
    "settle": _l("Looked at, and left as it is"),
    "merge": _l("Merged"),
    "split": _l("Split"),
    "move": _l("Moved"),
    "undo_merge": _l("Merge undone"),
    "undo_split": _l("Split undone"),
    "undo_move": _l("Move undone"),
    "heading": _l("Heading added"),
    "rename_heading": _l("Heading renamed"),
    "move_heading": _l("Heading moved"),
    "remove_heading": _l("Heading removed"),
    "relate": _l("Related thread added"),
    "unrelate": _l("Related thread taken away"),
    "summarise": _l("Summary written"),
    "unsummarise": _l("Summary taken away"),
    "slow": _l("Slow mode set"),
    "unslow": _l("Slow mode ended"),
    "close_voices": _l("Closed to new contributors"),
    "close_all": _l("Closed to everybody"),
    "open_again": _l("Open to everybody again"),
    "look_again": _l("Outcome looked at again"),
    "let_move": _l("Left to move by its date"),
    "draft_statement": _l("Statement drafted"),
    "reword_statement": _l("Statement reworded"),
    "sort_statement": _l("Statement sorted by kind"),
    "place_statement": _l("Statement placed on a scale"),
    "redraw_statement": _l("Sources of a statement changed"),
    "order_statement": _l("Statements ordered"),
    "retire_statement": _l("Statement retired"),
    "restore_statement": _l("Statement brought back"),
    "withhold_statement": _l("Words of a statement withheld"),
    "show_statement": _l("Words of a statement shown again"),
    "plan_round": _l("Round planned"),
    "change_round": _l("Plan of a round changed"),
    "drop_round": _l("Planned round dropped"),
    "open_round": _l("Round opened"),
    "close_round": _l("Round closed early"),
    "let_line": _l("A line may be shown"),
    "hold_line": _l("A line is not shown"),
    "import_round": _l("Ratings imported from elsewhere"),
    "export_ratings": _l("Ratings handed out without names"),
}

MAX_WHY = 600
MAX_FACTS = 1000


DECIDERS = {
    "moderator": _l("Moderator"),
    "convener": _l("Convener"),
    "administrator": _l("Administrator"),
}
DECIDED_BY = {
    "moderator": _l("A moderator"),
    "convener": _l("A convener"),
    "administrator": _l("An administrator of the site"),
}

# What an author is asked to mend: a mark's name, and what it suggests to them.
MARKS = {
    "two_claims": _l("Two claims in one"),
    "value_without_why": _l("A value without a reason"),
    "evidence_without_warrant": _l("Evidence without a reason"),
    "source_does_not_say": _l("The source does not say that"),
    "unclear": _l("Unclear"),
    "already_said": _l("Already said"),
}
MARKS_SAY: dict[str, Wording] = {
    "two_claims": _l("Somebody could agree with one half and not the other. Keep the"
                     " claim that matters most to you, and move the other."),
    "value_without_why": _l("Say in one line what the value means here, so that others"
                            " see why it leads to your claim."),
    "evidence_without_warrant": _l("Say why this source matters for your claim: what it"
                                   " found, and how that leads to what you say."),
    "source_does_not_say": _l("We could not find this in the source. Give the page, or say only "
                              "what it does find."),
    "unclear": lambda said: said.reader_elsewhere,
    "already_said": _l("Another position says much the same. Read it: you may respond to it, or "
                       "say here what yours adds."),
}  # fmt: skip
ALREADY_SAID = "already_said"
ASKS_FOR_AN_EDIT = ("send_back", "ask_edit")  # what marks go with


NEEDS_NO_REASON = ("approve", "restore", "keep")

# What templates find these under: `desk_words.action[…]`.
ON_PAGES = {
    "desk_words": {
        "action": ACTIONS,
        "mark": MARKS,
        "mark_says": MARKS_SAY,
        "role": DECIDERS,
        "longest_why": MAX_WHY,
    }
}
