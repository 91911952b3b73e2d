"""In which relations somebody stands to a case, in the words of the table of sight (foundation/access/visibility)."""

from qingyan.cases.models import Case
from qingyan.cases.policy import carries_the_case, waits_for_the_leader
from qingyan.foundation.access.actor import Actor


def relations_to(actor: Actor, case: Case) -> frozenset[str]:
    """Of the school, carries it, or must act on it as a leader."""
    stands = {
        "school": actor.school_id == case.school_id,
        "carries": carries_the_case.allows(actor, case),
        "acts": waits_for_the_leader.allows(actor, case),
    }
    return frozenset(relation for relation, holds in stands.items() if holds)
