"""Who may open a pupil's file. Read by people who do not program; denied unless written here."""

from qingyan.foundation.access.policy import Permission, register
from qingyan.foundation.access.predicates import holds
from qingyan.foundation.access.roles import Role

READ_FILE = Permission("archives.read_file", "打开学生心理档案（每次打开都留痕）")

POLICY = register({READ_FILE: [[holds(Role.COUNSELLOR)]]})
