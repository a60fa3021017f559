"""What a moderator may post."""

import re
from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.validators import AnyOf, Optional

from discussion.decisions.drafts import Ruling
from discussion.decisions.words import ALREADY_SAID, MARKS, MAX_FACTS, MAX_WHY
from discussion.language import _, _l
from discussion.oversight.moderation.operations.batching import Ticked
from discussion.oversight.moderation.words import ANSWERS, DO, MAX_LOOK_REASON
from discussion.series.series.drafts import ValueDraft
from discussion.series.values.words import MAX_DEFINITION, MAX_LABEL
from discussion.web.forms import SiteForm, choices, line_field, line_filter, needed, text_field

CHOOSE = _l("Choose what you decide.")
ELSEWHERE = "elsewhere"  # the twin is none of those suggested: its address is typed
_TICKED = re.compile(r"(positions|responses)/([0-9a-z]{10})/([0-9]{1,11})")
_ADDRESS = re.compile(r"(?:.*/positions/)?([0-9a-z]{10})(?:[/?#].*)?")


def read_ticked(typed: Sequence[str]) -> list[Ticked]:
    """The lines that were ticked ("positions/bcdfghjkmn/7"); what makes no sense is left out."""
    found = (_TICKED.fullmatch(one) for one in typed)
    return [Ticked(one[1], one[2], int(one[3])) for one in found if one]


class DecideForm(SiteForm):
    """One decision: what, for which reason, on which facts, and what the author is told."""

    action = StringField(_l("Decision"), [needed(CHOOSE), AnyOf(list(DO), CHOOSE)])
    reason = StringField(_l("Reason, from the series’ list"), [Optional()])
    marks = SelectMultipleField(_l("What to change"), choices=choices(MARKS))
    twin = StringField(_l("Which position says it already"), [Optional()])
    twin_address = StringField(_l("Its address"), [Optional()], filters=[line_filter])
    why = text_field(_l("Note to the author"), MAX_WHY)
    facts = text_field(_l("Facts relied on"), MAX_FACTS)
    version_id = HiddenField()
    sources = HiddenField()
    decided = HiddenField()  # the newest decision on it that was on screen

    @property
    def seen_version(self) -> int | None:
        """The version that the moderator had on screen."""
        typed = self.version_id.data or ""
        return int(typed) if typed.isdecimal() and len(typed) < 12 else None

    @property
    def twin_id(self) -> str:
        """The public id of the twin that was chosen, or whose address was typed."""
        if self.twin.data and self.twin.data != ELSEWHERE:
            return str(self.twin.data)
        found = _ADDRESS.fullmatch(self.twin_address.data or "")
        return found[1] if found else ""

    def validate(self, *given: Any, **more: Any) -> bool:
        is_valid = super().validate(*given, **more)
        if ALREADY_SAID in (self.marks.data or ()) and not self.twin_id:
            self.refuse_twin()
            return False
        return is_valid

    def refuse_twin(self) -> None:
        self.twin.errors = [
            _("Choose the position that says it already, or give its address in this series.")
        ]

    def draft(self) -> Ruling:
        """What was typed so far, whether or not it can be decided."""
        return Ruling(
            action=self.action.data if self.action.data in DO else "",
            reason=self.reason.data or "",
            why=self.why.data or "",
            facts=self.facts.data or "",
            marks=tuple(mark for mark in MARKS if mark in (self.marks.data or ())),
            twin=self.twin_id,
            version_id=self.seen_version,
            sources=self.sources.data or "",
            decided=self.decided.data,
        )


class LookForm(SiteForm):
    """Why somebody needs to know who wrote something."""

    why = line_field(
        _l("Why you need to know"),
        MAX_LOOK_REASON,
        needed(_l("Say why you need to know. Your reason is kept.")),
    )


class ProposalForm(SiteForm):
    """An answer to a proposed value: the same as one of the set, a new one, or neither."""

    action = StringField(_l("Answer"), [needed(CHOOSE), AnyOf(list(ANSWERS), CHOOSE)])
    into = StringField(_l("It is the same as"), [Optional()])
    label = line_field(_l("Name"), MAX_LABEL)
    definition = line_field(_l("Definition"), MAX_DEFINITION)
    family = SelectField(_l("Family"), validate_choice=False)
    why = text_field(_l("Why not"), MAX_WHY)

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.family.choices = choices(self.vocabulary.value_family_labels)

    def new_value(self) -> ValueDraft:
        """The value that the set would get."""
        return ValueDraft(
            slug="",
            family=self.family.data or "",
            label=self.label.data or "",
            definition=self.definition.data or "",
        )
