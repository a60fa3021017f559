"""import polis, export polis: conversations in Polis' files, into a thread and out of a round."""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from discussion import clock
from discussion.cli.commands import BadInputError, CommandError
from discussion.cli.polis_reports import as_json, in_words, problems, readme
from discussion.cli.progress import progress
from discussion.cli.site import answer, one_transaction
from discussion.config import PUBLISHED_KEY, from_environment
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.finding import find_thread
from discussion.people.accounts.models import Person
from discussion.people.accounts.queries_viewer import viewer_of
from discussion.permissions.facts import Viewer
from discussion.permissions.rules import Forbidden
from discussion.polis.conversation import COMMENTS, TABLE, VOTES, bytes_of, read_folder
from discussion.polis.files import UnreadableFileError
from discussion.polis.owed import find_attribution
from discussion.polis.writing import (
    comment_lines,
    group_lines,
    summary_lines,
    table_lines,
    vote_lines,
)
from discussion.problems import Refused
from discussion.series.members.models import Membership
from discussion.series.series.models import Series
from discussion.web.site import raters_secret
from discussion.weighing.rounds.keys import rater_secret
from discussion.weighing.rounds.models import Round
from discussion.weighing.rounds.operations.handing_out import HandedOut, hand_out_ratings
from discussion.weighing.rounds.operations.importing import (
    ImportDraft,
    check_import,
    import_round,
    prepare_import,
)
from discussion.weighing.rounds.queries.exporting import closing, find_closed_round, list_comments
from discussion.weighing.rounds.queries.frozen import frozen_groups

SUMMARY, GROUPS = "summary.csv", "comment-groups.csv"  # once there are findings
NO_ATTRIBUTION = (
    "No file in {folder} says whom the data is owed to. Say it with --attribution “…”, as its"
    " licence asks; it is shown wherever the data is. With --attribution '' nobody is named, for"
    " data of your own."
)


def import_polis(typed: argparse.Namespace) -> int:
    """Read the folder, then write all of it or nothing; say what was read, skipped and why."""
    folder = Path(typed.folder)
    try:
        with progress("Reading", bytes_of(folder)) as tell:
            conversation = read_folder(folder, tell)
    except UnreadableFileError as error:
        raise BadInputError(str(error)) from error
    owed = find_attribution(folder) if typed.attribution is None else typed.attribution.strip()
    if not owed and typed.attribution is None:
        raise BadInputError(NO_ATTRIBUTION.format(folder=folder))
    if typed.strict and any(report.n_problems for report in conversation.reports.values()):
        _warn(*problems(conversation))
        raise BadInputError("Nothing was imported: with --strict every row has to be readable.")
    imported = None
    draft = ImportDraft(conversation, owed, is_again=typed.again)
    settings = from_environment()
    prepared = prepare_import(
        draft, rater_secret(settings.rater_key, settings.secret_key or PUBLISHED_KEY)
    )
    try:
        with one_transaction(settings) as (session, _app):
            thread, actor = _find(session, typed)
            check_import(session, actor, thread, draft)
            if not typed.dry_run:
                _warn(f"Writing {conversation.n_votes:,} ratings …")
                with progress("Writing ratings", conversation.n_votes) as tell:
                    imported = import_round(
                        session,
                        actor,
                        thread,
                        prepared,
                        now=clock.now(),
                        tell=tell,
                    )
    except Refused as refused:
        raise BadInputError(f"Nothing was imported. {refused}") from refused
    except Forbidden as forbidden:
        raise CommandError(f"Nothing was imported. {forbidden}: not in this series.") from forbidden
    found = as_json(typed, conversation, imported, owed)
    answer(typed, found, *in_words(typed, conversation, imported, owed))
    return 0


def export_polis(typed: argparse.Namespace) -> int:
    """Write the files of a closed round into a folder that is new, or empty."""
    folder = Path(typed.folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInputError(f"{folder} is there already. Name a folder that is new, or empty.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=".export-", dir=folder.parent))  # for its owner alone
    try:
        with one_transaction() as (session, app):
            thread, actor = _find(session, typed)
            round = find_closed_round(session, actor, thread, typed.round)
            if round is None:
                raise BadInputError("The thread has no such round that is closed.")
            secret = raters_secret(app)
            handed = hand_out_ratings(session, actor, round, secret=secret, now=clock.now())
            _write(session, beside, actor, round, handed)
            beside.replace(folder)  # the last that can fail, but for the commit
    except Refused as refused:
        raise CommandError(f"Nothing was exported. {refused}") from refused
    except Forbidden as forbidden:
        raise CommandError(f"Nothing was exported. {forbidden}: not in this series.") from forbidden
    except OSError as error:
        raise CommandError(f"{folder} cannot be written: {error.strerror}.") from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    counts = {
        "statements": len(handed.lines),
        "participants": handed.votes.n_people,
        "votes": len(handed.votes.values),
    }
    answer(
        typed,
        {"folder": str(folder), "round": round.number, **counts},
        f"Wrote {COMMENTS}, {VOTES}, {TABLE} and README.txt into {folder}: "
        + ", ".join(f"{count:,} {noun}" for noun, count in counts.items())
        + ".",
    )
    return 0


def _find(session: Session, typed: argparse.Namespace) -> tuple[Thread, Viewer]:
    """The thread, and as whom it is done: who was named, or the series' first convener."""
    wanted = select(Thread).where(Thread.slug == typed.thread)
    thread = session.scalar(wanted)
    slug = getattr(typed, "series", None)
    if slug is not None and session.scalar(select(Series).where(Series.slug == slug)) is None:
        raise BadInputError(f"There is no series {slug}; `discussion series list`.")
    if thread is None or (slug is not None and thread.series.slug != slug):
        where = f" in the series {slug}" if slug else ""
        raise BadInputError(f"There is no thread {typed.thread}{where}.")
    actor = viewer_of(session, _person(session, typed, thread.series), clock.now())
    if find_thread(session, actor, typed.thread) is None:
        raise BadInputError(f"The thread {typed.thread} is hidden from them, or merged away.")
    return thread, actor


def _person(session: Session, typed: argparse.Namespace, series: Series) -> Person:
    if typed.by:
        query = select(Person).where(Person.email == typed.by.strip().lower())
        found = session.scalar(query.where(Person.left_at.is_(None)))
        if found is None:
            raise BadInputError(f"There is no account {typed.by}.")
        return found
    found = session.scalar(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.series_id == series.id)
        .where(Membership.role == "convener")
        .where(Membership.removed_at.is_(None))
        .where(Person.left_at.is_(None))
        .order_by(Membership.id)
        .limit(1)
    )
    if found is None:
        raise CommandError("The series has no convener. Say in whose name with --by ADDRESS.")
    return found


def _write(session: Session, folder: Path, actor: Viewer, round: Round, handed: HandedOut) -> None:
    ids = [line.id for line in handed.lines]
    comments = list_comments(session, round, handed.lines, handed.votes)
    files: Mapping[str, Iterable[str]] = {
        COMMENTS: comment_lines(comments),
        VOTES: vote_lines(handed.votes, ids, closing(round)),
        TABLE: table_lines(handed.votes, ids),
        "README.txt": readme(round),
    }
    told = frozen_groups(session, actor, round, site_url=from_environment().public_url)
    if told is not None:
        files = {
            **files,
            SUMMARY: summary_lines(told.summary),
            GROUPS: group_lines(told.lines, len(told.summary.groups)),
        }
    rows = len(comments) + len(handed.votes.values) + handed.votes.n_people
    with progress("Writing", rows) as tell:
        for name, pieces in files.items():
            with (folder / name).open("w", encoding="utf-8", newline="") as stream:
                for piece in pieces:
                    stream.write(piece)
                    tell(piece.count("\n"))


def _warn(*lines: str) -> None:
    print(*lines, sep="\n", file=sys.stderr, flush=True)
