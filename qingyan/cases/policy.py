"""Who may do what with cases. Readable by people who do not program; denied unless written here.

A colleague of the same school sees that a case exists and how it stands, so that nobody is left waiting when somebody
is ill; the papers open to who carries the case. To read them the colleague takes the case over, a step of its own.
School leaders see what they must act on: a crisis, a panel's decision to approve, a seal to read a second time.
"""

from typing import Any

from django.db.models import Q

from qingyan.cases.workflow import LEAVE_DECISIONS, OPEN_STATES, PANEL, SEAL_ASKED, SEALED
from qingyan.foundation.access.actor import Actor, Kind
from qingyan.foundation.access.policy import Permission, register
from qingyan.foundation.access.predicates import NOTHING, Predicate, holds, teaches_the_class
from qingyan.foundation.access.roles import Role

READ_STATUS = Permission("cases.read_status", "看个案的状态、期限和经过（打开留痕）")
READ_CASES = Permission("cases.read_cases", "看本校的个案清单")
READ_PAPERS = Permission("cases.read_papers", "看个案里的访谈、计划等材料（只有负责人，打开留痕）")
OPEN_CASE = Permission("cases.open_case", "为一名学生建立个案，指定负责人")
CARRY = Permission("cases.carry", "推进自己负责的个案")
SECOND_READ = Permission("cases.second_read", "复核封存：是否误报，由第二个人来看")
APPROVE = Permission("cases.approve", "审批研判会的结论")
READ_PANEL = Permission("cases.read_panel", "看研判会的材料、表决和纪要（负责人和校领导，打开留痕）")
READ_REFERRALS = Permission("cases.read_referrals", "看转介和回执（只有负责人，打开留痕）")
REFER = Permission("cases.refer", "转介到医院或者校外辅导站")
READ_SUPPORT = Permission("cases.read_support", "看自己班学生的关心卡")
LOG_CONTACT = Permission("cases.log_contact", "记下一次联系（只追加）")
READ_ERRANDS = Permission("cases.read_errands", "看交给自己的协助事项（只有姓名、要做的事和期限，留痕）")
ANSWER_ERRAND = Permission("cases.answer_errand", "说明交给自己的协助事项做好了，或者做不到")
PASS_ON = Permission("cases.pass_on", "学生换班或者换班主任时，把关心卡和协助事项交给新的班主任（只由平台执行）")
READ_HANDOVERS = Permission("cases.read_handovers", "看等自己接手的个案和自己交出去的个案（留痕）")
ANSWER_HANDOVER = Permission("cases.answer_handover", "接手或者不接手同事交来的个案")
TAKE_BACK = Permission("cases.take_back", "收回自己交出去、对方还没有接手的个案")
READ_LEAVES = Permission("cases.read_leaves", "看办理中的休学和复学：自己负责的，或者等自己审批的")
READ_LEAVE = Permission("cases.read_leave", "看一份休学、复学的材料（负责人；等审批时校领导；打开留痕）")
CARRY_LEAVE = Permission("cases.carry_leave", "推进自己负责的休学和复学")
DECIDE_LEAVE = Permission("cases.decide_leave", "审批休学和复学")
DECIDE_APPEAL = Permission("cases.decide_appeal", "决定复学申诉：由第一次没有作决定的另一位校领导")
READ_LEADER_LIST = Permission("cases.read_leader_list", "看需要校领导处理的个案")

LEADERS_STATES = (PANEL, SEAL_ASKED)


def _is_the_leaders(actor: Actor, row: Any) -> bool:
    return row is None or row.state in LEADERS_STATES or (row.crisis and row.state in OPEN_STATES)


waits_for_the_leader = Predicate(
    "is a crisis or waits for the school's leader",
    _is_the_leaders,
    lambda actor: Q(state__in=LEADERS_STATES) | Q(crisis=True, state__in=OPEN_STATES),
)
carries_the_case = Predicate(
    "carries the case",
    lambda actor, row: row is None or (actor.id is not None and row.owner_id == actor.id),
    lambda actor: Q(owner_id=actor.id) if actor.id is not None else NOTHING,
)
is_another_person = Predicate(
    "does not carry the case",
    lambda actor, row: row is None or (actor.id is not None and row.owner_id != actor.id),
    lambda actor: ~Q(owner_id=actor.id) if actor.id is not None else NOTHING,
)
is_not_sealed = Predicate(
    "was not sealed as false",
    lambda actor, row: row is None or row.state != SEALED,
    lambda actor: ~Q(state=SEALED),
)
is_open = Predicate(
    "has not ended",
    lambda actor, row: row is None or row.state in OPEN_STATES,
    lambda actor: Q(state__in=OPEN_STATES),
)

is_the_platform = Predicate(
    "is the platform at this school",
    lambda actor, row: actor.kind is Kind.SYSTEM and (row is None or row.school_id == actor.school_id),
    lambda actor: Q(school_id=actor.school_id) if actor.kind is Kind.SYSTEM else NOTHING,
)

# About rows of Errand.
is_asked = Predicate(
    "is the person asked",
    lambda actor, row: row is None or (actor.id is not None and row.assignee_id == actor.id),
    lambda actor: Q(assignee_id=actor.id) if actor.id is not None else NOTHING,
)
WORKS_HERE = holds(
    Role.COUNSELLOR,
    Role.PRINCIPAL,
    Role.GRADE_LEAD,
    Role.HOMEROOM_TEACHER,
    Role.SCHOOL_ADMIN,
    Role.INVIGILATOR,
    Role.SUPERVISOR,
    Role.BULLYING_COMMITTEE,
    name="holds a post at this school",
)

# About rows of Handover.
receives_it = Predicate(
    "is the colleague to whom it is offered",
    lambda actor, row: row is None or (actor.id is not None and row.receiver_id == actor.id),
    lambda actor: Q(receiver_id=actor.id) if actor.id is not None else NOTHING,
)
offered_it = Predicate(
    "offered it",
    lambda actor, row: row is None or (actor.id is not None and row.by_id == actor.id),
    lambda actor: Q(by_id=actor.id) if actor.id is not None else NOTHING,
)

# About rows of Leave.
carries_the_leave = Predicate(
    "carries the case of the leave",
    lambda actor, row: row is None or (actor.id is not None and row.case.owner_id == actor.id),
    lambda actor: Q(case__owner_id=actor.id) if actor.id is not None else NOTHING,
)
does_not_carry_the_leave = Predicate(
    "does not carry the case of the leave",
    lambda actor, row: row is None or (actor.id is not None and row.case.owner_id != actor.id),
    lambda actor: ~Q(case__owner_id=actor.id) if actor.id is not None else NOTHING,
)
leave_waits_for_the_leader = Predicate(
    "waits for the word of a leader",
    lambda actor, row: row is None or row.state in LEAVE_DECISIONS,
    lambda actor: Q(state__in=LEAVE_DECISIONS),
)
decided_nothing_yet = Predicate(
    "is not who decided on this return first",
    lambda actor, row: row is None or (actor.id is not None and row.decided_by_id != actor.id),
    lambda actor: Q(decided_by__isnull=True) | ~Q(decided_by_id=actor.id) if actor.id is not None else NOTHING,
)

POLICY = register(
    {
        READ_CASES: [[holds(Role.COUNSELLOR), is_not_sealed]],
        READ_STATUS: [[holds(Role.COUNSELLOR), is_not_sealed], [holds(Role.PRINCIPAL), waits_for_the_leader]],
        READ_PAPERS: [[holds(Role.COUNSELLOR), carries_the_case, is_not_sealed]],
        OPEN_CASE: [[holds(Role.COUNSELLOR), is_not_sealed]],
        CARRY: [[holds(Role.COUNSELLOR), carries_the_case, is_open]],
        SECOND_READ: [
            [holds(Role.PRINCIPAL), waits_for_the_leader, is_another_person],
            [holds(Role.COUNSELLOR), is_another_person, is_open],
        ],
        APPROVE: [[holds(Role.PRINCIPAL), waits_for_the_leader, is_another_person]],
        READ_PANEL: [
            [holds(Role.COUNSELLOR), carries_the_case, is_not_sealed],
            [holds(Role.PRINCIPAL), waits_for_the_leader],
        ],
        READ_REFERRALS: [[holds(Role.COUNSELLOR), carries_the_case, is_not_sealed]],
        REFER: [[holds(Role.COUNSELLOR), carries_the_case, is_open]],
        READ_SUPPORT: [[teaches_the_class], [holds(Role.COUNSELLOR)]],
        LOG_CONTACT: [[teaches_the_class], [holds(Role.COUNSELLOR)]],
        PASS_ON: [[is_the_platform]],
        READ_ERRANDS: [[WORKS_HERE, is_asked]],
        ANSWER_ERRAND: [[WORKS_HERE, is_asked]],
        READ_HANDOVERS: [[holds(Role.COUNSELLOR), receives_it], [holds(Role.COUNSELLOR), offered_it]],
        ANSWER_HANDOVER: [[holds(Role.COUNSELLOR), receives_it]],
        TAKE_BACK: [[holds(Role.COUNSELLOR), offered_it]],
        READ_LEAVES: [[holds(Role.COUNSELLOR)], [holds(Role.PRINCIPAL)]],
        READ_LEAVE: [[holds(Role.COUNSELLOR), carries_the_leave], [holds(Role.PRINCIPAL), leave_waits_for_the_leader]],
        CARRY_LEAVE: [[holds(Role.COUNSELLOR), carries_the_leave]],
        DECIDE_LEAVE: [[holds(Role.PRINCIPAL), leave_waits_for_the_leader, does_not_carry_the_leave]],
        DECIDE_APPEAL: [
            [holds(Role.PRINCIPAL), leave_waits_for_the_leader, does_not_carry_the_leave, decided_nothing_yet]
        ],
        READ_LEADER_LIST: [[holds(Role.PRINCIPAL)]],
    }
)

# What a crisis adds: the school tells, the officers of district and city read rows that name nobody (ADR 0029).
READ_THREAD = Permission("cases.read_thread", "看本校个案的危机上报（负责人和校领导，打开留痕）")
APPROVE_REPORT = Permission("cases.approve_report", "确认书面首报，或写下不同意见（报告不等确认，先到区里）")
OVERSEE = Permission("cases.oversee", "看本区（全市）学校的危机上报（不含姓名，打开留痕），表示收到、答复")
BREAK_GLASS = Permission("cases.break_glass", "写明用途、再输密码，打开一件危机上报背后那一名学生的身份")
LOOK_THROUGH = Permission("cases.look_through", "看自己打开的那一名学生的身份，一小时内（每次留痕）")
REVIEW_GLASS = Permission("cases.review_glass", "复核别人打开身份是否必要")
READ_NOTES = Permission("cases.read_notes", "看本校的辅导小结，和自己写的过程记录（打开留痕）")
WRITE_NOTES = Permission("cases.write_notes", "补充、更正自己的辅导记录（存成新的版本）")
READ_MANDATORY = Permission("cases.read_mandatory", "看强制报告（只有写的人和点名的人，打开留痕）")
RUN_POSTVENTION = Permission("cases.run_postvention", "事件以后：安排照顾、班级会谈和值守（不写学生姓名，留痕）")
OFFICERS = frozenset({Role.DISTRICT_LEAD, Role.CITY_OFFICER})


def _oversees(actor: Actor, row: Any) -> bool:
    if row is None:
        return bool(OFFICERS & actor.roles)
    return actor.school_id is None and row.school_id in actor.overseen


oversees_the_school = Predicate(
    "leads the district of the school, or is of the city",
    _oversees,
    lambda actor: Q(school_id__in=sorted(actor.overseen)) if actor.school_id is None else NOTHING,
)

opened_it = Predicate(
    "opened it",
    lambda actor, row: row is None or (actor.id is not None and row.opened_by_id == actor.id),
    lambda actor: Q(opened_by_id=actor.id) if actor.id is not None else NOTHING,
)
did_not_open_it = Predicate(
    "did not open it",
    lambda actor, row: row is None or (actor.id is not None and row.opened_by_id != actor.id),
    lambda actor: ~Q(opened_by_id=actor.id) if actor.id is not None else NOTHING,
)

held_the_talk = Predicate(
    "held the talk",
    lambda actor, row: row is None or (actor.id is not None and row.by_id == actor.id),
    lambda actor: Q(by_id=actor.id) if actor.id is not None else NOTHING,
)

CRISIS_POLICY = register(
    {
        RUN_POSTVENTION: [[holds(Role.COUNSELLOR)], [holds(Role.PRINCIPAL)]],
        READ_MANDATORY: [[holds(Role.COUNSELLOR), is_not_sealed], [holds(Role.PRINCIPAL)]],
        READ_NOTES: [[holds(Role.COUNSELLOR), is_not_sealed]],
        WRITE_NOTES: [[holds(Role.COUNSELLOR), held_the_talk]],
        BREAK_GLASS: [[oversees_the_school]],
        LOOK_THROUGH: [[oversees_the_school, opened_it]],
        REVIEW_GLASS: [[oversees_the_school, did_not_open_it]],
        READ_THREAD: [
            [holds(Role.COUNSELLOR), carries_the_case, is_not_sealed],
            [holds(Role.PRINCIPAL), waits_for_the_leader],
        ],
        APPROVE_REPORT: [[holds(Role.PRINCIPAL), waits_for_the_leader, is_another_person]],
        OVERSEE: [[oversees_the_school]],
    }
)
