"""Belonging: members, invitations, joining, and one's own part."""

from flask import Blueprint, current_app, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from discussion import clock, paths
from discussion.language import _
from discussion.permissions.may import May
from discussion.permissions.rules import require
from discussion.problems import Refused, TooLate
from discussion.series.members.forms import AppointForm, InvitationForm, PostForm
from discussion.series.members.models import Membership
from discussion.series.members.operations import inviting, members
from discussion.series.members.queries.joining import find_series_to_join
from discussion.series.members.queries.listing import MembersAsked
from discussion.series.members.queries.managing import managed_meanwhile
from discussion.series.members.queries.page import (
    find_invitation,
    find_member,
    invitation_page,
    members_page,
    membership_page,
)
from discussion.series.members.queries.shapes import MembershipPage
from discussion.series.series.forms import ActForm, ConvenersForm
from discussion.series.series.models import Series
from discussion.series.series.queries.reading import find_series
from discussion.web.doorway import acting, begin_again, session, viewer
from discussion.web.errors import or_404
from discussion.web.faces import answer
from discussion.web.forms import OVERTAKEN, safe_next
from discussion.web.sector import speaks_of_its_series
from discussion.web.site import site
from discussion.web.versions import versioned

blueprint = Blueprint("members", __name__)
speaks_of_its_series(blueprint)


@blueprint.get("/series/<slug>/members")
def member_list(slug: str) -> Response:
    return _show(slug)


@blueprint.post("/series/<slug>/members/invite")
def invite(slug: str) -> Response:
    form = InvitationForm.posted()
    series = _series(slug)
    if not form.validate():
        return _show(slug, invite=form)
    who, emails, key = acting(May.JOIN), form.addresses(), invitation_key()
    try:
        if emails:
            secrets = inviting.invite_people(
                session(), who, series, emails, form.draft(), key=key, now=clock.now()
            )
        else:
            secrets = [
                inviting.make_invitation(
                    session(), who, series, form.draft(), key=key, now=clock.now()
                )[1]
            ]
    except Refused as refused:
        form.refuse(refused)
        return _show(slug, invite=form)
    flash(_said(secrets, emails), "done")
    return redirect(url_for("members.member_list", slug=slug), 303)


def _said(secrets: list[str], emails: list[str]) -> str:
    if len(emails) > 1:
        return _("%(count)s invitations are on their way, one e-mail each.", count=len(emails))
    link = site().settings.public_url + url_for("members.invitation", secret=secrets[0])
    return _("The link is shown this once. Copy it now: %(link)s", link=link)


@blueprint.post("/series/<slug>/members/appoint")
def appoint(slug: str) -> Response:
    form = AppointForm.posted()
    series = _series(slug)
    if form.validate() and form.does(
        members.appoint_convener,
        session(),
        acting(May.CONVENE),
        series,
        form.email.data or "",
        now=clock.now(),
    ):
        return _back(slug, _("They are a convener of this series."))
    return _show(slug, appoint=form)


@blueprint.post("/series/<slug>/members/<person>/admit")
def admit(slug: str, person: str) -> Response:
    form, row = ActForm(), _member(slug, person)
    try:
        if form.does(members.admit_member, session(), acting(May.CONVENE), row, now=clock.now()):
            return _back(slug, _("They are a member now, and count towards five."))
    except TooLate as late:
        return _late(slug, person, form, late, "admit_member")
    return _show(slug, act=form)


@blueprint.post("/series/<slug>/members/<person>/role")
def change_role(slug: str, person: str) -> Response:
    form, row = ActForm(), _member(slug, person)
    role, is_sure = request.form.get("role", ""), "sure" in request.form
    was = request.form.get("was", "")
    try:
        if form.does(
            members.change_role,
            session(),
            acting(May.CONVENE),
            row,
            role,
            is_sure=is_sure,
            was=was,
            now=clock.now(),
        ):
            return _back(slug, _("Their role is changed."))
    except TooLate as late:
        return _late(slug, person, form, late, "change_role")
    return _show(slug, act=form)


def _late(slug: str, person: str, form: ActForm, late: TooLate, verb: str) -> Response:
    """Who was quicker, and as what the member stands in the list now."""
    begin_again()
    form.overtaken = managed_meanwhile(session(), _member(slug, person), verb, str(late))
    return _show(slug, act=form)


@blueprint.post("/series/<slug>/invitations/<invitation>/revoke")
def revoke(slug: str, invitation: str) -> Response:
    series = _series(slug)
    row = or_404(find_invitation(session(), series, invitation))
    inviting.revoke_invitation(session(), acting(May.JOIN), row, now=clock.now())
    return _back(slug, _("The link no longer works."))


@blueprint.get("/invitations/<secret>")
def invitation(secret: str) -> Response:
    """Shows what the link is for; only the button joins, since mail programs follow links."""
    page = or_404(invitation_page(session(), viewer(), secret, clock.now()))
    return answer("members/invitation.html", page, form=ActForm())


@blueprint.post("/invitations/<secret>")
def accept(secret: str) -> Response:
    form = ActForm()
    try:
        own = inviting.join_by_invitation(session(), viewer(), secret, now=clock.now())
    except Refused as refused:
        form.refuse(refused)
        page = or_404(invitation_page(session(), viewer(), secret, clock.now()))
        return answer("members/invitation.html", page, form=form, status=422)
    return _joined(own)


@blueprint.post("/series/<slug>/join")
def join(slug: str) -> Response:
    """One press, by an invitation to one's own address or because the series lets one in."""
    asks, now = acting(May.JOIN), clock.now()
    series = or_404(
        find_series(session(), asks, slug) or find_series_to_join(session(), asks, slug, now)
    )
    return _joined(inviting.come_in(session(), asks, series, now=now))


def _joined(own: Membership) -> Response:
    """Back to where one was; who never said as what they post is asked."""
    slug = own.series.slug
    if not own.posting_role:
        flash(_("You belong to this series now. Choose how you post in it."), "done")
        return redirect(url_for("members.membership", slug=slug), 303)
    flash(
        _("You are a member of this series now.")
        if own.admitted_at
        else _(
            "You belong to this series now, and become a member with your first approved "
            "contribution."
        ),
        "done",
    )
    return redirect(safe_next(request.form.get("next"), paths.series(slug)), 303)


@blueprint.get("/series/<slug>/membership")
def membership(slug: str) -> Response:
    page = or_404(membership_page(session(), viewer(), slug))
    return _show_own(page, _opened_post(slug))


def _opened_post(slug: str) -> PostForm:
    page = or_404(membership_page(session(), viewer(), slug))
    return PostForm(data={"role": page.posting_role, "phase": page.posting_phase})


@blueprint.post("/series/<slug>/membership")
@versioned(_opened_post)
def choose_post(slug: str) -> Response:
    form = PostForm.posted()
    page = or_404(membership_page(session(), viewer(), slug))
    if form.validate() and form.does(
        members.choose_post,
        session(),
        acting(May.CONVENE),
        _series(slug),
        form.role.data,
        form.phase.data,
    ):
        flash(_("Saved. What you published before keeps its label."), "done")
        return redirect(url_for("members.membership", slug=slug), 303)
    return _show_own(page, form, 422)


@blueprint.post("/accounts/series/<slug>")
def choose_post_from_profile(slug: str) -> Response:
    """The same for one series of several, on one's profile."""
    who = acting(May.KEEP_ACCOUNT)
    form = PostForm.posted()
    series = _series(slug)
    role, phase = form.role.data, form.phase.data
    if form.validate() and form.does(members.choose_post, session(), who, series, role, phase):
        said = _("From now on you post in “%(series)s” under that role.", series=series.title)
        flash(said, "done")
    else:
        flash(form.problems()[0][1], "warning")
    return redirect(url_for("accounts.profile", _anchor="series"), 303)


@blueprint.post("/series/<slug>/membership/letters")
def choose_letters(slug: str) -> Response:
    form = ActForm()
    page = or_404(membership_page(session(), viewer(), slug))
    wants = bool(request.form.get("wants_warnings"))
    if form.does(
        members.choose_letters, session(), acting(May.CONVENE), _series(slug), wants_warnings=wants
    ):
        flash(_("Saved."), "done")
        return redirect(url_for("members.membership", slug=slug), 303)
    return _show_own(page, form, 422)


@blueprint.post("/series/<slug>/membership/leave")
def leave(slug: str) -> Response:
    form = ActForm()
    page = or_404(membership_page(session(), viewer(), slug))
    if form.does(
        members.leave_series, session(), acting(May.CONVENE), _series(slug), now=clock.now()
    ):
        flash(_("You have left the series. What you wrote stays."), "done")
        return redirect(url_for("overview.home"), 303)
    return _show_own(page, form, 422)


def invitation_key() -> str:
    """The key under which the secrets of invitations are derived."""
    key = current_app.config["SECRET_KEY"]
    return str(key)


def _series(slug: str) -> Series:
    return or_404(find_series(session(), viewer(), slug))


def _member(slug: str, person: str) -> Membership:
    series = _series(slug)
    require(viewer(), May.MANAGE_MEMBERS, series)
    return or_404(find_member(session(), series, person))


def _back(slug: str, words: str) -> Response:
    """To the list, as it was narrowed when the form was sent."""
    flash(words, "done")
    return redirect(_asked().on(url_for("members.member_list", slug=slug)), 303)


def _asked() -> MembersAsked:
    return MembersAsked.given(*(request.args.get(name, "") for name in ("q", "role", "after")))


def _show(slug: str, **forms: ConvenersForm) -> Response:
    """The members; with a form given, as 422 and with what is wrong in it."""
    page = or_404(members_page(session(), viewer(), slug, _asked(), clock.now()))
    given = {"invite": InvitationForm(), "appoint": AppointForm(), "act": ActForm()} | forms
    problems = [problem for form in forms.values() for problem in form.problems()]
    late = next((form for form in forms.values() if form.overtaken), None)
    return answer(
        "members/list.html",
        page,
        form=given | {"problems": problems, "late": late},
        status=OVERTAKEN if late else 422 if forms else 200,
        series=(slug, page.series.title),
    )


def _show_own(page: MembershipPage, form: ConvenersForm, status: int = 200) -> Response:
    if "role" not in form:
        posts = PostForm(data={"role": page.posting_role, "phase": page.posting_phase})
        posts.refusals, form = form.refusals, posts
    return answer(
        "members/own.html",
        page,
        form=form,
        status=status,
        series=(page.series_slug, page.series_title),
    )
