"""Writing a position: the form, kept drafts and the preview."""

from discussion.positions.views import blueprint


@blueprint.get("/positions/write/<thread>")
def write(**_given: object) -> str:
    return ""
