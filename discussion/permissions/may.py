"""Every permission, each with its sentence."""

from enum import StrEnum


class May(StrEnum):
    """What somebody may do; the sentence for each stands in SAYS."""

    READ_SERIES = "series:read"
    CREATE_SERIES = "series:create"
    CONVENE = "series:convene"
    LIST_MEMBERS = "series:members"
    MANAGE_MEMBERS = "series:manage_members"
    JOIN = "series:join"
    APPOINT_CONVENER = "series:appoint_convener"
    MODERATE = "series:moderate"
    READ_THREAD = "thread:read"
    PROPOSE_THREAD = "thread:propose"
    CURATE_THREAD = "thread:curate"
    POST = "position:post"
    READ_POSITION = "position:read"
    READ_POSITION_HISTORY = "position:history"
    REVISE_POSITION = "position:revise"
    WITHDRAW_POSITION = "position:withdraw"
    ENTER_ON_BEHALF = "position:enter_on_behalf"
    CURATE_POSITION = "position:curate"
    ANSWER_STEELMAN = "position:answer_steelman"
    MOVE_POSITION = "position:move"
    DECIDE = "contribution:decide"
    DECIDE_LEFT = "contribution:decide_left"
    SHOW_AUTHOR = "contribution:show_author"
    REPORT = "contribution:report"
    REPORT_AND_HIDE = "contribution:report_and_hide"
    ANSWER_REPORT = "report:answer"
    MUTE = "contribution:mute"
    REDACT = "contribution:redact"
    SANCTION = "member:sanction"
    SANCTION_VOICE = "contribution:sanction"
    READ_STATEMENT = "decision:read"
    APPEAL = "decision:appeal"
    REVIEW_APPEAL = "appeal:review"
    RESPOND = "response:write"
    READ_RESPONSE = "response:read"
    REVISE_RESPONSE = "response:revise"
    WITHDRAW_RESPONSE = "response:withdraw"
    ANSWER_RESTATEMENT = "response:answer_restatement"
    KEEP_DRAFT = "thread:keep_draft"
    PART = "part:answer"
    TAKE_BACK_PART = "part:take_back"
    SEE_PART_COUNTS = "part:counts"
    DRAFT_STATEMENTS = "thread:draft_statements"
    WITHHOLD_STATEMENT = "thread:withhold_statement"
    CONFIRM_STATEMENT = "statement:confirm"
    READ_MIRROR = "run:mirror"
    RUN_ROUND = "thread:run_round"
    READ_ROUND = "round:read"
    RATE = "round:rate"
    READ_LINES = "round:lines"
    READ_FINDINGS = "round:findings"
    COORDINATE = "run:coordinate"
    READ_ITEM = "evidence:read"
    ADD_ITEM = "evidence:add"
    EDIT_ITEM = "evidence:edit"
    JUDGE_ITEM = "evidence:judge"
    PROPOSE_VALUE = "value:propose"
    COMPOSE = "publication:compose"
    READ_PUBLICATION = "publication:read"
    EMBED = "position:embed"
    OBJECT = "quoting:object"
    CURATE_QUESTIONS = "question:curate"
    LOOK_INTO = "question:look_into"
    END_LOOKING = "looking:end"
    READ_PERSON = "person:read"
    ENTER = "account:enter"
    KEEP_ACCOUNT = "account:keep"
    ADMINISTER = "site:administer"


SAYS = {
    May.READ_SERIES: "Read a series, its themes, values, rules and library",
    May.CREATE_SERIES: "Make a new series",
    May.CONVENE: "Change a series: its text, themes, scales, values, rules and reasons",
    May.LIST_MEMBERS: "See who belongs to a series",
    May.MANAGE_MEMBERS: "Invite, admit, promote and remove members",
    May.JOIN: "Join a series that is open to all, or to one's e-mail domain",
    May.APPOINT_CONVENER: "Appoint a convener to any series",
    May.MODERATE: "See a series' moderation queue",
    May.READ_THREAD: "Read a thread",
    May.PROPOSE_THREAD: "Propose a thread",
    May.CURATE_THREAD: "Open, edit, order, move on, close, reopen and hide a thread",
    May.POST: "Post a position in a thread",
    May.READ_POSITION: "Read a position, or see that one was there",
    May.READ_POSITION_HISTORY: "Read a position's earlier versions, and a gone one's text",
    May.REVISE_POSITION: "Edit a position, making a new version",
    May.WITHDRAW_POSITION: "Withdraw a position, leaving a tombstone",
    May.ENTER_ON_BEHALF: "Enter a position on behalf of somebody at a round table",
    May.CURATE_POSITION: "Feature, pin and order a position, and write an editor's note on it",
    May.ANSWER_STEELMAN: "Say whether a summary puts one's own position as one would",
    May.MOVE_POSITION: "Move a position to another thread of its series, alone or with others",
    May.DECIDE: "Decide on a contribution: approve, send back, decline, hide or restore",
    May.DECIDE_LEFT: "Decide on one where a single person moderates, as an administrator",
    May.SHOW_AUTHOR: "See who wrote a contribution, giving a reason that is recorded",
    May.REPORT: "Report something that one can read to the moderators",
    May.REPORT_AND_HIDE: "Hide it by an urgent report, once, until a moderator has looked",
    May.ANSWER_REPORT: "Answer reports on what one neither wrote nor reported oneself",
    May.MUTE: "Mute, for oneself alone, the voice of a position or response that one can read",
    May.REDACT: "Take a name or a phrase out of a contribution, in all its versions",
    May.SANCTION: "Ask a member for a while to write less, or not at all, giving a reason",
    May.SANCTION_VOICE: "Ask the same of whoever wrote something, without being told who it is",
    May.READ_STATEMENT: "Read what was decided, and why, in full",
    May.APPEAL: "Ask that somebody else look again at a decision on one's own",
    May.REVIEW_APPEAL: "Look again at what somebody else decided",
    May.RESPOND: "Respond to a position",
    May.READ_RESPONSE: "Read a response",
    May.REVISE_RESPONSE: "Edit a response",
    May.WITHDRAW_RESPONSE: "Withdraw a response, leaving a tombstone",
    May.ANSWER_RESTATEMENT: "Say whether somebody who disagrees restates one's own position fairly",
    May.KEEP_DRAFT: "Keep a draft of what one would say in a thread",
    May.PART: "Say privately where one parts from a position",
    May.TAKE_BACK_PART: "Take back what one said privately of a position",
    May.SEE_PART_COUNTS: "See how many part from a position, and over what",
    May.DRAFT_STATEMENTS: "Draft statements from a thread's positions, and ask their authors",
    May.WITHHOLD_STATEMENT: "Withhold the words of a thread's statement, and show them again",
    May.CONFIRM_STATEMENT: "Say whether a statement drawn from one's own position is fair",
    May.READ_MIRROR: "Read what an organisation says beside what it does, as one of its own people",
    May.RUN_ROUND: "Plan, open and close a round of a thread",
    May.READ_ROUND: "Read the statements and rules of a round",
    May.RATE: "Rate the statements of an open round, privately",
    May.READ_LINES: "Read, without who wrote them, the lines of a closed round that may be shown",
    May.READ_FINDINGS: "Read what a round found, once it is closed",
    May.COORDINATE: "Ask an organisation's own people what it professes and how it operates",
    May.READ_ITEM: "Read an item of the library",
    May.ADD_ITEM: "Add an item to the library",
    May.EDIT_ITEM: "Edit an item of the library",
    May.JUDGE_ITEM: "Check, hide and settle an item that one did not add, and say if it stands",
    May.PROPOSE_VALUE: "Propose a value that is missing",
    May.COMPOSE: "Compose, publish and correct a briefing or an essay of a series",
    May.READ_PUBLICATION: "Read a briefing or an essay that is published",
    May.EMBED: "Show a card of it on another site",
    May.OBJECT: "Object to how one is quoted in a briefing before it is published",
    May.CURATE_QUESTIONS: "Word, merge, order and mark what people would need to know",
    May.LOOK_INTO: "Say that one is looking into what people would need to know",
    May.END_LOOKING: "Say that one is no longer looking into it",
    May.READ_PERSON: "See a person's page",
    May.ENTER: "Sign up, confirm an address, sign in and reset a password",
    May.KEEP_ACCOUNT: "Change one's own profile, address and password",
    May.ADMINISTER: "Administer the site",
}
