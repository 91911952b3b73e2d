"""After signing in everybody arrives at what their post is for."""

import pytest
from django.test import Client

BACKEND = "django.contrib.auth.backends.ModelBackend"


def _arrives(account) -> str:
    client = Client()
    client.force_login(account, backend=BACKEND)
    return client.get("/start/").url


@pytest.mark.parametrize(
    ("who", "page"),
    [
        ("counsellor", "/s/qingshi/today/"),
        ("school_admin", "/s/qingshi/campaigns/"),
        ("homeroom_teacher", "/s/qingshi/support/"),
        ("principal", "/s/qingshi/cases/waiting/"),
    ],
)
def test_people_of_a_school_arrive_there(committed_cast, who, page):
    assert _arrives(getattr(committed_cast.home, who)) == page


@pytest.mark.parametrize(
    ("who", "page"),
    [("city_officer", "/city/"), ("district_lead", "/city/"), ("system_admin", "/operations/jobs/")],
)
def test_people_without_a_school_arrive_at_their_own_work_and_not_in_the_library(committed_cast, who, page):
    assert _arrives(getattr(committed_cast, who)) == page
