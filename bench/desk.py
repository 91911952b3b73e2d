"""A counsellor's open page, for the measurement of alerts: a signed-in session, looks over HTTP, what the page hears.

An open page asks every three seconds what waits (`alerts/web/client/live.ts`); here it asks in the same rhythm, and
notes when how many red sheets were shown.
"""

import http.client
import json
import random
import re
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from urllib.parse import quote
from uuid import UUID

import psycopg
from django.conf import settings
from django.test import Client

from bench.client import HOST
from qingyan.foundation.access.roles import Role
from qingyan.people.models import Account, Post

EVERY_SECONDS = 3.0  # as live.ts
RED = """
SELECT extract(epoch FROM min(raised_at)) FROM alerts_alert
WHERE school_id = %s AND level = 'red' AND raised_at >= %s GROUP BY sitting_id ORDER BY 1
"""
Heard = list[tuple[float, int]]  # when (seconds since 1970), and how many red sheets waited then


@dataclass(frozen=True)
class Answer:
    """What came, and how long it took."""

    status: int
    content: bytes
    seconds: float


@dataclass
class Desk:
    """One counsellor with a browser of one connection."""

    school: int
    account: UUID
    cookie: str
    port: int
    link: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.link = http.client.HTTPConnection(HOST, self.port, timeout=30)

    @property
    def slug(self) -> str:
        """The sub-site, as bench/city.py names it."""
        return f"s{self.school}"

    def get(self, path: str) -> Answer:
        """One look at a page of the school. Raises AssertionError when it is not there."""
        began = time.perf_counter()
        self.link.request("GET", f"/s/{self.slug}{path}", headers={"Cookie": self.cookie})
        reply = self.link.getresponse()
        content = reply.read()
        if reply.status not in (200, 204):
            raise AssertionError(f"{self.slug}{path}: {reply.status}")
        return Answer(reply.status, content, time.perf_counter() - began)

    def listen(self, heard: Heard, over: threading.Event) -> None:
        """Ask what waits until it is over; the first answer is what waited before."""
        seen, pause = "", 0.0
        while not over.wait(pause):
            answer = self.get(f"/alerts/live/?seen={quote(seen)}")
            if answer.status == 200:
                news = json.loads(answer.content)
                seen = news["token"]
                found = re.search(r"\d+", news["words"])
                heard.append((time.time(), int(found[0]) if found else 0))
            pause = EVERY_SECONDS if len(heard) > 1 or pause else random.uniform(0.1, EVERY_SECONDS)

    def waits(self, owner: psycopg.Connection, heard: Heard, begins: datetime) -> list[float]:
        """Seconds from each red sheet of the load to the answer that counted it, the earliest sheets first."""
        before = heard[0][1]
        raised = [float(row[0]) for row in owner.execute(RED, [self.school, begins]).fetchall()]
        shown = [next((at for at, n in heard if n >= before + place), None) for place in range(1, len(raised) + 1)]
        return [at - when for at, when in zip(shown, raised, strict=True) if at is not None]


def counsellors(schools: Iterable[int], port: int) -> list[Desk]:
    """A counsellor of each school, signed in."""
    desks = []
    for school in schools:
        account = Account.objects.create(login=f"bench.{school}", name=f"bench {school}", email=f"{school}@example.org")
        Post.objects.create(account=account, role=Role.COUNSELLOR.value, school_id=school, starts_on=date(2020, 9, 1))
        client = Client()
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        name = settings.SESSION_COOKIE_NAME
        desks.append(Desk(school, account.id, f"{name}={client.cookies[name].value}", port))
    return desks


@contextmanager
def watched(desks: Sequence[Desk]) -> Iterator[dict[str, Heard]]:
    """A page stands open at each desk while the block lasts; gives what each heard."""
    heard: dict[str, Heard] = {desk.slug: [] for desk in desks}
    over = threading.Event()
    pages = [threading.Thread(target=desk.listen, args=(heard[desk.slug], over), daemon=True) for desk in desks]
    for page in pages:
        page.start()
    while not all(heard.values()):
        time.sleep(0.05)
    try:
        yield heard
    finally:
        over.set()
        for page in pages:
            page.join(timeout=10)
