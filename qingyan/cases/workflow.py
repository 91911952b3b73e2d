"""The life of a case, as data: one row a step. Guards, buttons, timers, the diagram and the tests come from it. Pure.

`within` is the longest that a state may last under the default pack; how long exactly, rules/deadlines.py says.
No step sets a level: that is the panel's word (decide), approved by a second person. A crisis has no way to an end from
here: rules/closing.py lets a case of such a level neither watch, nor close, nor be sealed.
"""

from datetime import timedelta

from qingyan.foundation.pure.workflow import State, Step, Workflow

CANDIDATE, INTERVIEW_DUE, INTERVIEWED, PANEL, CARE = "candidate", "interview_due", "interviewed", "panel", "care"
REFERRED, ON_LEAVE, RETURNED, QUIET_WATCH = "referred", "on_leave", "returned", "quiet_watch"
SEAL_ASKED, CLOSED, SEALED = "seal_asked", "closed", "sealed"


def _days(count: int) -> timedelta:
    return timedelta(days=count)


CASE = Workflow(
    name="case",
    initial=CANDIDATE,
    state_list=(
        State(CANDIDATE, "待了解", owner="counsellor", within=_days(2)),
        State(INTERVIEW_DUE, "待访谈", owner="counsellor", within=_days(14)),
        State(INTERVIEWED, "已访谈", owner="counsellor", within=_days(10)),
        State(PANEL, "研判中", owner="principal", within=_days(10)),
        State(CARE, "关怀中", owner="counsellor", within=_days(90)),
        State(REFERRED, "已转介", owner="counsellor", within=_days(3)),
        State(ON_LEAVE, "休学中", owner="counsellor", within=_days(30)),
        State(RETURNED, "复学支持", owner="counsellor", within=_days(14)),
        State(QUIET_WATCH, "静默关注", owner="counsellor", within=_days(120)),
        State(SEAL_ASKED, "待复核封存", owner="principal", within=_days(7)),
        State(CLOSED, "已结案", terminal=True),
        State(SEALED, "已封存", terminal=True),
    ),
    steps=(
        Step("take", CANDIDATE, INTERVIEW_DUE, "由谁负责", needs=("owner",)),
        Step("interview", INTERVIEW_DUE, INTERVIEWED, "记录访谈", needs=("interview",)),
        Step("convene", INTERVIEWED, PANEL, "召集研判会", needs=("panel",)),
        Step("decide", PANEL, CARE, "定级并开始关怀", needs=("level", "approved_by")),
        Step("watch", PANEL, QUIET_WATCH, "转静默关注", needs=("criteria", "approved_by")),
        Step("adjourn", PANEL, INTERVIEW_DUE, "再了解一次", needs=("reason",)),
        Step("convene", CARE, PANEL, "召集复评", needs=("panel",)),
        Step("convene", REFERRED, PANEL, "召集复评", needs=("panel",)),
        Step("convene", RETURNED, PANEL, "召集复评", needs=("panel",)),
        Step("refer", CARE, REFERRED, "转介", needs=("referral",)),
        Step("feed_back", REFERRED, CARE, "收到回执", needs=("reason",)),
        Step("take_leave", CARE, ON_LEAVE, "休学", needs=("reason",)),
        Step("take_leave", REFERRED, ON_LEAVE, "休学", needs=("reason",)),
        Step("come_back", ON_LEAVE, RETURNED, "复学", needs=("reason",)),
        Step("settle", RETURNED, CARE, "回到日常关怀", needs=("reason",)),
        Step("take_leave", RETURNED, ON_LEAVE, "再次休学", needs=("reason",)),
        Step("worsen", QUIET_WATCH, INTERVIEW_DUE, "情况变化，重新访谈", needs=("reason",)),
        Step("close", QUIET_WATCH, CLOSED, "结案", needs=("summary", "criteria")),
        Step("ask_seal", CANDIDATE, SEAL_ASKED, "提请封存", needs=("reason",)),
        Step("ask_seal", INTERVIEWED, SEAL_ASKED, "提请封存", needs=("reason",)),
        Step("seal", SEAL_ASKED, SEALED, "同意封存", needs=("second_reader",)),
        Step("refuse_seal", SEAL_ASKED, INTERVIEW_DUE, "不同意，再了解", needs=("reason",)),
    ),
)

OPEN_STATES = tuple(state.code for state in CASE.state_list if not state.terminal)

# One meeting of the panel. It decides nothing until a leader who does not carry the case has approved it.
CONVENED, HELD, APPROVED, RETURNED = "convened", "held", "approved", "returned"
MEETING = Workflow(
    name="panel",
    initial=CONVENED,
    state_list=(
        State(CONVENED, "待召开", owner="counsellor", within=_days(10)),
        State(HELD, "待审批", owner="principal", within=_days(1)),
        State(APPROVED, "已审批", terminal=True),
        State(RETURNED, "已退回", terminal=True),
    ),
    steps=(
        Step("hold", CONVENED, HELD, "记录会议", needs=("minutes", "decision")),
        Step("approve", HELD, APPROVED, "同意", needs=("approved_by",)),
        Step("return", HELD, RETURNED, "退回重议", needs=("reason",)),
    ),
)

# A referral to a hospital or a station. The receiver's steps (appoint, attend, miss, return_slip) come from the page
# that the printed code opens; the school may write down the same when it heard of it by telephone or on paper.
PREPARED, CONSENTED, SENT, APPOINTED = "prepared", "consented", "sent", "appointed"
ATTENDED, NOT_ATTENDED, SLIP_BACK, DECLINED = "attended", "not_attended", "slip_back", "declined"

REFERRAL = Workflow(
    name="referral",
    initial=PREPARED,
    state_list=(
        State(PREPARED, "等监护人同意", owner="counsellor", within=_days(3)),
        State(CONSENTED, "可以发出", owner="counsellor", within=_days(2)),
        State(SENT, "已发出，等预约", owner="counsellor", within=_days(3)),
        State(APPOINTED, "已预约", owner="counsellor", within=_days(14)),
        State(ATTENDED, "已就诊，等回执", owner="counsellor", within=_days(14)),
        State(NOT_ATTENDED, "没有去就诊", owner="counsellor", within=_days(3)),
        State(SLIP_BACK, "已收到回执", terminal=True),
        State(DECLINED, "没有转成", terminal=True),
    ),
    steps=(
        Step("consent", PREPARED, CONSENTED, "记下同意或法定事由", needs=("basis",)),
        Step("send", CONSENTED, SENT, "打印转介信，发出", needs=("basis",)),
        Step("appoint", SENT, APPOINTED, "给出预约", needs=("day",)),
        Step("appoint", APPOINTED, APPOINTED, "改约", needs=("day",)),
        Step("appoint", NOT_ATTENDED, APPOINTED, "重新预约", needs=("day",)),
        Step("attend", SENT, ATTENDED, "已就诊"),
        Step("attend", APPOINTED, ATTENDED, "已就诊"),
        Step("attend", NOT_ATTENDED, ATTENDED, "已就诊"),
        Step("miss", SENT, NOT_ATTENDED, "没有来"),
        Step("miss", APPOINTED, NOT_ATTENDED, "没有来"),
        Step("return_slip", ATTENDED, SLIP_BACK, "填写回执", needs=("slip",)),
        Step("decline", PREPARED, DECLINED, "不转介了", needs=("reason",)),
        Step("decline", CONSENTED, DECLINED, "不转介了", needs=("reason",)),
        Step("decline", SENT, DECLINED, "没有转成", needs=("reason",)),
        Step("decline", APPOINTED, DECLINED, "没有转成", needs=("reason",)),
        Step("decline", NOT_ATTENDED, DECLINED, "没有转成", needs=("reason",)),
    ),
)
ON_THE_WAY = (SENT, APPOINTED, ATTENDED, NOT_ATTENDED)
OPEN_REFERRAL = tuple(state.code for state in REFERRAL.state_list if not state.terminal)

# Leave in four steps and return in five. The register's own state is that of the people domain: `begin` and `back` are
# possible only once the school office has taken that step there.
FOUND, ASSESSED, TALKED, APPLIED, GRANTED, AWAY = "found", "assessed", "talked", "applied", "granted", "away"
HANDED_IN, CHECKED, EVALUATED, NOT_YET = "handed_in", "checked", "evaluated", "not_yet"
APPEALED, ADMITTED, BACK, DONE, DROPPED = "appealed", "admitted", "back", "done", "dropped"

LEAVE = Workflow(
    name="leave",
    initial=FOUND,
    state_list=(
        State(FOUND, "已发现，等专业评估", owner="counsellor", within=_days(7)),
        State(ASSESSED, "已评估，等家校沟通", owner="counsellor", within=_days(7)),
        State(TALKED, "已沟通，等申请", owner="counsellor", within=_days(14)),
        State(APPLIED, "已申请，等审批", owner="principal", within=_days(7)),
        State(GRANTED, "已批准，等办理学籍", owner="counsellor", within=_days(14)),
        State(AWAY, "休学期间，每月联系", owner="counsellor", within=_days(30)),
        State(HANDED_IN, "已交材料，等学校审核", owner="counsellor", within=_days(7)),
        State(CHECKED, "已审核，等综合评估", owner="counsellor", within=_days(14)),
        State(EVALUATED, "已评估，等决定", owner="principal", within=_days(21)),
        State(NOT_YET, "暂不复学，可以申诉", owner="counsellor", within=_days(30)),
        State(APPEALED, "申诉中", owner="principal", within=_days(21)),
        State(ADMITTED, "同意复学，等办理学籍", owner="counsellor", within=_days(14)),
        State(BACK, "已返校，支持中", owner="counsellor", within=_days(90)),
        State(DONE, "已结束", terminal=True),
        State(DROPPED, "没有休学", terminal=True),
    ),
    steps=(
        Step("assess", FOUND, ASSESSED, "专业评估", needs=("note",)),
        Step("talk", ASSESSED, TALKED, "家校沟通", needs=("note",)),
        Step("apply", TALKED, APPLIED, "申请", needs=("note",)),
        Step("grant", APPLIED, GRANTED, "批准休学", needs=("decider",)),
        Step("refuse", APPLIED, TALKED, "退回，再商量", needs=("decider", "note")),
        Step("begin", GRANTED, AWAY, "学籍已办休学", needs=("on_leave",)),
        Step("contact", AWAY, AWAY, "记下这个月的联系", needs=("note",)),
        Step("hand_in", AWAY, HANDED_IN, "材料提交", needs=("note",)),
        Step("give_back", HANDED_IN, AWAY, "材料不齐，退回", needs=("note",)),
        Step("check", HANDED_IN, CHECKED, "学校审核", needs=("note",)),
        Step("evaluate", CHECKED, EVALUATED, "综合评估", needs=("note",)),
        Step("admit", EVALUATED, ADMITTED, "同意复学", needs=("decider",)),
        Step("not_yet", EVALUATED, NOT_YET, "暂不复学", needs=("decider", "note")),
        Step("appeal", NOT_YET, APPEALED, "申诉", needs=("note",)),
        Step("hand_in", NOT_YET, HANDED_IN, "再次提交材料", needs=("note",)),
        Step("uphold", APPEALED, AWAY, "维持原决定", needs=("other_decider", "note")),
        Step("overturn", APPEALED, ADMITTED, "改为同意复学", needs=("other_decider", "note")),
        Step("return", ADMITTED, BACK, "学籍已办复学，开始支持", needs=("enrolled", "note")),
        Step("support", BACK, BACK, "记下支持的情况", needs=("note",)),
        Step("finish", BACK, DONE, "支持结束", needs=("note",)),
        Step("drop", FOUND, DROPPED, "不休学了", needs=("note",)),
        Step("drop", ASSESSED, DROPPED, "不休学了", needs=("note",)),
        Step("drop", TALKED, DROPPED, "不休学了", needs=("note",)),
        Step("drop", GRANTED, DROPPED, "不休学了", needs=("note",)),
    ),
)
OPEN_LEAVE = tuple(state.code for state in LEAVE.state_list if not state.terminal)
LEAVE_DECISIONS = (APPLIED, EVALUATED, APPEALED)

# A case is offered to a colleague, who accepts it; until then it stays where it is, so that there is no gap.
OFFERED, TAKEN_OVER, REFUSED, TAKEN_BACK = "offered", "accepted", "declined", "taken_back"

HANDOVER = Workflow(
    name="handover",
    initial=OFFERED,
    state_list=(
        State(OFFERED, "等对方接手", owner="counsellor", within=_days(3)),
        State(TAKEN_OVER, "已接手", terminal=True),
        State(REFUSED, "没有接手", terminal=True),
        State(TAKEN_BACK, "已收回", terminal=True),
    ),
    steps=(
        Step("accept", OFFERED, TAKEN_OVER, "接手"),
        Step("decline", OFFERED, REFUSED, "不能接手", needs=("reason",)),
        Step("take_back", OFFERED, TAKEN_BACK, "收回"),
    ),
)
