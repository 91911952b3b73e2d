"""Roles and what each may see at a place. Codes are stable strings kept in the database.

Decides the coarse sight that row-level security repeats; the fine permissions are each domain's policy.py.
Source of the table: the visibility table of the design (who sees what), reviewed by the safeguarding owner.
"""

from enum import StrEnum


class Role(StrEnum):
    """A post's role. The value is stored; never rename one, retire it."""

    STUDENT = "student"
    GUARDIAN = "guardian"
    HOMEROOM_TEACHER = "homeroom_teacher"
    GRADE_LEAD = "grade_lead"
    PRINCIPAL = "principal"
    COUNSELLOR = "counsellor"
    SUPERVISOR = "supervisor"
    SCHOOL_ADMIN = "school_admin"
    INVIGILATOR = "invigilator"
    DISTRICT_LEAD = "district_lead"
    CITY_OFFICER = "city_officer"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDIT_ADMIN = "audit_admin"
    HOTLINE_VOLUNTEER = "hotline_volunteer"
    BULLYING_COMMITTEE = "bullying_committee"


class Sight(StrEnum):
    """A word that a row-level policy asks for before it shows a row (see SchoolScope.gates)."""

    IDENTITY = "identity"
    CONTACTS = "contacts"
    SLIPS = "slips"
    DOOR = "door"
    ROSTER = "roster"
    PROGRESS = "progress"
    ANSWERS = "answers"
    RESULTS = "results"
    ALERTS = "alerts"
    FILE = "file"
    AUDIT = "audit"
    CONSENT = "consent"
    OBSERVATION = "observation"
    DUTY = "duty"
    CONCERNS = "concerns"
    BULLYING = "bullying"
    CASES = "cases"
    CASE_LEADER = "case_leader"
    SUPPORT = "support"
    REFERRAL = "referral"
    OVERSIGHT = "oversight"
    NOTES = "notes"
    MANDATORY = "mandatory"
    CUBE = "cube"  # exact counts: nobody's; only the job that builds the cube has it
    TRIAL = "trial"  # no role has it: only the night's work reads where a model would have put somebody


SIGHT_OF: dict[Role, frozenset[Sight]] = {
    Role.COUNSELLOR: frozenset(
        {
            Sight.IDENTITY,
            Sight.CONTACTS,
            Sight.SLIPS,
            Sight.PROGRESS,
            Sight.ANSWERS,
            Sight.RESULTS,
            Sight.ALERTS,
            Sight.FILE,
            Sight.AUDIT,
            Sight.CONSENT,
            Sight.OBSERVATION,
            Sight.DUTY,
            Sight.CONCERNS,
            Sight.CASES,
            Sight.CASE_LEADER,
            Sight.SUPPORT,
            Sight.NOTES,
            Sight.MANDATORY,
        }
    ),
    Role.SCHOOL_ADMIN: frozenset({Sight.IDENTITY, Sight.ROSTER, Sight.SLIPS, Sight.PROGRESS, Sight.CONSENT}),
    Role.HOMEROOM_TEACHER: frozenset({Sight.IDENTITY, Sight.PROGRESS, Sight.OBSERVATION, Sight.SUPPORT}),
    Role.GRADE_LEAD: frozenset({Sight.PROGRESS, Sight.DUTY}),
    Role.PRINCIPAL: frozenset({Sight.PROGRESS, Sight.DUTY, Sight.CASE_LEADER, Sight.MANDATORY}),
    Role.DISTRICT_LEAD: frozenset({Sight.OVERSIGHT}),
    Role.CITY_OFFICER: frozenset({Sight.OVERSIGHT}),
    Role.INVIGILATOR: frozenset({Sight.PROGRESS}),
    Role.STUDENT: frozenset({Sight.IDENTITY, Sight.ANSWERS, Sight.CONSENT}),
    Role.AUDIT_ADMIN: frozenset({Sight.AUDIT}),
    Role.BULLYING_COMMITTEE: frozenset({Sight.IDENTITY, Sight.BULLYING}),
}

# These see a whole school; a homeroom teacher without one of them sees the own classes only.
WHOLE_SCHOOL_ROLES = frozenset(
    {
        Role.COUNSELLOR,
        Role.SCHOOL_ADMIN,
        Role.GRADE_LEAD,
        Role.PRINCIPAL,
        Role.INVIGILATOR,
        Role.SUPERVISOR,
        Role.AUDIT_ADMIN,
        Role.BULLYING_COMMITTEE,
    }
)


def sight_of(roles: frozenset[Role]) -> frozenset[Sight]:
    """All sight words that these roles give together; a role not in the table gives none."""
    return frozenset().union(*(SIGHT_OF.get(role, frozenset()) for role in roles))
