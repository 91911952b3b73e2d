"""The life of a pupil at school and of a transfer, as data. Pure: no clock, no database.

A file that was merged away stands outside SCHOOLING: that is a matter of the register, with its own way back.
"""

from qingyan.foundation.pure.workflow import State, Step, Workflow

ENROLLED, ON_LEAVE, LEFT, GRADUATED = "enrolled", "on_leave", "left", "graduated"
IN, OUT = "in", "out"  # the two copies of a transfer
ASKED, OFFERED, ACCEPTED, DECLINED, WITHDRAWN = "asked", "offered", "accepted", "declined", "withdrawn"
AGREED = (OFFERED, ACCEPTED)  # the sending school has said yes

SCHOOLING = Workflow(
    name="schooling",
    initial=ENROLLED,
    state_list=(
        State(ENROLLED, "在校", owner="school_admin"),
        State(ON_LEAVE, "休学", owner="school_admin"),
        State(LEFT, "离校", owner="school_admin"),
        State(GRADUATED, "毕业", terminal=True),
    ),
    steps=(
        Step("take_leave", ENROLLED, ON_LEAVE, "休学"),
        Step("return", ON_LEAVE, ENROLLED, "复学", needs=("school_class",)),
        Step("leave", ENROLLED, LEFT, "离校"),
        Step("leave", ON_LEAVE, LEFT, "离校"),
        Step("graduate", ENROLLED, GRADUATED, "毕业"),
        Step("come_back", LEFT, ENROLLED, "重新入学", needs=("school_class",)),
    ),
)

TRANSFER = Workflow(
    name="transfer",
    initial=ASKED,
    state_list=(
        State(ASKED, "等原学校答复", owner="school_admin"),
        State(OFFERED, "等新学校接收", owner="school_admin"),
        State(ACCEPTED, "已接收", terminal=True),
        State(DECLINED, "已谢绝", terminal=True),
        State(WITHDRAWN, "已撤回", terminal=True),
    ),
    steps=(
        Step("offer", ASKED, OFFERED, "同意转出", needs=("student",)),
        Step("accept", OFFERED, ACCEPTED, "接收", needs=("school_class",)),
        Step("decline", ASKED, DECLINED, "谢绝", needs=("reason",)),
        Step("decline", OFFERED, DECLINED, "谢绝", needs=("reason",)),
        Step("withdraw", ASKED, WITHDRAWN, "撤回"),
        Step("withdraw", OFFERED, WITHDRAWN, "撤回"),
    ),
)
