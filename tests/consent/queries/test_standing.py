"""Many standings cost as many statements as one."""

from qingyan.consent.queries.standing import standings
from qingyan.people.api import pupils_of_class
from tests.consent.setting import TODAY, publish


def test_a_class_costs_no_more_statements_than_one_pupil(cast, acting, django_assert_num_queries):
    publish(cast)
    actor = cast.actor(cast.home.school_admin, cast.home)
    with acting(actor):
        pupils = pupils_of_class(actor, cast.home.class_a.id)
        assert len(pupils) == 3
        with django_assert_num_queries(4):  # the text, into the scope, the ledger, out of the scope
            standings(pupils[:1], "screening", on=TODAY)
        with django_assert_num_queries(4):
            assert len(standings(pupils, "screening", on=TODAY)) == 3
    assert standings([], "screening", on=TODAY) == {}
