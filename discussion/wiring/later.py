"""What rooms can do later: every task, letter and reminder of the site."""

from discussion.jobs.queries import FIRST_CAME
from discussion.jobs.registry import WORK, Registry, collect


def answer_jobs() -> None:
    """What the worker can do, and how the jobs page knows when the first person came."""
    from discussion.people.accounts.queries import first_came

    WORK.add(everything_later)
    FIRST_CAME.add(first_came)


def everything_later() -> Registry:
    """What rooms can do later; only what does it imports it."""
    from discussion.debate.evidence import tasks as evidence
    from discussion.debate.positions import tasks as positions
    from discussion.debate.tallies import tasks as tallies
    from discussion.debate.threads import tasks as threads
    from discussion.jobs import tasks as jobs
    from discussion.kept import tasks as kept
    from discussion.mail import tasks as mail
    from discussion.oversight.appeals import tasks as appeals
    from discussion.oversight.duties import tasks as duties
    from discussion.oversight.moderation import tasks as moderation
    from discussion.oversight.redactions import tasks as redactions
    from discussion.oversight.reports import tasks as reports
    from discussion.oversight.rights import tasks as rights
    from discussion.oversight.sanctions import tasks as sanctions
    from discussion.people.accounts import tasks as accounts
    from discussion.reach.announcements import tasks as announcements
    from discussion.reach.notices import tasks as notices
    from discussion.reach.packages import tasks as packages
    from discussion.reach.publications import tasks as publications
    from discussion.reach.search import tasks as search
    from discussion.reach.webhooks import tasks as webhooks
    from discussion.series.members import tasks as members
    from discussion.series.series import tasks as series
    from discussion.series.values import tasks as values
    from discussion.states import tasks as states
    from discussion.weighing.findings import tasks as findings
    from discussion.weighing.practice import tasks as practice
    from discussion.weighing.rounds import tasks as rounds
    from discussion.weighing.statements import tasks as statements

    people, agreed = (accounts,), (series, members, values)
    debate, weighing = (
        (threads, positions, evidence, tallies),
        (statements, rounds, findings, practice),
    )
    oversight = (moderation, reports, appeals, sanctions, redactions, duties, rights)
    reach = (publications, packages, notices, search, webhooks, announcements)
    above = (*weighing, *oversight, *reach)
    return collect(jobs, kept, mail, states, *people, *agreed, *debate, *above)
