"""What the rooms of people, series and debate ask of those above them: one line a question."""


def answer_people() -> None:
    """What accounts ask of the rooms above them."""
    from discussion.debate.composing.handing import hand_in_ready, held_at, waiting_at
    from discussion.debate.composing.operations import claim_drafts
    from discussion.debate.positions.queries.by_name import list_claims_by_name
    from discussion.debate.responses.queries_by_name import list_replies_by_name
    from discussion.oversight.rights.queries.leaving import leaves_at
    from discussion.oversight.sanctions.queries import PAUSED, list_own
    from discussion.people.accounts import queries_higher as accounts
    from discussion.reach.notices.queries.page import unseen, visited
    from discussion.series.members.operations import join_by_domain
    from discussion.series.members.queries import belonging
    from discussion.series.members.queries.joining import list_offers
    from discussion.series.series.queries.reading import list_known_titles

    accounts.BELONGINGS.add(belonging.BELONGINGS)
    accounts.PAUSED.add(PAUSED)
    accounts.LEAVES_AT.add(leaves_at)
    accounts.UNSEEN.add(unseen)
    accounts.VISITED.add(visited)
    accounts.PARTS.add(belonging.list_parts)
    accounts.OFFERS.add(list_offers)
    accounts.SANCTIONS.add(list_own)
    accounts.CLAIMS.add(list_claims_by_name)
    accounts.REPLIES.add(list_replies_by_name)
    accounts.KEEPS_MEMBER.add(belonging.keeps_member)
    accounts.TAKEN_NAMES.add(list_known_titles)
    accounts.CONFIRMED.add(join_by_domain)
    accounts.KEPT.add(accounts.KeptWriting(claim_drafts, hand_in_ready, waiting_at, held_at))


def answer_series() -> None:
    """What series and values ask of the rooms above them."""
    from discussion.debate.positions.operations.naming import coarsen_labels
    from discussion.debate.positions.queries import merging, value_uses
    from discussion.debate.positions.queries.placing import has_places
    from discussion.debate.threads.operations.scales import swap_scale
    from discussion.series.series.operations import higher as of_series
    from discussion.series.series.queries import higher as asked_by_series
    from discussion.series.values import queries_higher as of_values
    from discussion.weighing.rounds.operations.running import close_rounds_of

    of_series.ON_GROUPS_CHANGED.add(coarsen_labels)
    of_series.ON_OVER.add(close_rounds_of)
    of_series.ON_SCALE_REPLACED.add(swap_scale)
    asked_by_series.HAS_PLACES.add(has_places)
    of_values.COUNT_USES.add(value_uses.count_uses)
    of_values.COUNT_PROPOSED.add(value_uses.count_proposed)
    of_values.LIST_SIDE.add(value_uses.list_side)
    of_values.COUNT_NAMING.add(value_uses.naming_proposal)
    of_values.PROPOSED_IN.add(value_uses.first_proposed_in)
    of_values.LIST_BECOMING.add(merging.list_becoming)
    of_values.COUNT_RESPONSES.add(merging.count_naming_responses)


def answer_debate() -> None:
    """What positions, responses and their composer ask of the rooms above them."""
    from discussion.debate.composing import handing
    from discussion.debate.composing import queries as composing
    from discussion.debate.positions import forms_kept as positions_kept
    from discussion.debate.positions.queries import higher as of_positions
    from discussion.debate.positions.queries import kept
    from discussion.debate.positions.queries.mine import road
    from discussion.debate.responses import forms_kept as responses_kept
    from discussion.debate.responses import queries as responses
    from discussion.debate.threads.queries import reasons
    from discussion.decisions.operations.going_on import NEXT
    from discussion.decisions.queries.desk import FRAME
    from discussion.oversight.moderation.operations import take_next
    from discussion.oversight.moderation.queries import frame
    from discussion.oversight.redactions.operations import promise_quotes_back, promise_quotes_out
    from discussion.oversight.redactions.queries.reasons import find_reasons, list_withheld
    from discussion.oversight.sanctions.queries import list_own
    from discussion.oversight.sanctions.queries.finding import reads_first_until
    from discussion.reach.needed.queries import went as needed
    from discussion.reach.publications.queries import went as publications
    from discussion.reach.search.queries.near import near_draft
    from discussion.weighing.findings.queries import went as findings
    from discussion.weighing.statements.operations import quoting
    from discussion.weighing.statements.queries import went as statements
    from discussion.weighing.statements.queries.asked import list_asked
    from discussion.weighing.statements.queries.reading import list_drawing_on, threads_drawing_on

    handing.READERS.add(positions_kept.read_ready, responses_kept.read_ready)
    composing.KINDS.add(*kept.DRAFTS, *responses.DRAFTS)
    of_positions.DRAWN_ON.add(list_drawing_on)
    of_positions.DRAWN_IN.add(threads_drawing_on)
    of_positions.ASKED.add(list_asked)
    reasons.WITHHELD.add(list_withheld)
    of_positions.OWN_SANCTIONS.add(list_own)
    of_positions.READS_FIRST_UNTIL.add(reads_first_until)
    of_positions.NEAR.add(near_draft)
    of_positions.WENT.add(
        road.new_versions,
        road.cited_in,
        statements.went_into,
        findings.went_into,
        road.ended,
        publications.went_into,
        needed.went_into,
    )
    quoting.QUOTING.add(find_reasons)
    quoting.QUOTES_OUT.add(promise_quotes_out)
    quoting.QUOTES_BACK.add(promise_quotes_back)
    FRAME.add(frame)
    NEXT.add(take_next)


def answer_threads() -> None:
    """What threads ask of the rooms above them."""
    from discussion.debate.threads.operations import higher as of_threads
    from discussion.debate.threads.queries import higher as asked_by_threads
    from discussion.oversight.rights.queries.own import FURTHER
    from discussion.reach.publications.queries.beside import essays_of_thread, list_beside
    from discussion.reach.publications.queries.finding import find_briefing_of
    from discussion.reach.publications.queries.own import SECTION as QUOTED
    from discussion.weighing.findings.queries import cycles, rated
    from discussion.weighing.overview.queries.higher import PUBLISHED
    from discussion.weighing.rounds.operations.holding import follow_stage
    from discussion.weighing.rounds.queries import finding
    from discussion.weighing.rounds.queries import of_threads as rounds
    from discussion.weighing.statements.operations.carrying import carry_statements

    of_threads.CARRIED.add(of_threads.Carried("statements", carry_statements))
    of_threads.ON_STAGE.add(follow_stage)
    asked_by_threads.BRIEFED.add(find_briefing_of)
    asked_by_threads.ESSAYS.add(essays_of_thread)
    PUBLISHED.add(list_beside)
    FURTHER.add(QUOTED)
    asked_by_threads.LED_TO.add(rated.rated_and_found)
    asked_by_threads.HEADLINES.add(cycles.list_headlines)
    asked_by_threads.HELD.add(rounds.list_numbers)
    asked_by_threads.ROUNDS.add(rounds.find_rounds)
    asked_by_threads.MISSED.add(rounds.list_missed_threads)
    asked_by_threads.STILL_ASKED.add(finding.is_still_asked)
    asked_by_threads.IS_RATED.add(rounds.is_rated)
    asked_by_threads.HAS_ROUNDS.add(rounds.has_rounds)
    asked_by_threads.IN_OPEN_ROUNDS.add(rounds.in_open_rounds)


def answer_rights() -> None:
    """What rooms above keep of somebody, for who takes a copy of it, or leaves."""
    from discussion.oversight.rights.operations.emptying import LEFT
    from discussion.oversight.rights.queries.own import FURTHER
    from discussion.reach.announcements.queries.own import OWN as ANNOUNCED
    from discussion.reach.needed.operations.looking import forget_of
    from discussion.reach.needed.queries.own import OWN
    from discussion.reach.notices.operations.choosing import forget_of as forget_notices
    from discussion.reach.notices.queries.own import OWN as HEARD
    from discussion.weighing.practice.operations.forgetting import forget_coordinator

    FURTHER.add(ANNOUNCED)
    LEFT.add(forget_of, forget_notices, forget_coordinator)
    FURTHER.add(OWN, *HEARD)


def answer_database() -> None:
    """What is done before every commit."""
    from discussion.db import BEFORE_COMMIT
    from discussion.reach.search.operations.keeping import keep_found

    BEFORE_COMMIT.add(keep_found)
