"""Every page that is read as data too, and the dataclass that says what stands in it.

Whatever a visitor is given as data stands here: `tests/permissions/test_faces.py` asks for each
page, and says what is missing. Printed by `discussion faces`.
"""

from collections.abc import Mapping

from discussion.debate.evidence.queries.shapes import ItemPage, LibraryPage
from discussion.debate.positions.queries.mine.shapes import MinePage
from discussion.debate.positions.queries.shapes import PositionPage
from discussion.debate.threads.queries.cycles import CyclePage
from discussion.debate.threads.queries.history import HistoryPage
from discussion.debate.threads.queries.shapes import ThreadPage
from discussion.oversight.appeals.queries.shapes import StatementsPage as AppealsStatementsPage
from discussion.oversight.duties.queries import DutiesPage, RecordPage
from discussion.oversight.reports.queries.shapes import OwnReportsPage
from discussion.oversight.rights.queries.shapes import RightsPage
from discussion.oversight.transparency.shapes import LogPage, ReportPage
from discussion.people.accounts.queries import PersonPage, ProfilePage
from discussion.reach.feeds.queries.shapes import Feed, FeedsPage
from discussion.reach.needed.shapes import NeededPage, QuestionPage
from discussion.reach.packages.shapes import DataPage
from discussion.reach.publications.queries.essays import EssayPage
from discussion.reach.publications.queries.pages import BriefingPage, PublicationsPage
from discussion.reach.search.shapes import FirstFound, NearPage, PivotPage, SearchPage
from discussion.series.about.views import AboutPage
from discussion.series.members.queries.shapes import MembershipPage
from discussion.series.series.queries.shapes import RulesPage
from discussion.series.values.queries import ValuePage, ValuesPage
from discussion.weighing.findings.shapes.page import FindingsPage
from discussion.weighing.levels.queries.shapes import LadderPage, SeriesLevelsPage
from discussion.weighing.overview.queries.shapes import (
    FindingsList,
    HomePage,
    SeriesPage,
    ThemePage,
    WriteChoice,
)
from discussion.weighing.practice.queries.joining import CodePage
from discussion.weighing.practice.queries.pages import InstrumentPage, PracticePage
from discussion.weighing.practice.shapes_sector import SectorPage
from discussion.weighing.rounds.queries.shapes import RoundPage
from discussion.weighing.statements.queries.shapes import (
    StatementPage,
)
from discussion.weighing.statements.queries.shapes import (
    StatementsPage as StatementsStatementsPage,
)

FACES: Mapping[str, tuple[type, ...]] = {
    "about.accessibility": (AboutPage,),
    "about.page": (AboutPage,),
    "about.privacy": (AboutPage,),
    "about.terms": (AboutPage,),
    "accounts.person": (PersonPage,),
    "accounts.profile": (ProfilePage,),
    "appeals.own": (AppealsStatementsPage,),
    "duties.page": (DutiesPage,),
    "duties.record": (RecordPage,),
    "duties.version": (RecordPage,),
    "evidence.item": (ItemPage,),
    "evidence.library": (LibraryPage,),
    "feeds.everything": (Feed,),
    "feeds.item": (Feed,),
    "feeds.log": (Feed,),
    "feeds.of_a_series": (FeedsPage,),
    "feeds.of_site": (FeedsPage,),
    "feeds.published": (Feed,),
    "feeds.published_in": (Feed,),
    "feeds.question": (Feed,),
    "feeds.series": (Feed,),
    "feeds.theme": (Feed,),
    "feeds.thread": (Feed,),
    "feeds.value": (Feed,),
    "feeds.what_is_needed": (Feed,),
    "findings.page": (FindingsPage,),
    "findings.version": (FindingsPage,),
    "members.membership": (MembershipPage,),
    "needed.page": (NeededPage,),
    "needed.question": (QuestionPage,),
    "overview.findings": (FindingsList,),
    "overview.home": (HomePage,),
    "overview.page": (SeriesPage,),
    "overview.theme": (ThemePage,),
    "overview.write": (WriteChoice,),
    "packages.page": (DataPage,),
    "positions.mine": (MinePage,),
    "positions.page": (PositionPage,),
    "positions.version": (PositionPage,),
    "levels.ladder": (LadderPage,),
    "levels.summed": (SeriesLevelsPage,),
    "practice.code": (CodePage,),
    "practice.instrument": (InstrumentPage,),
    "practice.page": (PracticePage,),
    "practice.sector": (SectorPage,),
    "practice.edition": (SectorPage,),
    "publications.listed": (PublicationsPage,),
    "publications.page": (
        BriefingPage,
        EssayPage,
    ),
    "publications.version": (
        BriefingPage,
        EssayPage,
    ),
    "reports.own": (OwnReportsPage,),
    "rights.page": (RightsPage,),
    "rounds.page": (RoundPage,),
    "search.feed": (Feed,),
    "search.first": (FirstFound,),
    "search.near": (NearPage,),
    "search.page": (SearchPage,),
    "search.pivot": (PivotPage,),
    "series.rules": (RulesPage,),
    "statements.statement": (StatementPage,),
    "statements.statements": (StatementsStatementsPage,),
    "threads.cycle": (CyclePage,),
    "threads.history": (HistoryPage,),
    "threads.page": (ThreadPage,),
    "transparency.log": (LogPage,),
    "transparency.report": (ReportPage,),
    "values.page": (ValuesPage,),
    "values.value": (ValuePage,),
}
