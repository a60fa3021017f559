"""The log and the report of a series."""

from discussion.oversight.transparency.queries.log import log_page, stream_log
from discussion.oversight.transparency.queries.report import report_page, report_rows

__all__ = ["log_page", "report_page", "report_rows", "stream_log"]
