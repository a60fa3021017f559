"""Stub: the pages on which positions are read."""

from discussion.positions.views import blueprint


@blueprint.get("/positions/<public_id>")
def page(**_given: object) -> str:
    return ""


@blueprint.get("/positions/<public_id>/versions/<int:version>")
def version(**_given: object) -> str:
    return ""


@blueprint.get("/positions/mine")
def mine(**_given: object) -> str:
    return ""
