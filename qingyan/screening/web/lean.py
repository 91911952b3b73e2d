"""The answering endpoint: POST /a/save, /a/finish, /a/sealed: a WSGI application beside Django's middleware.

Decides what a request must look like and what the page is told; what is stored is actions/saving and handing_in. An
acknowledgement is sent after COMMIT and never before. Connections and transactions are lean_database.py.
"""

import logging
from collections.abc import Callable, Iterable
from typing import Annotated, Any
from uuid import UUID, uuid4

import msgspec
from django.conf import settings
from django.http import HttpResponse, parse_cookie
from django.http.request import validate_host
from django.utils import timezone, translation
from django.utils.translation import gettext_noop

from qingyan.people import api as people
from qingyan.people.contracts import PupilTicket
from qingyan.screening.actions.writing import INVALID, SIGNED_OUT, Refused
from qingyan.screening.contracts import Answer, HandIn
from qingyan.screening.web import lean_database
from qingyan.screening.web.lean_batches import BUSY
from qingyan.screening.web.lean_database import Pupil
from qingyan.screening.web.sealed import take_sealed

log = logging.getLogger(__name__)
LARGEST_BODY = 64 * 1024
MOST_ITEMS = 1000

Environ = dict[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], Any]
Headers = list[tuple[str, str]]

STATUS = {
    "bad_request": "400 Bad Request",
    SIGNED_OUT: "401 Unauthorized",
    "foreign": "403 Forbidden",
    "not_found": "404 Not Found",
    "method": "405 Method Not Allowed",
    "finished": "409 Conflict",
    "closed": "409 Conflict",
    "different": "409 Conflict",
    "too_large": "413 Content Too Large",
    "media_type": "415 Unsupported Media Type",
    INVALID: "422 Unprocessable Content",
    "not_saved": "503 Service Unavailable",
    BUSY: "503 Service Unavailable",
}
WORDS = {
    "bad_request": gettext_noop("页面发来的内容看不懂，请刷新页面。"),
    SIGNED_OUT: gettext_noop("你已退出或在别的电脑上登录了，请重新登录，已保存的答案都还在。"),
    "foreign": gettext_noop("请从学校的答题页面作答。"),
    "not_found": gettext_noop("没有找到这份答卷。"),
    "method": gettext_noop("请从学校的答题页面作答。"),
    "finished": gettext_noop("这份答卷已经交了，不能再改。"),
    "closed": gettext_noop("这次测评已经结束了。"),
    "different": gettext_noop("页面上的答案和已保存的不一样，请刷新页面看一看再交。"),
    "too_large": gettext_noop("发来的内容太大了，请刷新页面。"),
    "media_type": gettext_noop("请从学校的答题页面作答。"),
    INVALID: gettext_noop("这个答案不在选项里，请刷新页面。"),
    "not_saved": gettext_noop("还没有保存上，稍等会自动再试。"),
    BUSY: gettext_noop("还没有保存上，稍等会自动再试。"),
}


class SaveBody(msgspec.Struct, forbid_unknown_fields=True):
    """One answer as the page sends it."""

    sheet: UUID
    seq: int
    item: int
    value: int
    ms: int


class FinishBody(msgspec.Struct, forbid_unknown_fields=True):
    """A hand-in as the page sends it."""

    sheet: UUID
    submission: UUID
    hash: Annotated[str, msgspec.Meta(pattern=r"\A([0-9a-f]{64})?\Z")] = ""
    answers: Annotated[tuple[int | None, ...], msgspec.Meta(max_length=MOST_ITEMS)] | None = None


_save_body = msgspec.json.Decoder(SaveBody)
_finish_body = msgspec.json.Decoder(FinishBody)


def application(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """WSGI: answers /a/save, /a/finish and /a/sealed, always with JSON."""
    headers: Headers = [
        ("Content-Type", "application/json; charset=utf-8"),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
    ]
    try:
        reply = _reply(environ, headers)
        status = "200 OK"
    except Refused as refusal:
        status, reply = STATUS[refusal.code], {"error": refusal.code, "message": _words(refusal.code, environ)}
        if refusal.code == BUSY:
            headers.append(("Retry-After", "2"))
    except Exception:
        # Whatever it was, nothing was acknowledged; the page keeps the answer and tries again.
        log.exception("an answer was not saved")
        status, reply = STATUS["not_saved"], {"error": "not_saved", "message": _words("not_saved", environ)}
        headers.append(("Retry-After", "2"))
    body = msgspec.json.encode(reply)
    headers.append(("Content-Length", str(len(body))))
    start_response(status, headers)
    return [body]


def _words(code: str, environ: Environ) -> str:
    """What the page tells the pupil, in the language that its pages are in."""
    chosen = _cookies(environ).get(settings.LANGUAGE_COOKIE_NAME)
    with translation.override(chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        return translation.gettext(WORDS[code])


def _reply(environ: Environ, headers: Headers) -> dict[str, Any]:
    handler = _HANDLERS.get(environ.get("PATH_INFO", ""))
    if handler is None:
        raise Refused("not_found")
    if environ["REQUEST_METHOD"] != "POST":
        raise Refused("method")
    _refuse_foreign(environ)
    body = _body(environ)
    ticket = _ticket(environ)
    if ticket is None:
        raise Refused(SIGNED_OUT)
    pupil = Pupil.of(ticket, request_id=str(uuid4()))
    reply = handler(body, pupil)
    _keep_signed_in(ticket, pupil, headers)
    return reply


def _save(body: bytes, pupil: Pupil) -> dict[str, Any]:
    said = _decoded(_save_body, body)
    answer = Answer(sheet=said.sheet, item=said.item, value=said.value, seq=said.seq, ms=said.ms)
    saved = lean_database.store(answer, pupil, now=timezone.now())
    return {"saved": saved.seq, "answered": saved.answered}


def _finish(body: bytes, pupil: Pupil) -> dict[str, Any]:
    said = _decoded(_finish_body, body)
    handed = HandIn(sheet=said.sheet, submission=said.submission, hash=said.hash, answers=said.answers)
    receipt = lean_database.finish(handed, pupil, now=timezone.now())
    return {"receipt": str(receipt.submission), "finished_at": receipt.finished_at.isoformat()}


_HANDLERS: dict[str, Callable[[bytes, Pupil], dict[str, Any]]] = {
    "/a/save": _save,
    "/a/finish": _finish,
    "/a/sealed": take_sealed,
}


def _decoded(decoder: Any, body: bytes) -> Any:
    try:
        return decoder.decode(body)
    except (msgspec.DecodeError, RecursionError):
        raise Refused("bad_request") from None


def _refuse_foreign(environ: Environ) -> None:
    """Only our own page can send this: a header that no form can set, and an origin that is ours."""
    host = environ.get("HTTP_HOST", "")
    origin = environ.get("HTTP_ORIGIN")
    site = environ.get("HTTP_SEC_FETCH_SITE", "same-origin")
    ours = environ.get("HTTP_X_QINGYAN") == "1" and validate_host(_name(host), settings.ALLOWED_HOSTS)
    schemes = ("https",) if settings.SESSION_COOKIE_SECURE else ("http", "https")
    if not ours or site != "same-origin" or origin not in (None, *(f"{scheme}://{host}" for scheme in schemes)):
        raise Refused("foreign")


def _name(host: str) -> str:
    """The host without its port, as ALLOWED_HOSTS lists it."""
    return host if host.endswith("]") else host.rsplit(":", 1)[0].lower()


def _body(environ: Environ) -> bytes:
    if environ.get("CONTENT_TYPE", "").split(";")[0].strip().lower() != "application/json":
        raise Refused("media_type")
    try:
        length = int(environ.get("CONTENT_LENGTH") or 0)
    except ValueError:
        raise Refused("bad_request") from None
    if length > LARGEST_BODY:
        raise Refused("too_large")
    return environ["wsgi.input"].read(length) if length > 0 else b""


def _ticket(environ: Environ) -> PupilTicket | None:
    found = _cookies(environ).get(people.PUPIL_COOKIE)
    return people.read_ticket(found, now=timezone.now()) if found else None


def _cookies(environ: Environ) -> dict[str, str]:
    """Django's own reading: it forgives a neighbour's crooked cookie, which http.cookies would not."""
    return parse_cookie(environ.get("HTTP_COOKIE", ""))


def _keep_signed_in(ticket: PupilTicket, pupil: Pupil, headers: Headers) -> None:
    """Answering keeps the session alive. When it cannot be renewed, the answer is saved all the same."""
    longer = people.renewed(ticket, now=int(timezone.now().timestamp()))
    if longer is None or not lean_database.renew(longer, pupil):
        return
    answer = HttpResponse()
    people.give_ticket(answer, longer)
    headers.append(("Set-Cookie", answer.cookies[people.PUPIL_COOKIE].OutputString()))
