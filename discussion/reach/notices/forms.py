"""The form of how one hears."""

import re
from datetime import date

from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # new in 3.3

from discussion import clock
from discussion.language import _, _l
from discussion.mail.kinds import KINDS
from discussion.problems import Invalid, Problem
from discussion.reach.notices.drafts import HearDraft
from discussion.reach.notices.words import WEEKDAYS
from discussion.web.forms import SiteForm

_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


class HearForm(SiteForm):
    zone = StringField(_l("Your time zone"))
    weekday = SelectField(
        _l("Weekly letters come on"),
        choices=[SelectChoice(str(number), day) for number, day in enumerate(WEEKDAYS)],
    )
    quiet_from = StringField(_l("No letters between"))
    quiet_until = StringField(_l("and"))
    nothing_until = StringField(_l("No letters at all before"))

    def draft(self, rhythms: dict[str, str]) -> HearDraft:
        """Raises Invalid with everything that is wrong."""
        problems: list[Problem] = []
        zone = (self.zone.data or "").strip()
        if zone and not clock.is_zone(zone):
            problems.append(Problem("zone", _("Write a time zone such as Europe/London.")))
        times = [self._minutes(name, problems) for name in ("quiet_from", "quiet_until")]
        if not problems and (times[0] is None) != (times[1] is None):
            missing = "quiet_from" if times[0] is None else "quiet_until"
            problems.append(Problem(missing, _("Give both times, or neither.")))
        until = self._day(problems)
        if problems:
            raise Invalid(tuple(problems))
        return HearDraft(
            rhythms={kind.name: rhythms[kind.name] for kind in KINDS if kind.name in rhythms},
            zone="" if zone == clock.zone().key else zone,
            weekday=int(self.weekday.data) if self.validate() else 0,
            quiet=(times[0], times[1]) if times[0] is not None and times[1] is not None else None,
            nothing_until=until,
        )

    def _minutes(self, name: str, problems: list[Problem]) -> int | None:
        said = (self[name].data or "").strip()
        if not said:
            return None
        found = _TIME.fullmatch(said)
        if found is None:
            problems.append(Problem(name, _("Write a time such as 19:00.")))
            return None
        return int(found[1]) * 60 + int(found[2])

    def _day(self, problems: list[Problem]) -> date | None:
        said = (self.nothing_until.data or "").strip()
        try:
            return clock.first_day(said) if said else None
        except ValueError:
            problems.append(Problem("nothing_until", _("Choose a day.")))
            return None
