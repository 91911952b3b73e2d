"""Who may report, read and handle what. Read by people who do not program; denied unless written here."""

from qingyan.foundation.access.policy import Permission, register
from qingyan.foundation.access.predicates import holds
from qingyan.foundation.access.roles import Role

REPORT = Permission("concerns.report", "报告对一名学生的担心（任何在本校任职的人）")
READ_CONCERNS = Permission("concerns.read", "查看求助、关心和来信（每次打开都留痕）")
HANDLE_CONCERNS = Permission("concerns.handle", "接手、回信、指明学生、结束")
READ_BULLYING = Permission("concerns.read_bullying", "查看欺凌报告（只有防欺凌委员会，每次打开都留痕）")
HANDLE_BULLYING = Permission("concerns.handle_bullying", "接手、答复、结束欺凌报告，请心理教师一起关心")
KEEP_HELP = Permission("concerns.keep_help", "填写本校求助页上的电话、地点和时间")
WATCH = Permission("concerns.watch", "查看有没有紧急求助还没有人接手（只有数目和时间）")

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

POLICY = register(
    {
        REPORT: [[WORKS_HERE]],
        READ_CONCERNS: [[holds(Role.COUNSELLOR)]],
        HANDLE_CONCERNS: [[holds(Role.COUNSELLOR)]],
        READ_BULLYING: [[holds(Role.BULLYING_COMMITTEE)]],
        HANDLE_BULLYING: [[holds(Role.BULLYING_COMMITTEE)]],
        KEEP_HELP: [[holds(Role.COUNSELLOR, Role.PRINCIPAL, Role.SCHOOL_ADMIN)]],
        WATCH: [[holds(Role.PRINCIPAL)]],
    }
)
