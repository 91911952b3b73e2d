"""Every page that anybody may open, in a real browser: two widths, light and dark, nothing cut off, nothing unreadable.

Which pages and who may open them comes from the address map and from MAY (tests/factories/rights.py), so a new page is
walked without a line here. What the pages say and do is proven beside their views.
"""

import pytest

from tests.factories.rights import PUPIL
from tests.factories.world import World
from tests.journeys.walking import STAFF, pages_for, public_pages

pytestmark = pytest.mark.journeys
PAGES_OF_PACKAGES = ("/accounts/password/change/", "/accounts/2fa/", "/accounts/logout/", "/accounts/reauthenticate/")


def begin_a_sheet(world: World) -> str:
    """The pupil of the story agrees to the city's round; gives the address of the sheet that is open now."""
    home = world.values(world.cast.home)
    answer = world.clients[PUPIL].post(f"/s/{home['slug']}/tests/{world.city_campaign.id}/scl-90/", {"assent": "on"})
    assert answer.status_code == 302
    return answer.url


def test_every_page_of_everybody_on_the_staff(world, walk):
    for name in STAFF:
        one = walk(name)
        for path in pages_for(world, name):
            one.look(path)
    for path in PAGES_OF_PACKAGES:
        one.look(path)
    assert len(one.seen) > 60


def test_every_page_of_a_pupil_and_of_whoever_comes_by(world, walk):
    sheet = begin_a_sheet(world)
    pupil = walk(PUPIL)
    for path in [*pages_for(world, PUPIL), sheet, sheet + "pause/"]:
        pupil.look(path)
    stranger = walk("anonymous")
    for path in public_pages(world):
        stranger.look(path)
    stranger.look("/not/here/", status=404)
    assert len(stranger.seen) > 15
