"""One JSON object per log line, without anything a child or a colleague typed.

Decides: which fields leave the process. Query strings, bodies and, in production, the words of exceptions do not:
a database error quotes the row it refused.
"""

import json
import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType

EXTRA = ("request_id", "school", "job", "status_code")


class LineFormatter(logging.Formatter):
    """Formats a record as one line; `messages_of_errors` adds the first line of an exception's words."""

    def __init__(self, messages_of_errors: bool = False) -> None:
        super().__init__()
        self.messages_of_errors = messages_of_errors

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage().split("?", 1)[0] if record.name == "django.request" else record.getMessage(),
        }
        line |= {name: getattr(record, name) for name in EXTRA if hasattr(record, name)}
        if record.exc_info and record.exc_info[1]:
            line |= self._error(record.exc_info[1], record.exc_info[2])
        return json.dumps(line, ensure_ascii=False, default=str)

    def _error(self, error: BaseException, trace: TracebackType | None) -> dict[str, object]:
        frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
        told: dict[str, object] = {"error": type(error).__name__, "trace": frames}
        if self.messages_of_errors:
            told["words"] = str(error).split("\n", 1)[0]
        return told
