"""What a webhook may tell of, how, and how a telling may end."""

from datetime import timedelta

from discussion.language import _l

KINDS = {
    "thread.opened": _l("A new thread opens"),
    "thread.moved": _l("A thread moves to another stage"),
    "round.opened": _l("Statements can be rated"),
    "findings.ready": _l("A round has findings"),
    "publication.published": _l("A briefing or an essay is published"),
    "position.published": _l("A position is published"),
}
FORMS = {
    "whole": _l("Everything, for a program of your own"),
    "chat": _l("One message, for a chat such as Slack, Mattermost or Google Chat"),
}
WHOLE, CHAT = FORMS
TEST = "test"  # a kind that a convener asks for
ACTS = {
    "stop": _l("It is told nothing more. What was not sent yet is not sent."),
    "start": _l("It is told again what happens from now on."),
    "renew": _l("It has a new secret. Copy it into the other program: the old one is gone."),
    "try": _l("A test is on its way. Load this page again in a minute to see what became of it."),
    "remove": _l("The webhook is removed, with its address and its log."),
}

WAITING, SENT, FAILED, DROPPED = "waiting", "sent", "failed", "dropped"
STATES = {
    WAITING: _l("Waits"),
    SENT: _l("Sent"),
    FAILED: _l("Given up"),
    DROPPED: _l("Not sent: the webhook was stopped, or it may not be shown any more"),
}
# Why an attempt failed, of what `sending.py` says.
PROBLEMS = {
    "": "",
    "redirect": _l("it leads to another address, and redirects are not followed"),
    "answer": _l("the program there refused it"),
    "gone": _l("the program there wants no more"),
    "not_public": _l("the address is not on the public internet"),
    "no_host": _l("there is no such host"),
    "tls": _l("the connection was not safe"),
    "slow": _l("it took too long"),
    "odd": _l("such an address is not asked"),
    "no_answer": _l("nothing answered"),
}
STOPPED = {
    "": "",
    "asked": _l("A convener stopped it."),
    "gone": _l("The program there said that it wants no more."),
    "failing": _l("Nothing arrived there for about a day."),
}

MOST = 10  # webhooks of one series
MOST_WAITING = 50  # tellings of one webhook
LOG_SHOWN = 30
LOOKS_BACK = timedelta(days=7)  # what happened earlier is told no more
LOG_KEPT = timedelta(days=30)
MAX_NAME = 80
