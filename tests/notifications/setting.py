"""Shortcuts for the tests of notifications, and a provider of group chats on this machine. Not a test."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import UUID

from qingyan.foundation.access.scope import entered
from qingyan.notifications.api import notify
from qingyan.notifications.models import Robot
from qingyan.people.models import Account
from tests.factories.city import Cast, Place

NOON = datetime(2026, 11, 26, 4, tzinfo=UTC)  # 12:00 in China
NIGHT = datetime(2026, 11, 26, 15, 30, tzinfo=UTC)  # 23:30
PATH = "/s/qingshi/alerts/00000000-0000-4000-8000-000000000001/"


def told(cast: Cast, *accounts: Account, kind: str = "attention", now: datetime = NOON, key: str = "") -> UUID:
    """The pupil of the story does something, and these people are told."""
    pupil = cast.pupil_actor()
    with entered(pupil):
        return notify(to=[one.id for one in accounts], kind=kind, path=PATH, by=pupil, now=now, key=key)


def mail_to(account: Account, address: str = "lin@example.org") -> Account:
    """The account with an address."""
    account.email = address
    account.save(update_fields=["email"])
    return account


class GroupChat:
    """What a provider heard, and what it answers next: a number as errcode, or an HTTP status above 99."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, dict]] = []
        self.answers: list[int] = []
        self.port = 0

    def robot(self, place: Place, provider: str = "dingtalk", secret: str | None = "SEC-quiet") -> Robot:
        """A robot of this place that speaks to this provider."""
        route = {
            "dingtalk": "/robot/send?access_token=token-of-the-robot",
            "wecom": "/cgi-bin/webhook/send?key=key-of-the-robot",
        }[provider]
        return Robot.objects.create(
            school=place.school,
            provider=provider,
            title="值班群",
            url=f"http://127.0.0.1:{self.port}{route}",
            secret=secret,
            set_by=place.principal,
            set_at=NOON,
        )


@contextmanager
def group_chat() -> Iterator[GroupChat]:
    """A provider on loopback, for as long as the block lasts."""
    chat = GroupChat()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            chat.heard.append((self.path, json.loads(body)))
            said = chat.answers.pop(0) if chat.answers else 0
            answer = json.dumps({"errcode": said, "errmsg": "secret words of the provider"}).encode()
            self.send_response(said if 99 < said < 600 else 200)
            if said == 302:
                self.send_header("Location", "http://127.0.0.1:1/robot/send?access_token=x")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    chat.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield chat
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
