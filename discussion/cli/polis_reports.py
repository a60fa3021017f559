"""What import polis and export polis say: a report in sentences or as JSON, and a README."""

import argparse
from typing import Any

from discussion.polis.conversation import Conversation
from discussion.polis.owed import MARK
from discussion.weighing.rounds.models import Round
from discussion.weighing.rounds.operations.importing import Imported

NAMED = 10  # statements that are named for each reason


def readme(round: Round) -> list[str]:
    """What the files are, and how they may be used."""
    thread = round.thread
    says = [
        f"Statements and answers of round {round.number} of “{thread.question}”",
        f"in the series “{thread.series.title}”, in the shapes of Polis' files.",
        "",
        "1 is agree, -1 disagree, 0 neither. Votes are those that counted when the round closed;",
        "the time beside each is that of the closing. Participants are numbered anew.",
        "A 1 under “apostrophe-added” says that the apostrophe before a statement is not its own:",
        "it keeps spreadsheets from taking the words for a formula.",
        "“moderated” is -1 for what was moderated out; it counts where groups are looked for.",
        "",
    ]
    own = [
        "These are private answers, handed out without names for analysis. They are not anonymous:",
        "who knows some of somebody's answers may find the rest. Do not try to, do not join them",
        "with other data about people, do not publish rows, and show no number of fewer than",
        f"{round.min_group} people. Delete the files when the analysis is done, or when you are",
        "told that somebody who answered has left.",
        "No licence goes with them: ask whoever handed them out before you pass them on.",
        "Statements that too few people answered have no votes here. “Don't know” and “not for me",
        "to say” are 0, as is the middle of the scale.",
    ]
    owed = [f"{MARK} {round.attribution}", "", "Its licence goes with these files."]
    last = own if not round.imported_from else owed if round.attribution else []
    return [f"{line}\n" for line in [*says, *last]]


def as_json(
    typed: argparse.Namespace, conversation: Conversation, imported: Imported | None, owed: str
) -> dict[str, Any]:
    """The shape that docs/importing-and-exporting.md describes."""
    return {
        "thread": typed.thread,
        "round": imported.round.number if imported else None,
        "is_dry_run": typed.dry_run,
        "attribution": owed,
        "statements": len(conversation.comments),
        "participants": len(conversation.participants) - conversation.n_silent,
        "votes": {
            "read": conversation.n_rows,
            "changed_later": conversation.n_rows - conversation.n_votes,
            "kept": conversation.n_votes,
        },
        "hidden": list(_hidden(conversation)),
        "without_words": list(_wordless(conversation)),
        "cut": list(imported.cut) if imported else [],
        "cleaned": list(imported.cleaned) if imported else [],
        "kept_from_before": imported.kept if imported else 0,
        "files": [
            {
                "file": name,
                "rows": report.rows,
                "unknown_columns": list(report.unknown),
                "problems": [
                    {"reason": reason, "count": each.count, "first_lines": each.lines}
                    for reason, each in report.reasons.items()
                ],
            }
            for name, report in conversation.reports.items()
        ],
        "differences": list(conversation.says),
    }


def in_words(
    typed: argparse.Namespace, conversation: Conversation, imported: Imported | None, owed: str
) -> list[str]:
    """What was read and imported, one sentence a line; `owed` is what its licence asks for."""
    changed = conversation.n_rows - conversation.n_votes
    people = len(conversation.participants) - conversation.n_silent
    lines = [
        f"Read {len(conversation.comments):,} statements and {conversation.n_rows:,} votes of"
        f" {people:,} participants."
    ]
    if changed:
        lines.append(f"{changed:,} votes were changed later; the latest counts.")
    if conversation.n_silent:
        lines.append(f"{conversation.n_silent:,} participants voted on nothing, and leave nothing.")
    if hidden := _hidden(conversation):
        lines.append(
            f"{len(hidden):,} statements were moderated out: kept for their votes, and"
            " shown to nobody."
        )
    if wordless := _wordless(conversation):
        lines.append(f"{_names(wordless)} without words: kept for the votes, and shown to nobody.")
    if imported and imported.cut:
        lines.append(f"{_names(imported.cut)} too long: cut.")
    if imported and imported.cleaned:
        lines.append(
            f"{_names(imported.cleaned)} with control characters or marks of direction:"
            " these were taken out."
        )
    if imported and imported.kept:
        lines.append(f"{imported.kept:,} statements are those of the import before.")
    lines += [*problems(conversation), *conversation.says]
    lines.append(f"Attribution: {owed}" if owed else "No attribution: data of your own.")
    if imported is None:
        return [*lines, "Nothing was written, since this was a dry run."]
    return [
        *lines,
        f"Round {imported.round.number} of {typed.thread} has {imported.ratings:,}"
        " ratings. What they say is worked out next.",
    ]


def problems(conversation: Conversation) -> list[str]:
    """Each reason with how often, and on which lines first."""
    lines = []
    for name, report in conversation.reports.items():
        for reason, each in report.reasons.items():
            more = ", …" if each.count > len(each.lines) else ""
            which = ", ".join(map(str, each.lines))
            lines.append(f"{name}: {each.count:,} × {reason} (line {which}{more}).")
        if report.unknown:
            lines.append(
                f"{name}: unknown columns were left alone: {', '.join(report.unknown[:10])}"
            )
    return lines


def _hidden(conversation: Conversation) -> tuple[str, ...]:
    return tuple(c.id for c in conversation.comments if c.is_out and c.body.strip())


def _wordless(conversation: Conversation) -> tuple[str, ...]:
    return tuple(c.id for c in conversation.comments if not c.body.strip())


def _names(ids: tuple[str, ...]) -> str:
    noun = "Statement" if len(ids) == 1 else "Statements"
    more = ", …" if len(ids) > NAMED else ""
    return f"{noun} {', '.join(ids[:NAMED])}{more} ({len(ids):,})"
