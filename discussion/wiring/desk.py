"""What the desk of moderators shows, whichever room it waits in."""


def answer_desk() -> None:
    """Where all that waits for moderators comes from."""
    from discussion.debate.evidence.queries import waiting as evidence
    from discussion.debate.threads.queries import waiting as of_threads
    from discussion.oversight.appeals.queries import about as of_appeals
    from discussion.oversight.appeals.queries import waiting as appeals
    from discussion.oversight.moderation.queries import higher as of_desk
    from discussion.oversight.moderation.queries.sources import SOURCES, Source
    from discussion.oversight.moderation.queries.waiting import (
        positions,
        responses,
        threads,
        values,
    )
    from discussion.oversight.redactions.queries.higher import SAID_ABOUT
    from discussion.oversight.reports.queries import about as of_reports
    from discussion.oversight.reports.queries import waiting as reports
    from discussion.reach.needed.queries import waiting as looking
    from discussion.weighing.rounds.queries import waiting as of_rounds

    of_desk.REPORTED.add(of_reports.list_reported)
    of_desk.TIMED.add(of_reports.times_since, of_appeals.times_since)
    SAID_ABOUT.add(of_reports.list_said, of_appeals.list_said)
    SOURCES.add(
        Source(("positions",), positions.list_bare, positions.describe, positions.tally),
        Source(("responses",), responses.list_bare, responses.describe, responses.tally),
        Source(("threads",), threads.list_bare, threads.describe, threads.tally),
        Source(("values",), values.list_bare, values.describe, values.tally),
        Source(("reports",), reports.list_bare, reports.describe, reports.tally),
        Source(("appeals",), appeals.list_bare, appeals.describe, appeals.tally),
        Source(("evidence", "links"), evidence.list_bare, evidence.describe, evidence.tally),
        Source((looking.KIND,), looking.list_bare, looking.describe, looking.tally),
        Source((of_rounds.KIND,), of_rounds.list_bare, of_rounds.describe, of_rounds.tally),
        Source(("stages", "reviews"), of_threads.list_bare, of_threads.describe),
    )
