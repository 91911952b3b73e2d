"""Who acts: a frozen value made once per request, job or command. Knows no database and no domain."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID

from qingyan.foundation.access.roles import WHOLE_SCHOOL_ROLES, Role, Sight, sight_of


class Kind(StrEnum):
    """What sort of actor this is; written into every audit row."""

    STAFF = "staff"
    PUPIL = "pupil"
    SYSTEM = "system"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True)
class Post:
    """A role at a place, valid now. Exactly one of the place ids is set; class posts also carry their school."""

    role: Role
    city_id: int | None = None
    district_id: int | None = None
    school_id: int | None = None
    class_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """The person (or the platform) behind a request, standing at one school at most."""

    kind: Kind
    id: UUID | None = None
    name: str = ""
    posts: tuple[Post, ...] = ()
    school_id: int | None = None
    student_id: UUID | None = None
    class_id: int | None = None
    purpose: str = ""
    request_id: str = ""
    extra_sight: frozenset[Sight] = field(default_factory=frozenset)
    overseen: frozenset[int] = field(default_factory=frozenset)  # schools of the districts and the city one leads

    @property
    def is_signed_in(self) -> bool:
        """Whether somebody has proved who they are."""
        return self.kind is not Kind.ANONYMOUS

    @property
    def posts_here(self) -> tuple[Post, ...]:
        """The posts that count at the school of this request (or, outside a school, those of district and city)."""
        return tuple(post for post in self.posts if post.school_id == self.school_id)

    @property
    def roles_here(self) -> frozenset[Role]:
        """Roles at the school of this request; outside a school, the district and city roles."""
        if self.kind is Kind.PUPIL:
            return frozenset({Role.STUDENT})
        return frozenset(post.role for post in self.posts_here)

    @property
    def roles(self) -> frozenset[Role]:
        """All roles, wherever held."""
        return frozenset(post.role for post in self.posts)

    @property
    def classes_here(self) -> frozenset[int] | None:
        """The classes to which the sight at this school is limited; None means the whole school."""
        if self.kind is not Kind.STAFF or self.roles_here & WHOLE_SCHOOL_ROLES:
            return None
        return frozenset(post.class_id for post in self.posts_here if post.class_id is not None)

    @property
    def sight(self) -> frozenset[Sight]:
        """The words by which row-level policies let this actor see confidential tables."""
        return sight_of(self.roles_here) | self.extra_sight

    def at_school(self, school_id: int | None) -> "Actor":
        """The same actor, standing at this school."""
        return replace(self, school_id=school_id)


ANONYMOUS = Actor(kind=Kind.ANONYMOUS)


def system_actor(*, school_id: int | None, sight: frozenset[Sight], purpose: str) -> Actor:
    """The platform itself, for jobs and commands: it stands at one school, with named sight and a stated purpose."""
    return Actor(kind=Kind.SYSTEM, name="system", school_id=school_id, extra_sight=sight, purpose=purpose)
