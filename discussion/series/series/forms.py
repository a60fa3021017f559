"""What may come in about a series: from the browser, and through a file, by the same rules."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any, ParamSpec
from urllib.parse import urlsplit

from wtforms import DateField, IntegerField, SelectField
from wtforms.validators import Optional, ValidationError

from discussion import text
from discussion.decisions.targets import HOURS, Target, is_possible
from discussion.decisions.words import TARGETS
from discussion.language import _, _l
from discussion.problems import Refused, TooLate
from discussion.series.series.drafts import (
    ReasonDraft,
    ScaleChange,
    ScaleDraft,
    SeriesDraft,
    ThemeDraft,
    ValueDraft,
)
from discussion.series.series.words import (
    ATTRIBUTIONS,
    MAX_DOMAINS,
    MAX_EXPLANATION,
    MAX_HOST,
    MAX_MIN_GROUP,
    MAX_PROVENANCE,
    MAX_PURPOSE,
    MAX_REASON_LABEL,
    MAX_RULES,
    MAX_SCALE_DEFINITION,
    MAX_SCALE_END,
    MAX_SERIES_SUMMARY,
    MAX_SLUG,
    MAX_THEME_QUESTION,
    MAX_THEME_SUMMARY,
    MAX_TITLE,
    MAX_URL,
    MAX_WHY,
    MIN_GROUP,
    MODERATIONS,
    RESERVED_SLUGS,
    SCALE_MEANS,
    STEPS,
    UNITS,
    VISIBILITIES,
    WHO_MAY_POST,
)
from discussion.series.values.words import MAX_DEFINITION, MAX_LABEL
from discussion.web.forms import SiteForm, Within, choices, line_field, needed, text_field

MAX_SOURCE = 300
LIMITS = _l("Write a number of hours from 1 to 720, or of working days from 1 to 60.")
URGENT_LIMITS = _l("Write a number of hours from 1 to 48.")
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_DOMAIN = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*")


P = ParamSpec("P")  # of an operation


class ConvenersForm(SiteForm):
    """A form that can also say why a rule of the series refused what was asked."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.refusals: tuple[str, ...] = ()

    def refuse(self, error: Refused) -> None:
        self.refusals = error.sentences

    def does(self, operation: Callable[P, object], *given: P.args, **more: P.kwargs) -> bool:
        """Whether the operation was not refused; the form then says why.

        That somebody else was quicker goes on to whoever asked, who can say more of it.
        """
        try:
            operation(*given, **more)
        except TooLate:
            raise
        except Refused as refused:
            self.refuse(refused)
            return False
        return True

    def problems(self) -> list[tuple[str, str]]:
        return [("main", sentence) for sentence in self.refusals] + super().problems()

    def said(self, name: str) -> str:
        """What was typed in a field, or nothing where the form has no such field."""
        return (self[name].data or "") if name in self else ""


class Slug:
    """Lower-case letters, digits, and single hyphens or underscores between them."""

    def __call__(self, _form: Any, field: Any) -> None:
        if field.data and not _SLUG.fullmatch(field.data):
            raise ValidationError(
                _("Use lower-case letters a to z, digits, and single hyphens between them.")
            )
        if field.data in RESERVED_SLUGS:
            raise ValidationError(_("This address is taken. Choose another."))


class Question:
    """A theme, or a purpose, is asked: it ends with a question mark."""

    def __call__(self, _form: Any, field: Any) -> None:
        if field.data and not text.is_question(field.data):
            raise ValidationError(_("This must end with a question mark."))


class Address:
    """Empty, or a web address."""

    def __call__(self, _form: Any, field: Any) -> None:
        if not field.data:
            return
        try:
            parts = urlsplit(field.data)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in ("http", "https") or not parts.hostname or " " in field.data:
            raise ValidationError(_("Write a web address that begins with https://"))


class SeriesForm(ConvenersForm):
    """A series' own text and settings."""

    title = line_field(_l("Title"), MAX_TITLE, needed(_l("Give the series a title.")))
    question = line_field(
        _l("Purpose question"),
        MAX_PURPOSE,
        needed(_l("Ask what the series is for.")),
        Question(),
        description=_l("The one question the whole series is about. It ends with a question mark."),
    )
    summary = text_field(
        _l("Summary"), MAX_SERIES_SUMMARY, description=_l("A few sentences under the question.")
    )
    host = line_field(_l("Host"), MAX_HOST, description=_l("Who convenes it, in public."))
    starts_on = DateField(_l("Starts on"), [Optional()])
    ends_on = DateField(_l("Ends on"), [Optional()])
    language = line_field(_l("Language"), 12, default="en-GB")
    visibility = SelectField(_l("Who may read it"), choices=choices(VISIBILITIES), default="public")
    who_may_post = SelectField(_l("Who may post"), choices=choices(WHO_MAY_POST), default="invited")
    domains = text_field(
        _l("E-mail domains, one on each line"),
        4_000,
        description=_l("People who confirm an address at exactly one of these become members."),
    )
    moderation = SelectField(_l("Moderation"), choices=choices(MODERATIONS), default="pre")
    attribution = SelectField(
        _l("The most that a thread may show of a contributor"),
        choices=choices(ATTRIBUTIONS),
        default="named",
        description=_l(
            "Existing threads keep theirs. A contributor may always choose to show less."
        ),
    )
    min_group = IntegerField(
        _l("The smallest group that may be shown"),
        [
            Within(
                MIN_GROUP, MAX_MIN_GROUP, _l("Five or more, up to 50: it can never be below five.")
            )
        ],
        default=MIN_GROUP,
        description=_l("For labels and for private answers. Five or more."),
    )
    provenance = line_field(_l("Where its themes come from"), MAX_PROVENANCE)
    provenance_url = line_field(_l("Web address of that source"), MAX_URL, Address())

    def validate_language(self, field: Any) -> None:
        if not _LANGUAGE.fullmatch(field.data or ""):
            raise ValidationError(_("Write a language tag such as en-GB or cy."))

    def validate_ends_on(self, field: Any) -> None:
        starts: date | None = self.starts_on.data
        if field.data and starts and field.data < starts:
            raise ValidationError(_("The series cannot end before it starts."))

    def validate_domains(self, field: Any) -> None:
        wrong = [one for one in self.listed_domains() if not _DOMAIN.fullmatch(one)]
        if wrong:
            raise ValidationError(
                str(self.vocabulary.sentences.not_a_domain) % {"domain": wrong[0]}
            )
        if len(self.listed_domains()) > MAX_DOMAINS:
            raise ValidationError(_("List at most %(most)s domains.", most=MAX_DOMAINS))
        if self.who_may_post.data == "domain" and not self.listed_domains():
            raise ValidationError(_("List at least one domain, or choose another way of joining."))

    def listed_domains(self) -> tuple[str, ...]:
        """Each domain once, without an @ before it."""
        rows = (self.domains.data or "").replace(",", "\n").split("\n")
        listed = (row.strip().lower().removeprefix("@") for row in rows)
        return tuple(dict.fromkeys(one for one in listed if one))

    def draft(self) -> SeriesDraft:
        return SeriesDraft(
            title=self.said("title"),
            question=self.said("question"),
            summary=self.said("summary"),
            host=self.said("host"),
            language=self.said("language"),
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            visibility=self.said("visibility"),
            who_may_post=self.said("who_may_post"),
            domains=self.listed_domains(),
            moderation=self.said("moderation"),
            attribution=self.said("attribution"),
            min_group=self.min_group.data or 0,
            provenance=self.said("provenance"),
            provenance_url=self.said("provenance_url"),
        )


class NewSeriesForm(SeriesForm):
    """The same, with the address the series will have."""

    slug = line_field(
        _l("Address"),
        MAX_SLUG,
        needed(_l("Choose the last part of its address.")),
        Slug(),
        description=_l("The end of its web address, such as mapping-the-way. It stays for good."),
    )


def _number() -> IntegerField:
    return IntegerField(_l("Number"))


def _unit() -> SelectField:
    return SelectField(_l("Hours or working days"), choices=choices(UNITS))


class TargetsForm(ConvenersForm):
    """How soon moderators mean to decide on each kind; what is urgent is said in hours."""

    contribution, contribution_unit = _number(), _unit()
    report, report_unit = _number(), _unit()
    urgent = IntegerField(_l("Hours"))
    appeal, appeal_unit = _number(), _unit()
    upkeep, upkeep_unit = _number(), _unit()

    def validate(self, extra_validators: Any = None) -> bool:
        is_good = super().validate(extra_validators)
        wrong = [name for name, target in self.draft().items() if not is_possible(name, target)]
        for name in wrong:
            self[name].errors = [URGENT_LIMITS if name == "urgent" else LIMITS]
        return is_good and not wrong

    def draft(self) -> dict[str, Target]:
        return {
            name: Target(self[name].data or 0, self.said(f"{name}_unit") or HOURS)
            for name in TARGETS
        }


class RulesForm(ConvenersForm):
    rules = text_field(
        _l("Rules"),
        MAX_RULES,
        needed(_l("Write the rules.")),
        description=_l("Markdown is understood. A change makes a new version."),
    )


class ReasonForm(ConvenersForm):
    """A reason that moderators may give."""

    slug = line_field(_l("Short name"), MAX_SLUG, needed(_l("Give it a short name.")), Slug())
    label = line_field(_l("Reason"), MAX_REASON_LABEL, needed(_l("Write the reason.")))
    explanation = text_field(
        _l("What the author is told"),
        MAX_EXPLANATION,
        description=_l("What is wrong, and how to put it right."),
    )

    def draft(self) -> ReasonDraft:
        return ReasonDraft(
            slug=self.said("slug"), label=self.said("label"), explanation=self.said("explanation")
        )


class ThemeForm(ConvenersForm):
    """A question that groups threads."""

    question = line_field(
        _l("Question"), MAX_THEME_QUESTION, needed(_l("Write the question.")), Question()
    )
    summary = text_field(
        _l("Summary"), MAX_THEME_SUMMARY, description=_l("Markdown is understood.")
    )
    provenance = line_field(
        _l("Where it comes from"),
        MAX_PROVENANCE,
        description=_l("Where a published text asks the same: “Post of 6 June 2022”."),
    )
    provenance_url = line_field(_l("Web address of that source"), MAX_URL, Address())
    slug = line_field(
        _l("Address"),
        MAX_SLUG,
        Slug(),
        description=_l("Leave it empty and one is made. It is never used again, even if retired."),
    )

    def draft(self) -> ThemeDraft:
        return ThemeDraft(
            slug=self.said("slug"),
            question=self.said("question"),
            summary=self.said("summary"),
            provenance=self.said("provenance"),
            provenance_url=self.said("provenance_url"),
        )


class ScaleForm(ConvenersForm):
    """Two named ends, what lies between them, and the words for five steps."""

    low = line_field(_l("One end"), MAX_SCALE_END, needed(_l("Name this end.")))
    high = line_field(_l("The other end"), MAX_SCALE_END, needed(_l("Name this end.")))
    definition = text_field(_l("What it measures"), MAX_SCALE_DEFINITION)
    steps = text_field(_l("The words for its five steps, one on each line"), 500)
    slug = line_field(
        _l("Address"),
        MAX_SLUG,
        Slug(),
        description=_l("Leave it empty and one is made. It is never used again, even if retired."),
    )

    def validate_high(self, field: Any) -> None:
        if field.data and field.data.casefold() == (self.low.data or "").casefold():
            raise ValidationError(_("The two ends of a scale must differ."))

    def validate_steps(self, _field: Any) -> None:
        listed = self.listed_steps()
        if listed and len(listed) != STEPS:
            raise ValidationError(
                _("Write five lines, or none; there are %(lines)s.", lines=len(listed))
            )
        if any(len(step) > MAX_SCALE_END for step in listed):
            raise ValidationError(
                _("Each step has at most %(most)s characters.", most=MAX_SCALE_END)
            )

    def listed_steps(self) -> tuple[str, ...]:
        return tuple(row.strip() for row in (self.steps.data or "").split("\n") if row.strip())

    def draft(self) -> ScaleDraft:
        return ScaleDraft(
            slug=self.said("slug"),
            low=self.said("low"),
            high=self.said("high"),
            definition=self.said("definition"),
            steps=self.listed_steps(),
        )


class ScaleChangeForm(ScaleForm):
    """A scale worded otherwise; what its places mean then is asked once there are any."""

    means = SelectField(
        _l("Do places on it still mean the same?"),
        choices=choices(SCALE_MEANS, empty=_l("Say so if you change an end or a step")),
        validate_choice=False,  # what is missing or wrong is refused with its reason
        description=_l(
            "There are positions on this scale. Each keeps the words it was placed in."
            " If the ends change sides, it always becomes a new scale."
        ),
    )

    def draft(self) -> ScaleChange:
        return ScaleChange(
            slug=self.said("slug"),
            low=self.said("low"),
            high=self.said("high"),
            definition=self.said("definition"),
            steps=self.listed_steps(),
            means=self.said("means"),
        )


class ValueForm(ConvenersForm):
    """An entry of the value set."""

    label = line_field(_l("Name"), MAX_LABEL, needed(_l("Name the value.")))
    definition = line_field(
        _l("Definition"), MAX_DEFINITION, needed(_l("Define it in a line: what do you care about?"))
    )
    family = SelectField(_l("Family"))
    source = line_field(
        _l("Source"), MAX_SOURCE, description=_l("The publication the idea is taken from.")
    )
    slug = line_field(
        _l("Address"),
        MAX_SLUG,
        Slug(),
        description=_l("Leave it empty and one is made. It is never used again, even if retired."),
    )

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.family.choices = choices(self.vocabulary.value_family_labels)

    def draft(self) -> ValueDraft:
        return ValueDraft(
            slug=self.said("slug"),
            family=self.said("family"),
            label=self.said("label"),
            definition=self.said("definition"),
            source=self.said("source"),
        )


class WhyForm(ConvenersForm):
    """A reason that the person is told."""

    why = text_field(_l("Why"), MAX_WHY, needed(_l("Say why: the person is told.")))


class ActForm(ConvenersForm):
    """A button: nothing is typed, but the series may refuse."""
