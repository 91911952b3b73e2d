"""The state machine of an alert, as data. Pure. Deadlines are the defaults of the rule pack "default"."""

from datetime import timedelta

from qingyan.foundation.pure.workflow import State, Step, Workflow

RAISED, ESCALATED, ACKNOWLEDGED, IN_CASE, DISMISSED = "raised", "escalated", "acknowledged", "in_case", "dismissed"

OPEN_STATES = (RAISED, ESCALATED, ACKNOWLEDGED)  # somebody has to act, or is acting

ALERT = Workflow(
    name="alert",
    initial=RAISED,
    state_list=(
        State(RAISED, "待确认", owner="counsellor", within=timedelta(minutes=10)),
        State(ESCALATED, "已升级", owner="principal", within=timedelta(hours=2)),
        State(ACKNOWLEDGED, "已确认", owner="counsellor", within=timedelta(days=1)),
        State(IN_CASE, "已转个案", terminal=True),
        State(DISMISSED, "已排除", terminal=True),
    ),
    steps=(
        Step("acknowledge", RAISED, ACKNOWLEDGED, "我来处理"),
        Step("acknowledge", ESCALATED, ACKNOWLEDGED, "我来处理"),
        Step("escalate", RAISED, ESCALATED, "升级", after=timedelta(minutes=10)),
        Step("release", ACKNOWLEDGED, RAISED, "交还"),
        Step("open_case", ACKNOWLEDGED, IN_CASE, "转为个案"),
        Step("dismiss", ACKNOWLEDGED, DISMISSED, "排除", needs=("reason", "second_reader")),
    ),
)
