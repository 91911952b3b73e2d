"""The state machine of an alert, as data. Pure. Deadlines are the defaults of the rule pack "default".

A critical alert is never closed by one person: it goes through review, where a second one confirms or returns it.
"""

from datetime import timedelta

from qingyan.foundation.pure.workflow import State, Step, Workflow

RAISED, ESCALATED, ACKNOWLEDGED, REVIEW = "raised", "escalated", "acknowledged", "review"
IN_CASE, DISMISSED, SEALED = "in_case", "dismissed", "sealed"
OPEN_STATES = (RAISED, ESCALATED, ACKNOWLEDGED, REVIEW)  # somebody has to act, or is acting
IN_HAND = (ACKNOWLEDGED, REVIEW)  # no clock of the ladder runs

ALERT = Workflow(
    name="alert",
    initial=RAISED,
    state_list=(
        State(RAISED, "待确认", owner="counsellor", within=timedelta(minutes=10)),
        State(ESCALATED, "已升级", owner="principal", within=timedelta(hours=2)),
        State(ACKNOWLEDGED, "已确认", owner="counsellor", within=timedelta(days=1)),
        State(REVIEW, "等另一位复核", owner="counsellor", within=timedelta(days=1)),
        State(IN_CASE, "已转个案", terminal=True),
        State(DISMISSED, "已排除", terminal=True),
        State(SEALED, "误报，已封存", terminal=True),
    ),
    steps=(
        Step("acknowledge", RAISED, ACKNOWLEDGED, "我来处理"),
        Step("acknowledge", ESCALATED, ACKNOWLEDGED, "我来处理"),
        Step("escalate", RAISED, ESCALATED, "升级", after=timedelta(minutes=10)),
        Step("release", ACKNOWLEDGED, RAISED, "交还"),
        Step("open_case", ACKNOWLEDGED, IN_CASE, "转为个案"),
        Step("dismiss", ACKNOWLEDGED, DISMISSED, "排除", needs=("reason",)),
        Step("seal", ACKNOWLEDGED, SEALED, "封存", needs=("reason",)),
        Step("ask_review", ACKNOWLEDGED, REVIEW, "请另一位复核", needs=("reason",)),
        Step("confirm_dismissal", REVIEW, DISMISSED, "复核同意排除", needs=("second_reader",)),
        Step("confirm_seal", REVIEW, SEALED, "复核同意封存", needs=("second_reader",)),
        Step("return", REVIEW, ACKNOWLEDGED, "复核不同意"),
    ),
)
