"""What a moderator may post."""

from wtforms import HiddenField, StringField
from wtforms.validators import AnyOf, Optional

from discussion.language import _l
from discussion.moderation.operations import ACTIONS
from discussion.moderation.words import MAX_LOOK_REASON, MAX_WHY
from discussion.web.forms import SiteForm, line_field, needed, text_field

CHOOSE = _l("Choose what you decide.")


class DecideForm(SiteForm):
    """One decision: what, for which reason, and what the author is told."""

    action = StringField(
        _l("Decision"),
        [needed(CHOOSE), AnyOf(list(ACTIONS), CHOOSE)],
    )
    reason = StringField(_l("Reason, from the series’ list"), [Optional()])
    why = text_field(_l("Note to the author"), MAX_WHY)
    version_id = HiddenField()

    @property
    def seen_version(self) -> int | None:
        """The version that the moderator had on screen."""
        typed = self.version_id.data or ""
        return int(typed) if typed.isdigit() and len(typed) < 12 else None


class LookForm(SiteForm):
    """Why somebody needs to know who wrote something."""

    why = line_field(
        _l("Why you need to know"),
        MAX_LOOK_REASON,
        needed(_l("Say why you need to know. Your reason is kept.")),
    )
