"""The gallery's page: every component on it; closed to strangers outside the demo."""

from types import SimpleNamespace

import pytest
from django.http import Http404
from django.test import RequestFactory

from qingyan.config.env import Mode
from qingyan.foundation.access.actor import ANONYMOUS
from qingyan.ui.gallery import components
from qingyan.ui.views import gallery


@pytest.fixture
def request_of_a_stranger():
    request = RequestFactory().get("/ui/")
    request.actor, request.school = ANONYMOUS, None
    request.user = SimpleNamespace(is_authenticated=False)
    return request


def test_every_component_folder_appears_with_its_name(settings, request_of_a_stranger):
    settings.QINGYAN = SimpleNamespace(mode=Mode.DEMO)
    html = gallery(request_of_a_stranger).content.decode()
    assert len(components()) >= 30
    for component in components():
        assert f"&lt;c-{component.name}&gt;" in html


def test_strangers_do_not_find_it_outside_the_demo(settings, request_of_a_stranger):
    settings.QINGYAN = SimpleNamespace(mode=Mode.PRODUCTION)
    with pytest.raises(Http404):
        gallery(request_of_a_stranger)
