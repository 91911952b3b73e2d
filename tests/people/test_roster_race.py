"""Two people press the button at once: one import happens, whole, and the other is told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connections, transaction

from qingyan.foundation.access.scope import entered
from qingyan.people.actions import roster, roster_committing
from qingyan.people.actions.roster_draft import NotReady, PreviewOutdated
from qingyan.people.models import RosterDraft, Student
from tests.people.desk import for_home
from tests.people.roster.files import pupils, xlsx

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("drafts", "refusal"), [(1, NotReady), (2, PreviewOutdated)], ids=["one draft twice", "two drafts"]
)
def test_of_two_commits_at_once_one_counts(committed_cast, drafts, refusal):
    place = committed_cast.home
    by = committed_cast.actor(place.school_admin, place)
    with transaction.atomic(), entered(by):
        made = [
            roster.upload(school=place.school, file_name="a", content=xlsx(for_home(pupils(50))), by=by, now=NOW)
            for _ in range(drafts)
        ]
    gate = Barrier(2)

    def commit(draft: RosterDraft) -> str:
        try:
            with transaction.atomic(), entered(by):
                gate.wait(timeout=20)
                roster_committing.commit(draft=draft, by=by, now=NOW)
        except (NotReady, PreviewOutdated) as error:
            return type(error).__name__
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(commit, [made[0], made[-1]]))
    assert told == sorted([refusal.__name__, "done"])
    with transaction.atomic(), entered(committed_cast.platform()):
        assert Student.objects.filter(school_class__grade=7).count() == 50
