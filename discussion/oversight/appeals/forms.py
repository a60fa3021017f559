"""What somebody may write who appeals, and who looks again."""

from wtforms import RadioField

from discussion.language import _l
from discussion.oversight.appeals.words import DO, MAX_TEXT, MAX_WHY
from discussion.web.forms import SiteForm, choices, needed, text_field


class AppealForm(SiteForm):
    """Why somebody else should look again."""

    text = text_field(
        _l("Why should somebody look again?"),
        MAX_TEXT,
        needed(_l("Say why. The other moderator reads this first.")),
    )


class ReviewForm(SiteForm):
    """What somebody found who looked again."""

    outcome = RadioField(
        _l("Outcome"), [needed(_l("Say whether the decision stays."))], choices=choices(DO)
    )
    why = text_field(
        _l("Why"),
        MAX_WHY,
        needed(_l("Say why. The person who appealed reads it, and it is final.")),
    )
