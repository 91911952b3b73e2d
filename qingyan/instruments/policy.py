"""Who may read the instrument library. Read by people who do not program; denied unless written here."""

from qingyan.foundation.access.policy import Permission, register
from qingyan.foundation.access.predicates import is_staff

READ_LIBRARY = Permission("instruments.read_library", "查看量表库：来源、算法、分段和题目（不含任何学生数据）")

POLICY = register({READ_LIBRARY: [[is_staff]]})
