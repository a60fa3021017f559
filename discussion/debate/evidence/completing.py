"""A reference that was typed with its DOI, completed by what the register of DOIs says of it."""

from dataclasses import replace

from discussion import text
from discussion.config import Settings
from discussion.debate.evidence import crossref
from discussion.debate.evidence.citations import Account, Entry, Line, harvard
from discussion.debate.evidence.citations.labels import labelled
from discussion.debate.evidence.drafts import ItemDraft
from discussion.debate.evidence.words import LIMITS
from discussion.language import _


def completed(settings: Settings, entry: Entry) -> Entry:
    """Slow, for a typed reference: call it before the session begins. Others stay as they are."""
    draft = entry.draft
    if draft is None:
        return entry
    if not (entry.is_typed and draft.doi):
        return _with_reference(entry, draft)
    looked = crossref.look_up(settings, draft.doi)
    if isinstance(looked, crossref.LookupProblem):
        said = _("The register of DOIs could not complete it, so this is what we read ourselves.")
        return _noted(entry, draft, (said,))
    said = _(
        "We asked the register of DOIs, and its words are in the form. What you"
        " typed is under “Full reference”."
    )
    made = replace(looked, citation=draft.citation)
    differing = [
        Line(_("Typed, where the register has “%(title)s”", title=looked.title[:200]), draft.title)
    ]
    is_same = not draft.title or text.fold(draft.title) in text.fold(looked.title)
    account = Account(
        format=entry.account.format,
        read=labelled(made),
        notes=(said,) if is_same else (said, _("The title is not the one that you typed.")),
        left=() if is_same else tuple(differing),
    )
    return replace(entry, draft=made, account=account)


def _with_reference(entry: Entry, draft: ItemDraft) -> Entry:
    """Something without an address needs a full reference, which can be made of the rest."""
    is_found = draft.url or draft.doi or draft.citation
    if is_found or not (draft.authors or draft.publisher):
        return entry
    whole = harvard(draft)[: LIMITS["citation"]].rstrip()
    said = _("It has no address, so a full reference was made of the rest.")
    return _noted(entry, replace(draft, citation=whole), (said,))


def _noted(entry: Entry, draft: ItemDraft, notes: tuple[str, ...]) -> Entry:
    account = replace(entry.account, notes=(*notes, *entry.account.notes), read=labelled(draft))
    return replace(entry, draft=draft, account=account)
