"""Everything about one person, section by section: what a copy of their data holds.

A room that keeps something about people adds a line to SECTIONS: a name, what it is, and a function
that yields plain records, few at a time, so that a copy of any size needs little memory. A record
holds nothing of anybody else: neither who reported somebody, nor which moderator decided, nor what
others answered in private. Fields are explained in `words_copy.FIELDS`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from discussion.language import Phrase, _l
from discussion.oversight.rights.queries.own import account, answers, asked, practice, told, written
from discussion.oversight.rights.queries.own.reading import Asked, Record
from discussion.registers import Register
from discussion.vocabulary import Wording

__all__ = ["FURTHER", "SECTIONS", "Asked", "Record", "Section", "list_sections"]


@dataclass(frozen=True)
class Section:
    """One part of a copy; `read` takes the session and who asked."""

    name: str  # in data.json
    title: Phrase
    says: Wording
    read: Callable[[Session, Asked], Iterator[Record]]


# What rooms above keep about people: `register_rooms` in `wiring/` says which.
FURTHER: Register[Section] = Register()

SECTIONS = (
    Section("account", _l("Your account and profile"),
            _l("What you signed up with, and what your profile says of you."), account.account),
    Section("consents", _l("Consents"),
            _l("What you agreed to, in which version, and when."), account.consents),
    Section("memberships", _l("Series you belong to"),
            _l("Your part in each series, now or once."), account.memberships),
    Section("positions", _l("Positions"),
            _l("Every position of yours, with every version, its values, its evidence"
               " and its status."), written.positions),
    Section("responses", _l("Responses"),
            _l("Every response of yours, with every version."), written.responses),
    Section("drafts", _l("Drafts"),
            _l("What you began to write, exactly as you typed it."), written.drafts),
    Section("kept_forms", _l("Forms that were not sent"),
            _l("What you sent while you were signed out, or while somebody else saved. It is kept"
               " for seven days."), written.kept_forms),
    Section("evidence", _l("Evidence"),
            _l("Items of the libraries that you added."), written.evidence),
    Section("threads", _l("Threads you proposed"),
            _l("Questions that you asked for."), written.threads),
    Section("values", _l("Values you proposed"),
            _l("Values that you missed in a list."), written.values),
    Section("private_answers", _l("Private answers"),
            _l("How far you agree with positions. Nobody but you can read it."),
            answers.private_answers),
    Section("ratings", _l("Ratings"),
            _l("How you rated statements. They are kept without your name, and found by a key "
               "that only this site can make."), answers.ratings),
    Section("practice", _l("What you answered of your organisation"),
            _l("Who asked you, and your answers for as long as it is known which they are: until "
               "nobody can answer any more."), practice.practised),
    Section("coordinated", _l("Organisations for which you ask colleagues"),
            _l("What you set up; never what anybody answered."), practice.coordinated),
    Section("posts", _l("What you counted as in rounds"),
            lambda said: said.posts_in_copy,
            answers.posts),
    Section("confirmations", _l("Statements drawn from your positions"),
            _l("Whether you found them fair."), answers.confirmations),
    Section("steelmen", _l("Your positions in moderators’ summaries"),
            _l("Whether you found them fair."), answers.steelmen),
    Section("restatements", _l("Your positions, restated by others"),
            _l("Whether you found it fair."), answers.restatements),
    Section("reports", _l("Reports you made"),
            _l("What you told the moderators."), told.reports),
    Section("decisions", _l("Decisions about you"),
            _l("What moderators decided on what you wrote, with the reason. Moderators are named "
               "by their role."), told.decisions),
    Section("appeals", _l("Appeals you made"),
            _l("What you asked somebody else to look at again, and what they found."),
            told.appeals),
    Section("sanctions", _l("What a series asked of you"),
            _l("Notes, pauses and the like, each with its end."), told.sanctions),
    Section("mutes", _l("People you muted"),
            _l("As you know them here."), told.mutes),
    Section("letters", _l("E-mails to you"),
            _l("Which e-mails were to be sent to you in the last thirty days; their text is "
               "not kept."), told.letters),
    Section("acts", _l("What you did as a moderator, convener or administrator"),
            _l("Your lines of the chain of acts."), asked.acts),
    Section("official", _l("What you wrote as a moderator or convener"),
            _l("Notes, summaries, statements and records."), asked.official),
    Section("invitations", _l("Invitations you made"),
            _l("Without the addresses, which are others’."), asked.invitations),
    Section("links", _l("Links sent to you by e-mail"),
            _l("For confirming an address or choosing a password; never the link itself."),
            asked.links),
    Section("devices", _l("Browsers you signed in with"),
            _l("When you first and last signed in there; never the browser’s secret."),
            asked.devices),
    Section("sessions", _l("Where you are signed in"),
            _l("Each browser, and when you were last seen there, to the hour."), asked.sessions),
    Section("address_changes", _l("Changes of your address"),
            _l("Asked for, made, or ended, in the last weeks."), asked.address_changes),
    Section("rights", _l("Copies and leaving"),
            _l("When you asked for a copy of your data, or to leave."), asked.rights),
)  # fmt: skip


def list_sections() -> tuple[Section, ...]:
    """Every section, in the order of a copy."""
    return (*SECTIONS, *FURTHER)
