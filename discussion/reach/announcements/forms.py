"""The form of an announcement."""

from discussion.language import _l
from discussion.reach.announcements.drafts import AnnouncementDraft
from discussion.reach.announcements.words import MAX_TEXT, MAX_TITLE
from discussion.web.forms import SiteForm, line_field, needed, text_field


class AnnouncementForm(SiteForm):
    """What it is about, and what it says."""

    title = line_field(
        _l("What it is about"), MAX_TITLE, needed(_l("Say in a few words what it is about."))
    )
    text = text_field(_l("What you tell"), MAX_TEXT, needed(_l("Write what you have to tell.")))

    def draft(self) -> AnnouncementDraft:
        return AnnouncementDraft(self.title.data or "", self.text.data or "")
