"""Every page by keyboard and in English, and the control: a page with faults is noticed."""

import pytest
from django.conf import settings

from tests.factories.rights import PUPIL
from tests.journeys.walking import NARROW, STAFF, Walk, pages_for, public_pages

pytestmark = pytest.mark.journeys
FAULTS = (
    '<img src="/static/ui/eaves.svg" width="3000"><p>\U000323af</p>'  # a wide picture without words; a rare character
)


def test_every_page_begins_at_the_keyboard_and_shows_where_one_is(world, walk):
    tried = set()
    for name in (*STAFF, PUPIL):
        one = walk(name)
        for path in pages_for(world, name):
            if path not in tried:
                one.keys(path)
            tried.add(path)
    assert len(tried) > 60


def test_english_words_are_longer_and_fit_a_phone_all_the_same(world, walk, site):
    seen = set()
    for name in ("counsellor", "school_admin", "city_officer"):
        one = walk(name)
        one.page.context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", "url": site}])
        one.page.set_viewport_size({"width": NARROW, "height": 800})
        for path in {*pages_for(world, name), *public_pages(world)} - seen:
            one.page.goto(path)
            wide = one.page.evaluate("document.documentElement.scrollWidth")
            if wide > NARROW:
                one.found.append(f"{name} {path} in English: {wide} px wide")
            seen.add(path)
    assert len(seen) > 40


def test_the_control_a_page_with_faults_is_noticed(world, new_page, axe, site):
    page, found = new_page(), []
    page.route(
        "**/help/", lambda route: route.fulfill(body=route.fetch().text().replace("</main>", FAULTS + "</main>"))
    )
    Walk("anonymous", page, axe, found, set()).look("/help/")
    assert any("px wide" in line for line in found)
    assert any("image-alt" in line for line in found)
    assert any("boxes instead" in line for line in found)
