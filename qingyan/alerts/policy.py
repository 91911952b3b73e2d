"""Who may do what with alerts and raw answers. Read by people who do not program; denied unless written here."""

from qingyan.foundation.access.policy import Permission, register
from qingyan.foundation.access.predicates import holds
from qingyan.foundation.access.roles import Role

READ_ALERTS = Permission("alerts.read", "查看本校预警和理由（打开详情留痕）")
ACKNOWLEDGE = Permission("alerts.acknowledge", "确认预警：由我来处理")
READ_ANSWERS = Permission("alerts.read_answers", "选择用途后查看一份答卷的原始作答（留痕）")

POLICY = register(
    {
        READ_ALERTS: [[holds(Role.COUNSELLOR)]],
        ACKNOWLEDGE: [[holds(Role.COUNSELLOR)]],
        READ_ANSWERS: [[holds(Role.COUNSELLOR)]],
    }
)
