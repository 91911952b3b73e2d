"""Who stands how to a case."""

from qingyan.cases.queries.relations import relations_to
from tests.cases.setting import colleague, counsellor, in_care, leader
from tests.factories.city import Cast


def test_the_owner_carries_the_colleague_only_belongs_to_the_school_and_the_leader_acts_on_a_crisis(cast: Cast):
    case = in_care(cast)
    assert relations_to(counsellor(cast), case) == {"school", "carries"}
    assert relations_to(colleague(cast), case) == {"school"}
    assert relations_to(counsellor(cast, cast.other), case) == set()
    case.crisis = True
    assert "acts" in relations_to(leader(cast), case)
