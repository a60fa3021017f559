"""What every page asks of the rooms: who asks, the menus, the words of templates."""

from discussion import paths
from discussion.language import _l
from discussion.permissions.menus import FINDINGS, NEEDED, PRACTICE, PUBLICATIONS
from discussion.subjects.kinds import on_pages
from discussion.web import doorway, layout, watching, words
from discussion.web.shapes import MenuItem

IN_SERIES = (
    MenuItem(_l("Themes"), paths.themes),
    MenuItem(_l("Findings"), paths.series_findings, holds=("/findings/",), needs=FINDINGS),
    MenuItem(_l("Briefings"), paths.publications, needs=PUBLICATIONS),
    MenuItem(_l("To find out"), paths.needed, holds=("/needed/",), needs=NEEDED),
    MenuItem(_l("Practice"), paths.practice, holds=("/practice/",), needs=PRACTICE),
    MenuItem(_l("Library"), paths.library),
    MenuItem(_l("Values"), paths.values),
)
OWN = (
    MenuItem(_l("Notices"), lambda _slug: paths.notices()),
    MenuItem(_l("My contributions"), lambda _slug: paths.mine()),
    MenuItem(_l("Profile"), lambda _slug: paths.profile()),
)
FOOT = (
    MenuItem(_l("About"), lambda _slug: paths.about()),
    MenuItem(_l("Rules"), paths.rules, shown="in_series"),
    MenuItem(_l("Moderation log"), paths.log, shown="in_series"),
    MenuItem(_l("Feeds"), paths.feeds_of),
    MenuItem(_l("Data"), paths.data, shown="in_series"),
    MenuItem(_l("Safety"), lambda _slug: paths.duties()),
    MenuItem(_l("Privacy"), lambda _slug: paths.privacy()),
    MenuItem(_l("Your data"), lambda _slug: paths.rights(), shown="signed_in"),
    MenuItem(_l("Accessibility"), lambda _slug: paths.accessibility()),
)


def answer_doorway() -> None:
    """Who asks, by which session, and when that ends."""
    from discussion.kept import queries as of_kept
    from discussion.people.accounts.operations import sessions
    from discussion.people.accounts.queries_sessions import count_seen_in, ends_at
    from discussion.people.accounts.queries_viewer import find_viewer
    from discussion.people.accounts.words import SEEN_EVERY
    from discussion.reach.notices.views.visiting import visited_as

    doorway.DOORKEEPER.add(
        doorway.Doorkeeper(
            find_viewer,
            sessions.session_key,
            sessions.note_seen,
            sessions.note_password,
            SEEN_EVERY,
        )
    )
    doorway.VISITED_AS.add(visited_as)
    watching.SEEN.add(count_seen_in)
    of_kept.whose_session.add(sessions.whose_session)
    of_kept.name_of.add(sessions.name_of)
    of_kept.ends_at.add(ends_at)


def answer_shell() -> None:
    """The menus, and what stands on every page of who is signed in."""
    from discussion.oversight.appeals.queries import left
    from discussion.oversight.moderation.queries import queue
    from discussion.oversight.sanctions.queries import list_pauses
    from discussion.reach.feeds.views.following import follows
    from discussion.reach.notices.views.visiting import news_here, since_here
    from discussion.reach.pictures.views import goes_with

    layout.IN_SERIES.add(*IN_SERIES)
    layout.OWN.add(*OWN)
    layout.FOOT.add(*FOOT)
    layout.DESKS.add(queue.find_desk, left.find_desk)
    layout.PAUSES.add(list_pauses)
    layout.NEWS.add(news_here)
    layout.SINCE.add(since_here)
    layout.FEEDS.add(follows)
    layout.PICTURES.add(goes_with)


def answer_templates() -> None:
    """The vocabularies and the glosses that templates say."""
    from discussion.debate.evidence import words as evidence
    from discussion.debate.positions import words as positions
    from discussion.debate.threads import words as threads
    from discussion.debate.threads import words_arranging
    from discussion.decisions import words as decisions
    from discussion.oversight.appeals import words as appeals
    from discussion.oversight.moderation import words as moderation
    from discussion.oversight.reports import words as reports
    from discussion.reach.needed import words as needed
    from discussion.reach.sharing.on_pages import ON_PAGES as on_sharing
    from discussion.series.about.words_glosses import glosses_in
    from discussion.series.series import words as series
    from discussion.weighing.statements import words as statements

    words.GLOSSES.add(glosses_in)
    words.VOCABULARIES.add(
        on_pages(),
        series.ON_PAGES,
        threads.ON_PAGES,
        words_arranging.ON_PAGES,
        positions.ON_PAGES,
        evidence.ON_PAGES,
        statements.ON_PAGES,
        decisions.ON_PAGES,
        moderation.ON_PAGES,
        reports.ON_PAGES,
        appeals.ON_PAGES,
        needed.ON_PAGES,
        on_sharing,
    )
