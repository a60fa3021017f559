"""What may come in about a round: strings turned into a plan, and problems put beside fields."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import DateField, Field, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.form import BaseForm
from wtforms.validators import Optional

from discussion.language import Phrase, _, _l
from discussion.problems import Problem
from discussion.web.forms import Counted, SiteForm, choices
from discussion.weighing.rounds.drafts_planning import RoundDraft, under, way_of
from discussion.weighing.rounds.queries.planning import Choosable, PlanPage
from discussion.weighing.rounds.words import FEEDBACK, ORDER_RULES, STOP_RULES, WHO_MAY_RATE
from discussion.weighing.rounds.words_rounds import OWN_WAY, THRESHOLD_SAYS, THRESHOLDS, WAYS
from discussion.weighing.statements.words import MAX_WHY

ADVANCED = ("order_rule", "points", "stop", "rounds", "feedback", *THRESHOLDS, "min_group")
LAST = 10_000  # where a statement without a place stands


class PlanForm(SiteForm):
    """The plan's page; the statements and their places are read beside its fields."""

    statements = StringField(_l("Statements"))
    way = RadioField(
        _l("How people rate"),
        choices=choices(
            {name: way.label for name, way in WAYS.items()} | {OWN_WAY: _l("As set under Advanced")}
        ),
        validate_choice=False,
    )
    points = StringField(_l("Points of the scale"))
    order_rule = RadioField(_l("Order"), choices=choices(ORDER_RULES), validate_choice=False)
    opens_on = DateField(_l("Opens on"), [Optional()])
    closes_on = DateField(_l("Last day"), [Optional()])
    who_may_rate = RadioField(
        _l("Who may rate"), choices=choices(WHO_MAY_RATE), validate_choice=False
    )
    feedback = RadioField(
        _l("What raters see of the round before"), choices=choices(FEEDBACK), validate_choice=False
    )
    stop = RadioField(_l("When it stops"), choices=choices(STOP_RULES), validate_choice=False)
    rounds = StringField(_l("Number of rounds"))
    gap = StringField(THRESHOLDS["gap"])
    bound = StringField(THRESHOLDS["bound"])
    alpha = StringField(THRESHOLDS["alpha"])
    consensus = StringField(THRESHOLDS["consensus"])
    same_side = StringField(THRESHOLDS["same_side"])
    viewpoint = StringField(THRESHOLDS["viewpoint"])
    min_group = StringField(_l("The smallest group that we report on"))

    began: str  # the way, and what is set of what it decides, as the page was opened
    chosen: dict[str, str]  # public id of a statement → its place as it was typed

    @classmethod
    def of(cls, draft: RoundDraft) -> "PlanForm":
        """A plan as it stands."""
        names = [name for name in cls.__dict__ if hasattr(draft, name) and name != "statements"]
        data = {name: getattr(draft, name) for name in names}
        numbers = ("points", "rounds", "min_group", *THRESHOLDS)
        form = cls(data=data | {name: f"{data[name]:g}" for name in numbers})
        form.way.data = way_of(draft)
        form.began = form._decided(form.way.data)
        form.chosen = {id: str(place) for place, id in enumerate(draft.statements, start=1)}
        return form

    @classmethod
    def sent(cls, given: MultiDict[str, str]) -> "PlanForm":
        """What was posted, with the statements that were ticked and their places."""
        form = cls.posted()
        form.began = given.get("began", "")
        form.chosen = {id: given.get(f"place-{id}", "") for id in given.getlist("use")}
        return form

    def choose_from(self, lines: Sequence[Choosable]) -> None:
        """Add a tick and a place for each statement, as the page opens them."""
        listed = choices({line.id: line.text for line in lines})
        chosen = [line.id for line in lines if line.is_chosen]
        self._add("use", SelectMultipleField(_("Statements"), choices=listed), chosen)
        for line in lines:
            label = _("Place of “%(text)s”", text=line.text)
            self._add(f"place-{line.id}", StringField(label), str(line.place))

    def _add(self, name: str, field: Any, data: object) -> None:
        """Add a field to this form alone."""
        BaseForm.__setitem__(self, name, field)
        self[name].process(None, data)

    def draft(self) -> RoundDraft:
        """The plan that was typed; what is no number is None.

        A way decides when rounds stop and what raters see, unless that was changed under Advanced:
        there it is what was typed that counts.
        """
        typed = self._typed()
        way = WAYS.get(self.way.data or "")
        return typed if way is None or self._has_own_numbers() else under(way, typed)

    def problems_in_way(self) -> list[Problem]:
        """Where a way was chosen, and numbers under Advanced that are another’s."""
        way = WAYS.get(self.way.data or "")
        if way is None or self.way.data == self._opened() or not self._has_own_numbers():
            return []
        if under(way, self._typed()) == self._typed():
            return []
        sentence = _(
            "You chose “%(way)s”, and under Advanced you set something else. Choose “As set under"
            " Advanced”, or set it back there.",
            way=way.label,
        )
        return [Problem("way", sentence)]

    def shows_own_way(self) -> bool:
        """Whether the numbers under Advanced are a choice of their own."""
        return self.way.data == OWN_WAY or bool(self.way.errors)

    def is_advanced_open(self) -> bool:
        """Whether something under Advanced is to be looked at."""
        return self.shows_own_way() or any(self[name].errors for name in ADVANCED)

    def thresholds(self) -> tuple[tuple[Field, Phrase], ...]:
        """Each with what may be typed into it."""
        return tuple((self[name], THRESHOLD_SAYS[name]) for name in THRESHOLDS)

    def _has_own_numbers(self) -> bool:
        """Whether what a way decides was changed since the page was opened."""
        return bool(self.began) and self.began != self._decided(self._opened())

    def _opened(self) -> str:
        return self.began.partition(".")[0]

    def _decided(self, way: str) -> str:
        said = (self.stop.data, (self.rounds.data or "").strip(), self.feedback.data)
        return ".".join([way, *(each or "-" for each in said)])

    def _typed(self) -> RoundDraft:
        return RoundDraft(
            statements=tuple(sorted(self.chosen, key=self._place)),
            points=_whole(self.points.data),
            order_rule=self.order_rule.data or "",
            gap=_share(self.gap.data),
            bound=_share(self.bound.data),
            alpha=_share(self.alpha.data),
            consensus=_share(self.consensus.data),
            same_side=_share(self.same_side.data),
            viewpoint=_share(self.viewpoint.data),
            min_group=_whole(self.min_group.data),
            stop=self.stop.data or "",
            rounds=_whole(self.rounds.data),
            who_may_rate=self.who_may_rate.data or "",
            feedback=self.feedback.data or "",
            opens_on=self.opens_on.data,
            closes_on=self.closes_on.data,
        )

    def shown(self, page: PlanPage) -> PlanPage:
        """The page with its statements as they were ticked and ordered."""
        lines = [replace(one, is_chosen=one.id in self.chosen) for one in page.choosable]
        lines.sort(key=lambda one: self._place(one.id) if one.is_chosen else LAST)
        numbered = tuple(replace(one, place=at) for at, one in enumerate(lines, start=1))
        return replace(page, choosable=numbered)

    def _place(self, public_id: str) -> int:
        place = _whole(self.chosen.get(public_id, ""))
        return LAST if place is None else place


class CloseRoundForm(SiteForm):
    """Why a round closes before its day."""

    why = TextAreaField(_l("Why it closes before its day"), [Counted(MAX_WHY)])


def _whole(typed: str | None) -> int | None:
    said = (typed or "").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else None


def _share(typed: str | None) -> float | None:
    """A number as it is written, with a point or a comma."""
    said = (typed or "").strip().replace(",", ".")
    digits = said.replace(".", "", 1)
    return float(said) if digits.isascii() and digits.isdigit() and len(digits) < 12 else None
