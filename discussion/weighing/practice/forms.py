"""Forms of instruments, organisations and runs."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms import BooleanField, DateField, HiddenField, IntegerField, RadioField
from wtforms.validators import Optional

from discussion.language import _, _l
from discussion.text.addresses import normal_email, split_addresses
from discussion.vocabulary import Vocabulary
from discussion.web.forms import SiteForm, choices, line_field, needed, text_field
from discussion.weighing.practice import words
from discussion.weighing.practice.drafts import (
    FunctionDraft,
    InstrumentDraft,
    OrganisationDraft,
    RunDraft,
)
from discussion.weighing.practice.lines import domains_in

NEW = ("new-1", "new-2", "new-3")  # rows for functions that are not there yet


class InstrumentForm(SiteForm):
    """What is asked; the rows of functions are added by `instrument_form`, each by its slug."""

    slugs: Sequence[str] = ()

    functions = HiddenField()  # what is wrong with the rows stands beside them
    professed = line_field(_l("What we say"), words.MAX_QUESTION)
    practised = line_field(_l("What we do"), words.MAX_QUESTION)
    stops = text_field(_l("The five stops, from the centre"), 6 * words.MAX_STOP)
    compulsion = line_field(_l("The question about compulsion"), words.MAX_QUESTION)
    compulsion_stops = text_field(
        _l("Its five stops, from required to freely chosen"), 6 * words.MAX_STOP
    )
    visions = text_field(
        _l("Statements of what an organisation wants"),
        (words.MOST_VISIONS + 1) * words.MAX_STATEMENT,
    )
    asks_values = BooleanField(_l("Ask which values a choice serves, at most three"))
    asks_reason = BooleanField(_l("Ask for a reason, in a sentence"))
    shuffles = BooleanField(_l("Ask of the functions in another order each time"))

    def draft(self) -> InstrumentDraft:
        """Rows in the order of their numbers; one without a name is left out."""
        rows = []
        for at, slug in enumerate(self.slugs):
            name = self[f"name-{slug}"].data or ""
            if name:
                place = self[f"place-{slug}"].data
                was = at + 1 if slug not in NEW else 100 + at
                wanted = was if place is None else place
                # Of two with one number the one that was moved up there stands first.
                rows.append((wanted, (wanted > was) - (wanted < was), at, slug, name))
        return InstrumentDraft(
            functions=[
                FunctionDraft(
                    "" if slug in NEW else slug,
                    name,
                    self[f"covers-{slug}"].data or "",
                    bool(self[f"compels-{slug}"].data),
                )
                for _place, _moved, _at, slug, name in sorted(rows)
            ],
            professed=self.professed.data or "",
            practised=self.practised.data or "",
            stops=_lines(self.stops.data)[::-1],
            compulsion=self.compulsion.data or "",
            compulsion_stops=_lines(self.compulsion_stops.data)[::-1],
            visions=_lines(self.visions.data),
            asks_values=bool(self.asks_values.data),
            asks_reason=bool(self.asks_reason.data),
            shuffles=bool(self.shuffles.data),
        )


def instrument_form(slugs: Sequence[str]) -> type[InstrumentForm]:
    """The form with a row for each of these functions, and some for new ones."""
    rows: dict[str, Any] = {"slugs": (*slugs, *NEW)}
    for slug in rows["slugs"]:
        rows |= {
            f"name-{slug}": line_field(_l("Function"), words.MAX_NAME),
            f"covers-{slug}": line_field(_l("What it covers, in ten words"), words.MAX_COVERS),
            f"place-{slug}": IntegerField(_l("Place"), [Optional()]),
            f"compels-{slug}": BooleanField(_l("Ask about compulsion too")),
        }
    return type("InstrumentForm", (InstrumentForm,), rows)


def filled_instrument(draft: InstrumentDraft) -> dict[str, Any]:
    """What the form holds when its page opens it."""
    said: dict[str, Any] = {
        "professed": draft.professed,
        "practised": draft.practised,
        "stops": "\n".join(reversed(draft.stops)),
        "compulsion": draft.compulsion,
        "compulsion_stops": "\n".join(reversed(draft.compulsion_stops)),
        "visions": "\n".join(draft.visions),
        "asks_values": draft.asks_values,
        "asks_reason": draft.asks_reason,
        "shuffles": draft.shuffles,
    }
    for place, one in enumerate(draft.functions, start=1):
        said |= {
            f"name-{one.slug}": one.name,
            f"covers-{one.slug}": one.covers,
            f"place-{one.slug}": place,
            f"compels-{one.slug}": one.asks_compulsion,
        }
    return said


class OrganisationForm(SiteForm):
    """Who may hold runs."""

    name = line_field(
        _l("Name"), words.MAX_ORGANISATION, needed(_l("Write the name of the organisation."))
    )
    domains = text_field(_l("Domains of its people’s addresses"), 2_000)
    coordinators = text_field(_l("Addresses of its coordinators’ accounts"), 2_000)

    def draft(self) -> OrganisationDraft:
        typed = split_addresses(self.coordinators.data or "")
        return OrganisationDraft(
            self.name.data or "",
            tuple(dict.fromkeys(domains_in(self.domains.data or ""))),
            tuple(dict.fromkeys(normal_email(one) or one for one in typed)),
        )


class RunForm(SiteForm):
    """How a run is set up."""

    consent = BooleanField(_l("Our organisation agrees to this"))
    consent_by = line_field(_l("Who agreed for it, and when"), words.MAX_WHO)
    units = text_field(_l("Its parts, one a line"), words.MOST_UNITS * words.MAX_UNIT)
    has_centre = BooleanField(_l("There is a central team as well"))
    letter = text_field(_l("A paragraph of your own in the letter"), words.MAX_LETTER)
    opens_on = DateField(_l("Opens"), [Optional()])
    closes_on = DateField(_l("Closes"), [Optional()])
    reminds_on = DateField(_l("Reminds those who have not answered"), [Optional()])
    is_shared = BooleanField(_l("Let our answers be counted in the sector’s view"))

    def draft(self) -> RunDraft:
        return RunDraft(
            units=_lines(self.units.data),
            has_centre=bool(self.has_centre.data),
            consent=bool(self.consent.data),
            consent_by=self.consent_by.data or "",
            letter=self.letter.data or "",
            opens_on=_day(self.opens_on.data),
            closes_on=_day(self.closes_on.data),
            reminds_on=_day(self.reminds_on.data),
            is_shared=bool(self.is_shared.data),
        )


class LinesForm(SiteForm):
    """Pasted addresses."""

    lines = text_field(_l("Paste addresses"), 100_000)


class NamedForm(SiteForm):
    """Who let the organisation be named."""

    named_by = line_field(_l("Who said in writing that it may be named"), words.MAX_WHO)


class CodeForm(SiteForm):
    """The code from a board."""

    code = line_field(_l("Code"), 40, needed(_l("Write the code that you were given.")))


class JoinForm(SiteForm):
    """Whose address it is, and as what they are asked."""

    email = line_field(_l("Your address at work"), 254, needed(_l("Write your address at work.")))
    role = RadioField(_l("You are"), validate_choice=False)
    unit = RadioField(_l("You work in"), validate_choice=False)

    def offer(self, vocabulary: Vocabulary, units: Sequence[tuple[int, str]]) -> None:
        """The choices; one unit is no choice."""
        self.role.choices = choices(vocabulary.practice.roles)
        self.unit.choices = [(str(id), name) for id, name in units]
        self._units = {str(id) for id, _name in units}

    def missing(self) -> None:
        """Say what is not chosen, beside it."""
        if self.role.data not in words.ROLES:
            self.role.errors = [_("Choose one.")]
        if self.unit.data not in self._units:
            self.unit.errors = [_("Choose one.")]


def _lines(typed: str | None) -> list[str]:
    return [line.strip() for line in (typed or "").splitlines() if line.strip()]


def _day(said: Any) -> date | None:
    return said if isinstance(said, date) else None
