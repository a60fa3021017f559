"""The findings page of a thread: one snapshot, read as its address asks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from discussion import clock, paths
from discussion.debate.threads.models import Thread
from discussion.debate.threads.queries.finding import find_thread
from discussion.debate.threads.queries.page import stops_of
from discussion.debate.threads.words import STAGES
from discussion.language import _, in_words, language_tag
from discussion.permissions.facts import Viewer
from discussion.permissions.may import May
from discussion.permissions.rules import allowed
from discussion.vocabulary import Vocabulary, of_series
from discussion.weighing.findings.computing.comparing import is_declared
from discussion.weighing.findings.content.remembering import CONTENTS
from discussion.weighing.findings.content.whole import Content
from discussion.weighing.findings.models import FindingSnapshot
from discussion.weighing.findings.queries.failing import is_failing
from discussion.weighing.findings.queries.known import find_known
from discussion.weighing.findings.queries.mine import where_i_stand
from discussion.weighing.findings.queries.presenters.basis import Basis
from discussion.weighing.findings.queries.presenters.found import lens_says, show
from discussion.weighing.findings.queries.shown import UNREAD, shown_content
from discussion.weighing.findings.sentences.groups import Labels, name_of, title_of
from discussion.weighing.findings.sentences.numbers import in_small_words
from discussion.weighing.findings.shapes.found import Found
from discussion.weighing.findings.shapes.page import (
    Comparison,
    Edition,
    FindingsPage,
    OfEarlierCycle,
    Refusal,
    Stage,
    Waiting,
)
from discussion.weighing.findings.words import PAIRS
from discussion.weighing.rounds.models import Round
from discussion.weighing.rounds.queries.counting import count_shown
from discussion.weighing.rounds.queries.finding import LARGEST_NUMBER, is_missed, list_rounds
from discussion.weighing.rounds.queries.reading import answered, ended_early


@dataclass(frozen=True)
class Asked:
    """Which findings an address asks for."""

    lens: str = ""  # a declared group for which they are read
    between: str = ""  # another pair of groups
    round_number: int | None = None  # the newest of this round; else the newest
    version: int | None = None  # the permanent address of one snapshot


def findings_page(
    session: Session,
    viewer: Viewer | None,
    slug: str,
    asked: Asked,
    *,
    secret: str,
) -> FindingsPage | None:
    """The findings as the viewer may read them, or what they wait for; None for no such page.

    By the `secret` that keys raters, members who answered are counted, and one's own answers found.
    """
    thread = find_thread(session, viewer, slug)
    if thread is None or max(asked.version or 0, asked.round_number or 0) > LARGEST_NUMBER:
        return None
    rounds = list_rounds(session, viewer, thread)
    snapshot = _find_snapshot(session, thread, asked)
    if snapshot is not None and not allowed(viewer, May.READ_FINDINGS, snapshot.round):
        snapshot = None
    if snapshot is None and (asked.version is not None or asked.round_number is not None):
        return None
    page = _frame(session, thread, rounds, snapshot, secret)
    if snapshot is None:
        return page
    return _filled(session, viewer, page, thread, snapshot, asked, secret)


def _filled(
    session: Session,
    viewer: Viewer | None,
    page: FindingsPage,
    thread: Thread,
    snapshot: FindingSnapshot,
    asked: Asked,
    secret: str,
) -> FindingsPage:
    lens = asked.lens
    content = shown_content(session, snapshot)
    scope = page.latest_url if page.is_latest else page.permanent_url
    lenses = _lens_keys(content)
    readable = lens in lenses
    key = _key_of(content, lens if readable else "", asked.between)
    known = find_known(session, viewer, thread, content, key, scope)
    vocabulary = of_series(thread.series.slug)
    own = lens if readable else ""
    basis, found = CONTENTS.said(
        content,
        ("page", key, own, language_tag()),
        (known, vocabulary),
        lambda: _said(Basis(content, key, own, known, vocabulary), snapshot),
    )
    between = "" if key == content.found.headline or key.startswith("as:") else key
    return replace(
        page,
        pdf_url=paths.findings_sheet(thread.slug, snapshot.version, "pdf", between),
        csv_url=paths.findings_sheet(thread.slug, snapshot.version, "csv", between),
        found=found,
        comparisons=_comparisons(content, key, scope, vocabulary),
        lenses=tuple(basis.group(each) for each in lenses),
        lens=basis.group(lens) if readable else None,
        lens_says=lens_says(basis),
        refusal=_refusal(content, lens) if lens and not readable else None,
        mine=where_i_stand(session, viewer, snapshot, basis, secret),
    )


def _said(basis: Basis, snapshot: FindingSnapshot) -> tuple[Basis, Found]:
    """With what it told, for what is asked of it besides."""
    return basis, show(basis, snapshot)


def _find_snapshot(session: Session, thread: Thread, asked: Asked) -> FindingSnapshot | None:
    statement = _NEWEST
    if asked.version is not None:
        statement = statement.where(FindingSnapshot.version == asked.version)
    if asked.round_number is not None:
        statement = statement.join(FindingSnapshot.round).where(Round.number == asked.round_number)
    return session.scalar(statement, {"thread_id": thread.id})


_NEWEST = (
    select(FindingSnapshot)
    .where(FindingSnapshot.thread_id == bindparam("thread_id"))
    .options(UNREAD, joinedload(FindingSnapshot.round).joinedload(Round.thread))
    .order_by(FindingSnapshot.version.desc())
    .limit(1)
)
_EDITIONS = (
    select(FindingSnapshot.version, FindingSnapshot.made_at, Round.number)
    .join(Round, Round.id == FindingSnapshot.round_id)
    .where(FindingSnapshot.thread_id == bindparam("thread_id"))
    .order_by(FindingSnapshot.version.desc())
)


def _frame(
    session: Session,
    thread: Thread,
    rounds: Sequence[Round],
    snapshot: FindingSnapshot | None,
    secret: str,
) -> FindingsPage:
    """The page without anything found."""
    editions = _editions(session, thread, snapshot)
    latest = max((each.version for each in editions), default=None)
    latest_url = paths.findings(thread.slug)
    number = snapshot.version if snapshot else None
    return FindingsPage(
        thread_question=thread.question,
        thread_slug=thread.slug,
        thread_url=paths.thread(thread.slug),
        series_slug=thread.series.slug,
        series_title=thread.series.title,
        stages=_stages(thread),
        waiting=_waiting(session, rounds, secret, has_found=snapshot is not None),
        found=None,
        ended_early=ended_early(session, snapshot.round) if snapshot and snapshot.round else "",
        version=number,
        round_number=snapshot.round.number if snapshot and snapshot.round else None,
        earlier_cycle=_earlier_cycle(thread, snapshot),
        is_latest=number == latest,
        latest_url=latest_url,
        permanent_url=paths.findings_version(thread.slug, number) if number else latest_url,
        pdf_url=paths.findings_sheet(thread.slug, number, "pdf") if number else "",
        csv_url=paths.findings_sheet(thread.slug, number, "csv") if number else "",
        dictionary_url=paths.sheet_dictionary("findings"),
        cite_title=_(
            "Findings on “%(question)s” (edition %(number)s)",
            question=thread.question,
            number=number or 1,
        ),
        json_url=(paths.findings_version(thread.slug, number) if number else latest_url) + ".json",
        is_carried=allowed(None, May.EMBED, thread),
        editions=editions,
        comparisons=(),
        lenses=(),
        lens=None,
        lens_says=(),
        refusal=None,
        mine=None,
        contribute_url=paths.library(thread.series.slug),
    )


def _earlier_cycle(thread: Thread, snapshot: FindingSnapshot | None) -> OfEarlierCycle | None:
    """The cycle that was weighed, where the thread has been reopened since."""
    cycle = snapshot.round.cycle if snapshot and snapshot.round else thread.cycle
    if cycle == thread.cycle:
        return None
    return OfEarlierCycle(cycle, paths.thread_cycle(thread.slug, cycle))


def _editions(
    session: Session, thread: Thread, shown: FindingSnapshot | None
) -> tuple[Edition, ...]:
    """Every snapshot, the newest first; what they found is not read."""
    rows = session.execute(_EDITIONS, {"thread_id": thread.id}).all()
    return tuple(
        Edition(
            version=version,
            round_number=number,
            made_at=made_at,
            label=_("Round %(number)s, as of %(day)s", number=number, day=in_words(made_at)),
            url=paths.findings_version(thread.slug, version),
            is_shown=shown is not None and shown.version == version,
            is_latest=place == 0,
        )
        for place, (version, made_at, number) in enumerate(rows)
    )


def _stages(thread: Thread) -> tuple[Stage, ...]:
    return tuple(
        Stage(
            stop.stage,
            str(STAGES[stop.stage]),
            stop.on,
            stop.state == "past",
            stop.state == "now",
            stop.state == "skipped",
            stop.is_late,
        )
        for stop in stops_of(thread)
    )


def _waiting(
    session: Session, rounds: Sequence[Round], secret: str, *, has_found: bool
) -> Waiting | None:
    """What is to come: an open or planned round, or the worker; None once all is found."""
    newest = rounds[-1] if rounds else None
    if newest is None:
        said = _(
            "Nobody has rated anything here yet. Moderators first draw statements"
            " from the positions, and people rate them. Then this page says what"
            " they really disagree about."
        )
        return Waiting("none", said, None, None)
    if newest.state == "open":
        return _open(session, newest, secret)
    if newest.state == "planned":
        if is_missed(newest, clock.now()):
            said = _(
                "A round was planned, but its dates passed before it could open."
                " The moderators will choose new dates."
            )
            return Waiting("planned", said, None, None)
        said = _("A round is planned. It opens on %(day)s.", day=in_words(newest.opens_at))
        return Waiting("planned", said, None, clock.day(newest.closes_at))
    if has_found:
        return None
    if is_failing(session, newest.thread_id):
        said = _(
            "The round has closed, but its findings could not be worked out yet. All ratings"
            " are kept, and the moderators are told."
        )
        return Waiting("failing", said, None, None)
    return Waiting(
        "computing",
        _(
            "The round has closed. Its findings are being counted"
            " and will be here in a few minutes."
        ),
        None,
        None,
    )


def _open(session: Session, round: Round, secret: str) -> Waiting:
    """The same number as the round's own page has."""
    closes, raters = clock.day(round.closes_at), count_shown(session, round, secret)
    said = _(
        "No results are shown before the round closes. %(answered)s The round closes on %(day)s.",
        answered=answered(raters),
        day=in_words(closes),
    )
    url = paths.round(round.thread.slug, round.number)
    return Waiting("open", said, raters, closes, url)


def _lens_keys(content: Content) -> list[str]:
    """Declared groups for which the page can be read."""
    return [key for key, group in content.ratings.groups.items() if is_declared(key, group)]


def _key_of(content: Content, lens: str, between: str) -> str:
    """Which comparison is shown."""
    comparisons = content.found.comparisons
    if lens and f"as:{lens}" in comparisons:
        return f"as:{lens}"
    if between in comparisons and not between.startswith("as:"):
        return between
    return content.found.headline


def _comparisons(
    content: Content, shown: str, scope: str, known: Vocabulary
) -> tuple[Comparison, ...]:
    labels = Labels(content.values, known)
    return tuple(
        Comparison(
            key=key,
            title=_("%(a)s and %(b)s", a=title_of(each.a, labels), b=name_of(each.b, labels)),
            url=_between_url(content, scope, key),
            is_chosen=key == shown,
            note=known.say(PAIRS[key.split(":")[0]]) % {"code": each.grouped_by},
        )
        for key in content.found.comparisons
        if not key.startswith("as:")
        for each in (content.found.comparisons[key],)
    )


def _between_url(content: Content, scope: str, key: str) -> str:
    is_first = key == content.found.headline
    return scope if is_first else f"{scope}?{urlencode({'between': key})}"


def _refusal(content: Content, asked: str) -> Refusal:
    """In the same words for nobody, one and four."""
    fewest = in_small_words(content.ratings.round.min_group)
    group = content.ratings.groups.get(asked)
    if group is not None and group.why == "subtraction":
        return Refusal(
            asked,
            _(
                "This page cannot be shown for this group: it would reveal the "
                "answers of fewer than %(fewest)s people.",
                fewest=fewest,
            ),
        )
    return Refusal(
        asked,
        _(
            "This page cannot be shown for this group: fewer than"
            " %(fewest)s of its members have answered.",
            fewest=fewest,
        ),
    )
