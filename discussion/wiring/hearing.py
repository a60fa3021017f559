"""What people hear of, and how soon."""


def answer_hearing() -> None:
    """Notices listen to what happens, and say how a letter goes of which people choose how soon."""
    from discussion.mail.choosing import CHOOSING, Choosing
    from discussion.mail.kinds import KINDS
    from discussion.mail.queue import PROMISED
    from discussion.reach.announcements.words import KINDS as ANNOUNCED
    from discussion.reach.notices.operations.carrying import goes, promised, went
    from discussion.reach.notices.operations.noting import hear
    from discussion.reach.notices.queries.followable import FOLLOWABLES
    from discussion.reach.notices.queries.following import OURS
    from discussion.reach.notices.queries.lines.rounds import HAS_ANSWERED
    from discussion.reach.notices.rated import has_answered
    from discussion.reach.notices.tasks_dressing import dress
    from discussion.reach.notices.words import KINDS as NOTICES
    from discussion.reach.search.queries.following import SEARCH
    from discussion.subjects.happenings import HEARS

    KINDS.add(*NOTICES, *ANNOUNCED)
    FOLLOWABLES.add(*OURS, SEARCH)
    CHOOSING.add(Choosing(goes, dress, went))
    PROMISED.add(promised)
    HEARS.add(hear)
    HAS_ANSWERED.add(has_answered)
