"""Every edit form of the site: where it stands, and what two people may change in it."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from discussion.debate.threads.drafts_arranging import SummaryDraft
from discussion.debate.threads.operations.summarising import write_summary
from discussion.reach.needed.drafts import QuestionDraft
from discussion.reach.needed.operations.wording import make_question
from discussion.reach.publications.drafts_essay import EssayDraft
from discussion.reach.publications.operations.composing import begin_briefing
from discussion.reach.publications.operations.essays import keep_essay
from discussion.reach.webhooks.drafts import HookDraft
from discussion.reach.webhooks.operations import add_webhook
from discussion.vocabulary import of_series
from discussion.weighing.practice.models import Coordinator
from tests.factories import (
    NOW,
    make_item,
    make_member,
    make_person,
    make_position,
    make_response,
    make_statement,
    make_theme,
    make_thread,
)
from tests.factories.practice import make_instrument, make_organisation, make_run
from tests.factories.scenes import Scene

Typed = str | list[str]
CURATE = "/threads/{thread}/curate"
STATEMENT = "/rounds/{thread}/statements/{statement}"
MEANS = "/rounds/{thread}/statements/{means}"
SETTINGS = "/series/{series}/settings"


@dataclass(frozen=True)
class Edit:
    """A field that both change, in words that differ; and one that only the first changes."""

    endpoint: str
    page: str
    action: str
    field: str
    first: Typed
    second: Typed
    other: tuple[str, Typed] | None = None  # None where a form has but one
    also: Mapping[str, Typed] = dataclasses.field(default_factory=dict)  # what it asks of everybody
    own: bool = False  # one person in two tabs
    shown: tuple[str, str] | None = None  # how a choice of each is called
    form: str = ""  # where the form stands that a button of its own sends there

    def __str__(self) -> str:
        return f"{self.endpoint} {self.action.rpartition('/')[2]}"


def _act(act: str, field: str, *typed: Any, **more: Any) -> Edit:
    return Edit("threads.send_act", CURATE, f"{CURATE}/{act}", field, *typed, **more)


def _statement(act: str, field: str, *typed: Any, of: str = STATEMENT, **more: Any) -> Edit:
    where = f"{of}/{act}"
    return Edit("statements.send_statement_act", of, where, field, *typed, **more)


def _row(kind: str, row: str, field: str, *typed: Any, **more: Any) -> Edit:
    where = f"{SETTINGS}/{kind}/{row}"
    return Edit("series.edit_row", where, where, field, *typed, **more)


def _composed(room: str, where: str, field: str, *typed: Any, **more: Any) -> Edit:
    more |= {"also": {"do": "keep"}, "own": True}
    return Edit(room, where, where, field, *typed, **more)


_WORDS = ("Words of the first.", "Quite others.")
_PLAN = "/rounds/{thread}/plan"
_SURE = {"edit-nobody_identified": "y"}
EDITS = (
    Edit("accounts.send_profile", "/accounts/profile", "/accounts/profile",
         "organisation", "Hill School", "Dale College", ("interests", "A governor."),
         {"roles": ["headteacher"]}, own=True),
    Edit("duties.keep", "/duties/accountable-person/write", "/duties/accountable-person/write",
         "text", *_WORDS, ("code_version", "The code of March"), {"what_changed": "All."}),
    Edit("evidence.keep_edit", "/evidence/{series}/{item}/edit", "/evidence/{series}/{item}/edit",
         "limitations", *_WORDS, ("population", "Pupils of four schools.")),
    Edit("evidence.keep_edit", "/evidence/{series}/{told}/edit", "/evidence/{series}/{told}/edit",
         "limitations", *_WORDS, ("context", "A school by the sea.")),
    Edit("evidence.keep_status", "/evidence/{series}/{item}/status",
         "/evidence/{series}/{item}/status", "note", *_WORDS, ("checks", ["link_resolves"])),
    Edit("members.choose_post", "/series/{series}/membership", "/series/{series}/membership",
         "role", "classroom_teacher", "governor", ("phase", "primary"), own=True,
         shown=("Classroom teacher", "Governor or trustee")),
    Edit("rounds.send_plan", _PLAN, _PLAN, "rounds", "3", "4", ("gap", "0.3")),
    Edit("rounds.send_plan", _PLAN, _PLAN, "use", ["{second}"], ["{statement}"], ("gap", "0.3"),
         shown=("Of the second.", "Of the first.")),
    _composed("positions.write_on", "/positions/write/{thread}", "claim", *_WORDS,
              ("reasoning", "Because it is new.")),
    _composed("positions.write_on", "/positions/write/{thread}", "level", "school", "national",
              ("served-0-value", "equality"), shown=("{school}", "{national}")),
    _composed("positions.revise_on", "/positions/{own}/revise", "reasoning", *_WORDS,
              ("place-requirement", "0.25")),
    _composed("responses.respond_on", "/positions/{another}/respond", "text", *_WORDS,
              ("type", "asks")),
    _composed("responses.revise_own_response_on",
              "/positions/{another}/responses/{response}/revise", "text", *_WORDS,
              ("item_id", "{item}")),
    _statement("reword", "reword-text", "Trust is all.", "Effort counts most.",
               ("reword-language", "Welsh")),
    _statement("sort", "sort-kind", "fact", "means", shown=("Fact", "Means")),
    _statement("place", "place-along", "requirement:1", "requirement:2", of=MEANS,
               shown=("Mostly (from", "Between (from")),
    _statement("redraw", "redraw-sources", ["{another}"], ["{position}", "{another}"],
               shown=("Position {second_number}", "Position {first_number}")),
    Edit("publications.send_draft", "/publications/{series}/{briefing}/compose",
         "/publications/{series}/{briefing}/compose", "section-shared", *_WORDS,
         ("section-who", "Nobody else.")),
    Edit("publications.send_essay", "/publications/{series}/{essay}/edit",
         "/publications/{series}/{essay}/edit", "text", *_WORDS, ("author", "H. Rowe")),
    Edit("packages.keep_terms", "/packages/{series}", "/packages/{series}", "licence",
         "CC-BY-4.0", "OGL-UK-3.0", ("ratings", "rows"),
         shown=("Creative Commons Attribution 4.0", "Open Government Licence 3.0")),
    Edit("needed.send_edit", "/needed/{series}/{question}/edit",
         "/needed/{series}/{question}/edit", "text", "Words of the first?", "Quite others?",
         ("level", "school"), {"kind": "question"}),
    Edit("practice.save_instrument", "/practice/{series}/instrument",
         "/practice/{series}/instrument", "covers-visits", *_WORDS, ("professed", "What we say?")),
    Edit("practice.save_run", "/practice/runs/{run}", "/practice/runs/{run}", "letter", *_WORDS,
         ("consent_by", "The board")),
    Edit("practice.change", "/practice/{series}/organisations/{organisation}",
         "/practice/{series}/organisations/{organisation}", "name", "Hill Ward", "Dale Ward",
         ("domains", "hill.example")),
    Edit("series.edit", SETTINGS, SETTINGS, "host", "The hill", "A dale", ("summary", "New.")),
    Edit("series.keep_targets", f"{SETTINGS}/targets", f"{SETTINGS}/targets",
         "urgent", "5", "7", ("report", "9")),
    Edit("series.write_rules", f"{SETTINGS}/rules", f"{SETTINGS}/rules-text", "rules", *_WORDS),
    _row("themes", "{theme}", "summary", *_WORDS, ("question", "What is new here?")),
    _row("scales", "requirement", "definition", *_WORDS, ("low", "Asked for"),
         also={"means": "same"}),
    _row("rules", "unclear", "explanation", *_WORDS, ("label", "It stays unclear")),
    _act("edit", "edit-context", *_WORDS, ("edit-use_of_result", "A plan."), also=_SURE),
    _act("keep", "close-outcome", *_WORDS, ("close-review_on", "2027-05-04"),
         form=f"{CURATE}/close"),
    Edit("threads.send_slow", CURATE, f"{CURATE}/slow", "slow-minutes", "15", "45"),
    Edit("threads.send_closing", CURATE, f"{CURATE}/voices", "closing-to", "everybody",
         "new_voices",
         also={"closing-why": "It is heated."}, shown=("Nobody for now", "Only those who already")),
    Edit("threads.send_summary", "/threads/{thread}/summary", "/threads/{thread}/summary",
         "text", *_WORDS, ("steelman-{another}", "At its strongest.")),
    Edit("webhooks.keep_edit", "/webhooks/{series}/{webhook}/edit",
         "/webhooks/{series}/{webhook}/edit", "name", "Ward chat", "Team chat",
         ("kinds", ["thread.opened"])),
    Edit("values.reword", "/series/{series}/settings/values/equality",
         "/series/{series}/settings/values/equality", "definition", *_WORDS, ("label", "Evenness")),
)  # fmt: skip
# Asked by the page's own script with the same form: tests/debate/positions/test_writing_drafts.py.
BY_SCRIPT = frozenset({"positions.keep_draft", "positions.keep_revision"})
# What is no part of what is edited: said anew with each change, or for another button.
SAID_ANEW = frozenset({
    "edit-nobody_identified", "why", "nobody_identified", "do", "find", "draft_saved_at", "seen",
    "into",
    "began",
    "served-0-transfer", "served-add", "links-add",
})  # fmt: skip


class Edited(Scene):
    """Who edits, and what its addresses are filled with."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        series = self.series
        theme = make_theme(session, series)
        self.people = tuple(
            make_member(session, series, make_person(session, is_administrator=True), role=role)
            for role in ("convener", "convener")
        )
        thread = self.thread = make_thread(
            session,
            series,
            themes=[theme],
            context="Before.",
            outcome="Kept.",
            review_on=date(2027, 3, 1),
        )
        position, another = make_position(session, thread), make_position(session, thread)
        statement = make_statement(session, thread, position, text="Of the first.")
        second = make_statement(session, thread, position, kind="fact", text="Of the second.")
        means = make_statement(session, thread, position, kind="means", text="Of what to do.")
        told = make_item(session, series, kind="practitioner_experience", url="",
                         description="What I did.", question_type="how_and_why",
                         consent="anonymous", no_pupil_confirmed=True, authors=[])  # fmt: skip
        summary = SummaryDraft("Before.", {position.public_id: "Well."}, "")
        write_summary(session, self.as_(self.people[0]), thread, summary, seen=0, now=NOW)
        own = make_position(session, make_thread(session, series), self.people[0])
        response = make_response(session, another, self.people[0])
        minded = make_position(session, thread, revision={"change_mind_text": "A count."})
        levels = of_series(series.slug).level_labels
        organisation = make_organisation(session, series, self.people[0])
        session.add(Coordinator(organisation_id=organisation.id, person_id=self.people[1].id,
                                made_at=NOW))  # fmt: skip
        run = make_run(session, organisation, make_instrument(session, series), state="draft",
                       closes_at=None)  # fmt: skip
        make_instrument(session, series, state="draft")
        self.names = {
            "own": own.public_id, "response": response.public_id,
            "school": str(levels["school"]), "national": str(levels["national"]),
            "essay": keep_essay(
                session, self.as_(self.people[0]), series,
                EssayDraft("Before", "", "Before.", "H. Adeyemi", "", "", "", "", "", "", None),
                now=NOW,
            ).slug,
            "question": make_question(
                session, self.as_(self.people[0]), series,
                QuestionDraft("Is it so?", origins=(f"mind/{minded.public_id}",)), now=NOW,
            ).public_id,
            "briefing": begin_briefing(
                session, self.as_(self.people[0]), series, thread=thread, now=NOW
            ).slug,
            "run": run.public_id, "organisation": organisation.public_id,
            "webhook": add_webhook(
                session, self.as_(self.people[0]), series,
                HookDraft("Chat", "https://chat.example.org/a", ("findings.ready",), "whole"),
                now=NOW,
            ).public_id,
            "series": series.slug, "theme": theme.slug, "thread": thread.slug,
            "item": make_item(session, series).public_id, "told": told.public_id,
            "statement": statement.public_id, "second": second.public_id,
            "means": means.public_id,
            "position": position.public_id, "another": another.public_id,
            "first_number": str(position.number), "second_number": str(another.number),
        }  # fmt: skip
