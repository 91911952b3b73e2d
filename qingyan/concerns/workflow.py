"""The life of a report, as data. Pure."""

from datetime import timedelta

from qingyan.foundation.pure.workflow import State, Step, Workflow

RECEIVED, TAKEN, CLOSED = "received", "taken", "closed"

REPORT = Workflow(
    name="report",
    initial=RECEIVED,
    state_list=(
        State(RECEIVED, "等人接手", owner="counsellor", within=timedelta(minutes=10)),
        State(TAKEN, "处理中", owner="counsellor", within=timedelta(days=7)),
        State(CLOSED, "已结束"),
    ),
    steps=(
        Step("take", RECEIVED, TAKEN, "我来处理"),
        Step("close", TAKEN, CLOSED, "结束", needs=("outcome",)),
        Step("write_again", CLOSED, RECEIVED, "又写来了"),
    ),
)
