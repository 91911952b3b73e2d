"""A member of staff at the pages of the roster. Not a test."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from qingyan.foundation.access.scope import entered
from qingyan.people.models import Account, RosterDraft, Student

HERE = "/s/qingshi/roster/"


class Browser:
    """A member of staff with a browser, in a database that commits."""

    def __init__(self, cast, account: Account | None = None) -> None:
        self.cast, self.client = cast, Client()
        self.client.force_login(account or cast.home.school_admin, backend="django.contrib.auth.backends.ModelBackend")

    def get(self, path: str, **rest):
        return self.client.get(path, **rest)

    def upload(self, content: bytes, name: str = "名册.xlsx"):
        return self.client.post(f"{HERE}new/", {"file": SimpleUploadedFile(name, content)})

    def uploaded(self, content: bytes) -> str:
        answer = self.upload(content)
        assert answer.status_code == 302, answer.content.decode()
        return answer["Location"]

    def drafts(self) -> list[RosterDraft]:
        with transaction.atomic(), entered(self.cast.platform()):
            return list(RosterDraft.objects.order_by("uploaded_at"))

    def pupils(self) -> int:
        with transaction.atomic(), entered(self.cast.platform()):
            return Student.objects.filter(school=self.cast.home.school).count()


def words(answer) -> str:
    return answer.content.decode()
