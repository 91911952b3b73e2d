"""Which role stands at which kind of place, which roles exclude each other, and who may grant what. Pure.

Source: the visibility table of the design. Three administrators watch each other (system, security, audit), so nobody
is two of them, and none of them holds any other post. Who asks is checked in policy.py.
"""

from collections.abc import Collection

from qingyan.foundation.access.roles import Role

CITY, DISTRICT, SCHOOL = "city", "district", "school"

PLACES_OF: dict[Role, frozenset[str]] = {
    Role.CITY_OFFICER: frozenset({CITY}),
    Role.SYSTEM_ADMIN: frozenset({CITY}),
    Role.SECURITY_ADMIN: frozenset({CITY}),
    Role.AUDIT_ADMIN: frozenset({CITY}),
    Role.HOTLINE_VOLUNTEER: frozenset({CITY}),
    Role.DISTRICT_LEAD: frozenset({DISTRICT}),
    Role.SUPERVISOR: frozenset({DISTRICT, SCHOOL}),
    Role.COUNSELLOR: frozenset({SCHOOL}),
    Role.SCHOOL_ADMIN: frozenset({SCHOOL}),
    Role.PRINCIPAL: frozenset({SCHOOL}),
    Role.GRADE_LEAD: frozenset({SCHOOL}),
    Role.HOMEROOM_TEACHER: frozenset({SCHOOL}),
    Role.INVIGILATOR: frozenset({SCHOOL}),
    Role.BULLYING_COMMITTEE: frozenset({SCHOOL}),
}
# A school grants what sees names and progress at most; who reads answers, or grants posts, is the city's word.
GRANTED_BY_SCHOOL = (Role.HOMEROOM_TEACHER, Role.GRADE_LEAD, Role.INVIGILATOR, Role.PRINCIPAL)
SEPARATED = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
OF_A_CLASS = frozenset({Role.HOMEROOM_TEACHER})


def post_fault(role: Role, place: str, *, has_class: bool) -> str | None:
    """Code of what is wrong with such a post (words: actions/staff.py), or None."""
    if place not in PLACES_OF.get(role, ()):
        return "wrong_place"
    if has_class != (role in OF_A_CLASS):
        return "class_missing" if role in OF_A_CLASS else "class_needless"
    return None


def separation_fault(role: Role, held: Collection[Role]) -> str | None:
    """Whether this role may be added to the roles that the person holds; the code, or None."""
    others = set(held) - {role}
    if others and (role in SEPARATED or others & SEPARATED):
        return "separate_powers"
    return None
