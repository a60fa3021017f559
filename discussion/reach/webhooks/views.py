"""Pages of conveners: which programs are told what is new, and what became of it."""

from flask import Blueprint, Response, current_app, flash, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from discussion import clock, paths
from discussion.language import _
from discussion.permissions.may import May
from discussion.problems import Refused
from discussion.reach.webhooks import operations
from discussion.reach.webhooks.forms import EditHookForm, HookForm
from discussion.reach.webhooks.models import Webhook
from discussion.reach.webhooks.queries.page import edit_page, find_webhook, hooks_page
from discussion.reach.webhooks.queries.shapes import SecretPage
from discussion.reach.webhooks.signing import in_words, secret_of
from discussion.reach.webhooks.words import ACTS
from discussion.series.series.queries.convening import convened, find_convened
from discussion.web.doorway import acting, session, viewer
from discussion.web.errors import NotFound, or_404
from discussion.web.faces import answer
from discussion.web.headers import private
from discussion.web.site import site
from discussion.web.versions import versioned

blueprint = Blueprint("webhooks", __name__)
DO = {
    "stop": operations.stop_webhook,
    "start": operations.start_webhook,
    "renew": operations.renew_secret,
    "try": operations.try_webhook,
    "remove": operations.remove_webhook,
}


@blueprint.get("/webhooks/<slug>")
def page(slug: str) -> Response:
    """Which programs are told, and the log."""
    return _show(slug, HookForm())


@blueprint.post("/webhooks/<slug>")
def add(slug: str) -> AnyResponse:
    """Have another program told from now on."""
    series = or_404(find_convened(session(), viewer(), slug))
    actor, form = acting(May.CONVENE), HookForm.posted()
    if not form.validate():
        return _show(slug, form, 422)
    try:
        operations.add_webhook(session(), actor, series, form.draft(), now=clock.now())
    except Refused as refused:
        form.name.errors = [refused.sentence]
        return _show(slug, form, 422)
    flash(_("The webhook is there. It is told what happens from now on."), "done")
    return redirect(paths.webhooks(slug), 303)


@blueprint.post("/webhooks/<slug>/<public_id>")
def send_act(slug: str, public_id: str) -> AnyResponse:
    """Stop it, start it again, try it, sign with another secret, or remove it."""
    webhook = _found(slug, public_id)
    act = request.form.get("act", "")
    if act not in DO:
        raise NotFound
    DO[act](session(), acting(May.CONVENE), webhook, now=clock.now())
    flash(str(ACTS[act]), "done")
    return redirect(paths.webhooks(slug), 303)


@blueprint.get("/webhooks/<slug>/<public_id>/edit")
def edit(slug: str, public_id: str) -> Response:
    """What it is told, where and how."""
    webhook = _found(slug, public_id)
    return _show_edit(webhook, _filled(webhook))


def _opened(slug: str, public_id: str) -> EditHookForm | None:
    row = find_webhook(session(), viewer(), slug, public_id)
    return _filled(row) if row is not None else None


def _filled(row: Webhook) -> EditHookForm:
    return EditHookForm(data={"name": row.name, "kinds": row.kinds, "form": row.form})


@blueprint.post("/webhooks/<slug>/<public_id>/edit")
@versioned(_opened)
def keep_edit(slug: str, public_id: str) -> AnyResponse:
    """Tell it something else, elsewhere or otherwise from now on."""
    webhook, form = _found(slug, public_id), EditHookForm.posted()
    actor = acting(May.CONVENE)
    if not form.validate():
        return _show_edit(webhook, form, 422)
    is_elsewhere = operations.edit_webhook(session(), actor, webhook, form.draft(), now=clock.now())
    said = _("The webhook is changed.")
    if is_elsewhere:
        said = _("The webhook is changed. It has another secret, since it leads elsewhere.")
    flash(said, "done")
    return redirect(paths.webhooks(slug), 303)


def _show_edit(webhook: Webhook, form: HookForm, status: int = 200) -> Response:
    page = edit_page(webhook)
    series = (page.series.slug, page.series.title)
    shown = answer("webhooks/edit.html", page, form=form, status=status, series=series)
    return private(shown)


@blueprint.post("/webhooks/<slug>/<public_id>/secret")
def secret(slug: str, public_id: str) -> AnyResponse:
    """The secret by which the other program checks who wrote; each look is recorded."""
    webhook = _found(slug, public_id)
    operations.show_secret(session(), acting(May.CONVENE), webhook, now=clock.now())
    key = str(current_app.config["SECRET_KEY"])
    shown = SecretPage(
        convened(webhook.series),
        webhook.name,
        in_words(secret_of(webhook.public_id, webhook.turn, key)),
        paths.webhooks(slug),
    )
    return private(answer("webhooks/secret.html", shown, series=(slug, webhook.series.title)))


def _found(slug: str, public_id: str) -> Webhook:
    return or_404(find_webhook(session(), viewer(), slug, public_id))


def _show(slug: str, form: HookForm, status: int = 200) -> Response:
    is_sending = site().settings.webhooks
    shown = or_404(hooks_page(session(), viewer(), slug, is_sending=is_sending))
    series = (shown.series.slug, shown.series.title)
    return answer("webhooks/page.html", shown, form=form, status=status, series=series)
