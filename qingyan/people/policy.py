"""Who may do what with pupils, slips and the roster. Read by people who do not program; denied unless written here."""

from qingyan.foundation.access.policy import Permission, register
from qingyan.foundation.access.predicates import holds
from qingyan.foundation.access.roles import Role

MANAGE_SLIPS = Permission("people.manage_slips", "发放、补发和作废登录条")

POLICY = register(
    {
        MANAGE_SLIPS: [[holds(Role.COUNSELLOR, Role.SCHOOL_ADMIN)]],
    }
)
