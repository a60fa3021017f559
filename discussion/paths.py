"""The site's addresses as plain functions, for queries and mail; tests hold them to the routes."""

from urllib.parse import urlencode


def series(slug: str) -> str:
    return f"/series/{slug}"


def themes(series_slug: str) -> str:
    return f"/series/{series_slug}#themes"


def theme(series_slug: str, slug: str) -> str:
    return f"/series/{series_slug}/themes/{slug}"


def choose_thread(series_slug: str) -> str:
    return f"/series/{series_slug}/write"


def series_findings(series_slug: str) -> str:
    return f"/series/{series_slug}/findings"


def values(series_slug: str) -> str:
    return f"/values/{series_slug}"


def value(series_slug: str, slug: str) -> str:
    return f"/values/{series_slug}/{slug}"


def library(series_slug: str) -> str:
    return f"/evidence/{series_slug}"


def item(series_slug: str, public_id: str) -> str:
    return f"/evidence/{series_slug}/{public_id}"


def settle_item(series_slug: str, public_id: str) -> str:
    return f"{item(series_slug, public_id)}/settle"


def judge_item(series_slug: str, public_id: str) -> str:
    return f"{item(series_slug, public_id)}/status"


def unchecked_links(series_slug: str) -> str:
    return f"{library(series_slug)}/unchecked"


def thread(slug: str, **query: str) -> str:
    return f"/threads/{slug}" + (f"?{urlencode(query)}" if query else "")


def thread_cycle(slug: str, number: int) -> str:
    return f"/threads/{slug}/cycles/{number}"


def curate_thread(slug: str) -> str:
    return f"/threads/{slug}/curate"


def summarise(slug: str) -> str:
    return f"/threads/{slug}/summary"


def steelman(slug: str, position_id: str) -> str:
    return f"/threads/{slug}/summary/{position_id}"


def thread_statements(slug: str) -> str:
    return f"/rounds/{slug}/statements"


def draft_statements(slug: str, **query: str) -> str:
    address = f"{thread_statements(slug)}/draft"
    return address + (f"?{urlencode(query)}" if query else "")


def drafted_statement(slug: str, public_id: str) -> str:
    return f"{thread_statements(slug)}/{public_id}"


def is_it_fair(slug: str, public_id: str) -> str:
    return f"{drafted_statement(slug, public_id)}/fair"


def warnings(token: str) -> str:
    return f"/threads/warnings/{token}"


def regroup_thread(slug: str) -> str:
    return f"/threads/{slug}/regroup"


def split_thread(slug: str) -> str:
    return f"/threads/{slug}/regroup/split"


def move_position(slug: str, public_id: str) -> str:
    return f"/threads/{slug}/regroup/move/{public_id}"


def undo_regrouping(slug: str, public_id: str) -> str:
    return f"/threads/{slug}/regroup/undo/{public_id}"


def thread_history(slug: str) -> str:
    return f"/threads/{slug}/history"


def plan_round(thread_slug: str) -> str:
    return f"/rounds/{thread_slug}/plan"


def round(thread_slug: str, number: int) -> str:
    return f"/rounds/{thread_slug}/{number}"


def rate(thread_slug: str, number: int, **query: str) -> str:
    asked = {name: value for name, value in query.items() if value}
    return f"/rounds/{thread_slug}/{number}/rate" + (f"?{urlencode(asked)}" if asked else "")


def lines_of_round(thread_slug: str, number: int) -> str:
    return f"/rounds/{thread_slug}/{number}/lines"


def own_ratings(thread_slug: str, number: int) -> str:
    return f"/rounds/{thread_slug}/{number}/mine"


def write(thread_slug: str) -> str:
    return f"/positions/write/{thread_slug}"


def write_on_behalf(thread_slug: str) -> str:
    return f"/positions/write/{thread_slug}?for=round-table"


def position(public_id: str) -> str:
    return f"/positions/{public_id}"


def version(public_id: str, number: int) -> str:
    return f"/positions/{public_id}/versions/{number}"


def handed_in(public_id: str) -> str:
    """What happens next with one's position."""
    return f"/positions/{public_id}/sent"


def revise(public_id: str) -> str:
    return f"/positions/{public_id}/revise"


def carry_place(public_id: str, scale: str) -> str:
    return f"/positions/{public_id}/place/{scale}"


def withdraw(public_id: str) -> str:
    return f"/positions/{public_id}/withdraw"


def part(public_id: str) -> str:
    return f"/positions/{public_id}/part"


def respond(public_id: str, **query: str) -> str:
    return f"/positions/{public_id}/respond" + (f"?{urlencode(query)}" if query else "")


def ladder(thread_slug: str, **query: str) -> str:
    return f"/levels/{thread_slug}" + (f"?{urlencode(query)}" if query else "")


def series_levels(series_slug: str, **query: str) -> str:
    return f"/series/{series_slug}/levels" + (f"?{urlencode(query)}" if query else "")


def revise_response(position_id: str, public_id: str) -> str:
    return f"/positions/{position_id}/responses/{public_id}/revise"


def response_stands(public_id: str, response_id: str) -> str:
    return f"/positions/{public_id}/responses/{response_id}/stands"


def is_restated_fairly(position_id: str, public_id: str) -> str:
    return f"/positions/{position_id}/responses/{public_id}/fair"


def withdraw_response(position_id: str, public_id: str) -> str:
    return f"/positions/{position_id}/responses/{public_id}/withdraw"


def curate_position(public_id: str) -> str:
    return f"/moderation/positions/{public_id}"


def curate_response(public_id: str) -> str:
    return f"/moderation/responses/{public_id}"


def curate_value(public_id: str) -> str:
    return f"/moderation/values/{public_id}"


def show_author(kind: str, public_id: str) -> str:
    return f"/moderation/{kind}/{public_id}/author"


def response(position_id: str, public_id: str) -> str:
    return f"/positions/{position_id}#r-{public_id}"


def mine() -> str:
    return "/positions/mine"


def profile() -> str:
    return "/accounts/profile"


def person(public_id: str) -> str:
    return f"/accounts/people/{public_id}"


def sign_in(next_path: str) -> str:
    return f"/accounts/sign-in?{urlencode({'next': next_path})}"


def create_series() -> str:
    return "/series/new"


def rules(slug: str) -> str:
    return f"/series/{slug}/rules"


def settings(slug: str) -> str:
    return f"/series/{slug}/settings"


def rules_settings(slug: str) -> str:
    return f"/series/{slug}/settings/rules"


def targets_settings(slug: str) -> str:
    return f"/series/{slug}/settings/targets"


def themes_settings(slug: str) -> str:
    return f"/series/{slug}/settings/themes"


def scales_settings(slug: str) -> str:
    return f"/series/{slug}/settings/scales"


def values_settings(slug: str) -> str:
    return f"/series/{slug}/settings/values"


def members(slug: str) -> str:
    return f"/series/{slug}/members"


def membership(slug: str) -> str:
    return f"/series/{slug}/membership"


def join(slug: str) -> str:
    return f"/series/{slug}/join"


def invitation(secret: str) -> str:
    return f"/invitations/{secret}"


def propose_thread(series_slug: str, theme_slug: str = "") -> str:
    query = f"?{urlencode({'theme': theme_slug})}" if theme_slug else ""
    return f"/threads/propose/{series_slug}{query}"


def report(kind: str, public_id: str) -> str:
    return f"/reports/{kind}/{public_id}"


def reports() -> str:
    return "/reports"


def receipt(public_id: str) -> str:
    return f"/reports/receipt/{public_id}"


def answer_report(public_id: str) -> str:
    return f"/reports/desk/{public_id}"


def statements() -> str:
    return "/appeals"


def statement(decision_id: str) -> str:
    return f"/appeals/{decision_id}"


def left_to_administrator() -> str:
    return "/appeals/desk"


def review_appeal(public_id: str) -> str:
    return f"/appeals/desk/{public_id}"


def sanctions(series_slug: str) -> str:
    return f"/sanctions/{series_slug}"


def sanction_author(kind: str, public_id: str) -> str:
    return f"/sanctions/{kind}/{public_id}"


def sanction_member(series_slug: str, person_id: str) -> str:
    return f"/sanctions/members/{series_slug}/{person_id}"


def lift_sanction(public_id: str) -> str:
    return f"/sanctions/lift/{public_id}"


def mutes() -> str:
    return "/mutes"


def end_mute(public_id: str) -> str:
    return f"/mutes/{public_id}/end"


def redact(kind: str, public_id: str) -> str:
    return f"/redactions/{kind}/{public_id}"


def undo_redaction(public_id: str) -> str:
    return f"/redactions/{public_id}/undo"


def log(slug: str, **query: str) -> str:
    return f"/transparency/{slug}/log" + (f"?{urlencode(query)}" if query else "")


def log_csv(slug: str) -> str:
    return f"/transparency/{slug}/log.csv"


def transparency(slug: str, **query: str) -> str:
    return f"/transparency/{slug}" + (f"?{urlencode(query)}" if query else "")


def transparency_csv(slug: str) -> str:
    return f"/transparency/{slug}/report.csv"


def duties() -> str:
    return "/duties"


def duty(kind: str) -> str:
    return f"/duties/{kind}"


def duty_version(kind: str, version: int) -> str:
    return f"/duties/{kind}/versions/{version}"


def write_duty(kind: str) -> str:
    return f"/duties/{kind}/write"


def desk() -> str:
    return "/moderation"


def undo_batch(public_id: str) -> str:
    return f"/moderation/batch/{public_id}/undo"


def statistics(**query: str) -> str:
    asked = {name: value for name, value in query.items() if value}
    return "/moderation/statistics" + (f"?{urlencode(asked)}" if asked else "")


def sign_up(next_path: str) -> str:
    return f"/accounts/sign-up?{urlencode({'next': next_path})}"


def rights() -> str:
    return "/rights"


def data_copies() -> str:
    return "/rights/copies"


def data_copy(public_id: str) -> str:
    return f"/rights/copies/{public_id}"


def leave() -> str:
    return "/rights/leave"


def stay() -> str:
    return "/rights/leave/cancel"


def consents() -> str:
    return "/rights/consents"


def accept_terms(next_path: str = "") -> str:
    return "/rights/terms" + (f"?{urlencode({'next': next_path})}" if next_path else "")


def findings(slug: str, **query: str) -> str:
    return f"/findings/{slug}" + (f"?{urlencode(query)}" if query else "")


def findings_again(slug: str) -> str:
    return f"/findings/{slug}/again"


def findings_version(slug: str, number: int) -> str:
    return f"/findings/{slug}/{number}"


def about() -> str:
    return "/about"


def privacy() -> str:
    return "/about/privacy"


def accessibility() -> str:
    return "/about/accessibility"


def feeds() -> str:
    return "/feeds"


def feeds_of(series_slug: str) -> str:
    return f"/feeds/series/{series_slug}" if series_slug else feeds()


def site_feed() -> str:
    return "/feeds/atom"


def series_feed(series_slug: str) -> str:
    return f"{feeds_of(series_slug)}/atom"


def theme_feed(series_slug: str, slug: str) -> str:
    return f"{feeds_of(series_slug)}/themes/{slug}/atom"


def value_feed(series_slug: str, slug: str) -> str:
    return f"{feeds_of(series_slug)}/values/{slug}/atom"


def item_feed(series_slug: str, public_id: str) -> str:
    return f"{feeds_of(series_slug)}/evidence/{public_id}/atom"


def log_feed(series_slug: str) -> str:
    return f"{feeds_of(series_slug)}/log/atom"


def publications_feed(series_slug: str) -> str:
    return f"{feeds_of(series_slug)}/publications/atom"


def thread_feed(slug: str) -> str:
    return f"/feeds/threads/{slug}/atom"


def calendar(series_slug: str) -> str:
    return f"{feeds_of(series_slug)}/calendar.ics"


def site_map(number: int) -> str:
    return f"/sitemaps/{number}.xml"


def picture_of_site() -> str:
    return "/pictures/site.png"


def picture_of_series(slug: str) -> str:
    return f"/pictures/series/{slug}.png"


def picture_of_thread(slug: str) -> str:
    return f"/pictures/threads/{slug}.png"


def picture_of_position(public_id: str) -> str:
    return f"/pictures/positions/{public_id}.png"


def picture_of_finding(thread_slug: str) -> str:
    return f"/pictures/findings/{thread_slug}.png"


def icon(size: int) -> str:
    return f"/pictures/icon-{size}.png"


def cite(path: str, format: str) -> str:
    """Of the page of a thread, of an edition of findings, of a version, or of an item."""
    return f"/cite{path}.{format}"


def publications(series_slug: str) -> str:
    return f"/publications/{series_slug}"


def publication(series_slug: str, slug: str, version: int | None = None) -> str:
    address = f"/publications/{series_slug}/{slug}"
    return f"{address}/{version}" if version else address


def publication_file(series_slug: str, slug: str, version: int, format: str) -> str:
    return f"{publication(series_slug, slug, version)}/files/{format}"


def findings_sheet(thread_slug: str, edition: int, format: str, between: str = "") -> str:
    asked = f"?{urlencode({'between': between})}" if between else ""
    return f"/publications/sheets/findings/{thread_slug}/{edition}.{format}{asked}"


def outcome_sheet(thread_slug: str, format: str) -> str:
    return f"/publications/sheets/outcome/{thread_slug}.{format}"


def sheet_dictionary(kind: str) -> str:
    return f"/publications/sheets/{kind}-dictionary.csv"


def compose(series_slug: str, slug: str) -> str:
    return f"{publication(series_slug, slug)}/compose"


def check_publication(series_slug: str, slug: str) -> str:
    return f"{publication(series_slug, slug)}/check"


def keep_archive(series_slug: str, slug: str, item_id: str) -> str:
    return f"{check_publication(series_slug, slug)}/references/{item_id}"


def begin_briefing(series_slug: str, kind: str = "", about: str = "") -> str:
    asked = {name: said for name, said in (("kind", kind), ("about", about)) if said}
    address = f"/publications/{series_slug}/begin"
    return f"{address}?{urlencode(asked)}" if asked else address


def new_essay(series_slug: str) -> str:
    return f"/publications/{series_slug}/essays/new"


def edit_essay(series_slug: str, slug: str) -> str:
    return f"{publication(series_slug, slug)}/edit"


def quoted(public_id: str) -> str:
    return f"/publications/quoted/{public_id}"


def announcements(series_slug: str) -> str:
    return f"/announcements/{series_slug}"


def webhooks(series_slug: str) -> str:
    return f"/webhooks/{series_slug}"


def needed(series_slug: str) -> str:
    return f"/needed/{series_slug}"


def data(series_slug: str) -> str:
    return f"/packages/{series_slug}"


def data_file(series_slug: str, number: int) -> str:
    return f"{data(series_slug)}/{number}/zip"


def new_data(series_slug: str) -> str:
    return f"{data(series_slug)}/new"


def needed_question(series_slug: str, public_id: str) -> str:
    return f"{needed(series_slug)}/{public_id}"


def curate_needed(series_slug: str) -> str:
    return f"{needed(series_slug)}/curate"


def edit_needed(series_slug: str, public_id: str) -> str:
    return f"{needed_question(series_slug, public_id)}/edit"


def needed_feed(series_slug: str) -> str:
    return f"{feeds_of(series_slug)}/needed/atom"


def needed_question_feed(series_slug: str, public_id: str) -> str:
    return f"{feeds_of(series_slug)}/needed/{public_id}/atom"


def needed_csv(series_slug: str, public_id: str = "") -> str:
    if public_id:
        return f"{needed_question(series_slug, public_id)}/question.csv"
    return f"{needed(series_slug)}/questions.csv"


def notices(**query: str) -> str:
    return "/notices" + (f"?{urlencode(query)}" if query else "")


def notices_seen() -> str:
    return "/notices/seen"


def follow(**query: str) -> str:
    return "/notices/follow" + (f"?{urlencode(query)}" if query else "")


def hear() -> str:
    return "/notices/hear"


def stop_hearing(token: str) -> str:
    return f"/notices/stop/{token}"


def mirror(run_id: str) -> str:
    """What an organisation says beside what it does, for a coordinator."""
    return f"/practice/runs/{run_id}/mirror"


def own_mirror(link: str) -> str:
    """The same, for whoever was asked."""
    return f"/practice/answer/{link}/mirror"


def mirror_sheet(run_id: str) -> str:
    return f"/publications/sheets/mirror/{run_id}.pdf"


def own_mirror_sheet(link: str) -> str:
    return f"/publications/sheets/own-mirror/{link}.pdf"


def sector(series_slug: str) -> str:
    """What the organisations of a series that let themselves be counted say and do."""
    return f"/practice/{series_slug}/sector"


def sector_edition(series_slug: str, number: int) -> str:
    return f"/practice/{series_slug}/sector/{number}"


def search(**asked: str) -> str:
    """Results; what is empty is left out."""
    said = {name: word for name, word in asked.items() if word}
    return "/search" + (f"?{urlencode(said)}" if said else "")


def search_feed(**asked: str) -> str:
    said = {name: word for name, word in asked.items() if word}
    return "/search/atom" + (f"?{urlencode(said)}" if said else "")


def pivot(series_slug: str, **asked: str) -> str:
    said = {name: word for name, word in asked.items() if word}
    return f"/search/series/{series_slug}" + (f"?{urlencode(said)}" if said else "")


def pivot_file(series_slug: str) -> str:
    return f"/search/series/{series_slug}/values-by-evidence.csv"


def alike(public_id: str) -> str:
    """What is near a position."""
    return search(like=public_id)


def practice(series_slug: str) -> str:
    """What organisations profess and how they operate, in a series."""
    return f"/practice/{series_slug}"


def instrument(series_slug: str) -> str:
    return f"/practice/{series_slug}/instrument"


def organisations(series_slug: str) -> str:
    return f"/practice/{series_slug}/organisations"


def organisation(series_slug: str, public_id: str) -> str:
    return f"/practice/{series_slug}/organisations/{public_id}"


def run(public_id: str) -> str:
    """Where a coordinator sets it up and watches over it."""
    return f"/practice/runs/{public_id}"


def answer_run(link: str, at: str = "") -> str:
    """Where the owner of an invitation answers."""
    return f"/practice/answer/{link}" + (f"?{urlencode({'at': at})}" if at else "")


def run_letters(link: str) -> str:
    return f"/practice/answer/{link}/letters"


def join_run(code: str = "") -> str:
    return f"/practice/join/{code}" if code else "/practice/join"
