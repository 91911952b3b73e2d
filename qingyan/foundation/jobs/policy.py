"""Who may look after background work: the technical administrators. They see names and times, never content."""

from django.utils.translation import gettext_lazy as _

from qingyan.foundation.access.policy import Permission, register
from qingyan.foundation.access.predicates import holds_anywhere
from qingyan.foundation.access.roles import Role

OPERATE = Permission("operations.operate", _("查看后台任务"))

POLICY = register({OPERATE: [[holds_anywhere(Role.SYSTEM_ADMIN)]]})
