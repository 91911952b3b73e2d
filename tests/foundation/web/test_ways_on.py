"""Ways on from a thing's page: offered to those who may go there, once."""

from qingyan.cases.policy import OPEN_CASE
from qingyan.foundation.web.ways_on import WayOn, register_way_on, ways_on


def test_a_way_is_offered_once_and_only_to_those_who_may_go_there(cast):
    way = WayOn("去", "cases:open", OPEN_CASE)
    register_way_on("a test's thing", way)
    register_way_on("a test's thing", way)
    assert ways_on("a test's thing", cast.actor(cast.home.counsellor, cast.home)) == [way]
    assert ways_on("a test's thing", cast.actor(cast.home.homeroom_teacher, cast.home)) == []
    assert ways_on("nothing", cast.actor(cast.home.counsellor, cast.home)) == []
