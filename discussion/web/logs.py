"""Structured logs: one JSON line an event, with a request id and without personal data."""

import json
import logging
import sys
from time import monotonic

from flask import Flask, Response, g, request

from discussion.db import random_id

_OWN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime"}


class JsonLines(logging.Formatter):
    """Writes each log record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "event": record.getMessage(),
        }
        line |= {key: value for key, value in record.__dict__.items() if key not in _OWN}
        if record.exc_info and record.exc_info[0]:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def set_up(level: str) -> None:
    """Send this project's logs to standard error as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("discussion")
    logger.handlers[:] = [handler]
    logger.setLevel(level)
    logger.propagate = False


def install(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_end)


def note_kept(endpoint: str, status: int, began: float) -> str:
    """Log an answer that was kept from before, and return the id of the request."""
    request_id = random_id()
    logging.getLogger("discussion.requests").info(
        "request",
        extra={
            "request_id": request_id,
            "method": "GET",
            "endpoint": endpoint,
            "status": status,
            "ms": round(1000 * (monotonic() - began), 1),
        },
    )
    return request_id


def _begin() -> None:
    g.request_id = random_id()
    g.began = monotonic()


def _end(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.get("request_id", "")
    logging.getLogger("discussion.requests").info(
        "request",
        extra={
            "request_id": g.get("request_id", ""),
            "method": request.method,
            "endpoint": request.endpoint or "",  # not the path: it may tell who is read
            "status": response.status_code,
            "ms": round(1000 * (monotonic() - g.get("began", monotonic())), 1),
        },
    )
    return response
