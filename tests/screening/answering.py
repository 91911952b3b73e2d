"""A pupil's answering page without a browser: what the page would send goes into the endpoint. Not a test."""

import io
import json
from uuid import uuid4

from django.db import transaction

from qingyan.foundation.access.scope import entered
from qingyan.people import api as people
from qingyan.people.rules.tickets import seal
from qingyan.screening.models import AnswerSheet, Campaign, Result
from qingyan.screening.web.lean import application
from tests.screening.setting import begun, school_round, signed_in, signed_in_at_the_door


class Page:
    """A pupil's answering page: sends what the browser would send."""

    def __init__(self, ticket, sheet):
        self.cookie = seal(ticket, people.ticket_secret())
        self.sheet = str(sheet)
        self.seq = 0

    def post(self, path, body, **changes):
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        environ = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": path,
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(raw)),
            "HTTP_HOST": "testserver",
            "HTTP_ORIGIN": "http://testserver",
            "HTTP_X_QINGYAN": "1",
            "HTTP_COOKIE": f"other=1; qy_pupil={self.cookie}",
            "wsgi.input": io.BytesIO(raw),
        } | changes
        said = {}

        def start_response(status, headers):
            said.update(status=int(status.split()[0]), headers=dict(headers))

        answer = json.loads(b"".join(application(environ, start_response)))
        return said["status"], answer, said["headers"]

    def save(self, item, value, seq=None, **changes):
        self.seq = self.seq + 1 if seq is None else seq
        body = {"sheet": self.sheet, "seq": self.seq, "item": item, "value": value, "ms": 1200}
        return self.post("/a/save", body, **changes)[:2]

    def finish(self, submission=None, **more):
        body = {"sheet": self.sheet, "submission": str(submission or uuid4()), **more}
        return self.post("/a/finish", body)[:2]


def campaign_of(cast):
    """The open round of the school of the story, made when first asked for: two at once are too many for a class."""
    with transaction.atomic():
        with entered(cast.platform()):
            found = Campaign.objects.filter(school_id=cast.home.school.id).first()
        return found or school_round(cast, "scl-90", "phq-a")


def open_page(cast, student, campaign, code="scl-90"):
    """The page of a pupil who has signed in at the door and begun."""
    with transaction.atomic():
        by = signed_in(student)
        with entered(by):
            sitting = begun(campaign, code, by)
        ticket = signed_in_at_the_door(cast, student)
    return Page(ticket, sitting.id)


def stored(cast, page):
    """The sheet as it lies in the database."""
    with transaction.atomic(), entered(cast.platform()):
        return AnswerSheet.objects.get(sitting_id=page.sheet)


def results(cast):
    """Every result at the school of the story."""
    with transaction.atomic(), entered(cast.platform()):
        return list(Result.objects.all())


def fill(page, values):
    """Save them all; None leaves an item out."""
    for item, value in enumerate(values):
        if value is not None:
            assert page.save(item, value)[0] == 200


def same_tab(page):
    """Another request of the same page, for threads."""
    tab = Page.__new__(Page)
    tab.cookie, tab.sheet, tab.seq = page.cookie, page.sheet, 0
    return tab
