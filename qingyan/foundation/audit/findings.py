"""What can be wrong with an audit trail, in words for the person who must act on it."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _


class Fault(StrEnum):
    """Stable codes; the sentences are in SENTENCES."""

    EDITED = "edited"
    BROKEN_LINK = "broken_link"
    GAP = "gap"
    HEAD_DIFFERS = "head_differs"
    HEAD_MISSING = "head_missing"
    CHAIN_EMPTIED = "chain_emptied"
    TAIL_CUT = "tail_cut"
    REWRITTEN = "rewritten"
    CHECKPOINT_FORGED = "checkpoint_forged"
    CHECKPOINT_UNREADABLE = "checkpoint_unreadable"


SENTENCES = {
    Fault.EDITED: _("这条记录的内容与其校验值不符,可能被改动。"),
    Fault.BROKEN_LINK: _("这条记录与前一条接不上,前面可能有记录被改动、替换或删除。"),
    Fault.GAP: _("序号不连续,中间可能有记录被删除或插入。"),
    Fault.HEAD_DIFFERS: _("链尾登记与最后一条记录不一致,末尾可能被删除或追加。"),
    Fault.HEAD_MISSING: _("这条链没有链尾登记。"),
    Fault.CHAIN_EMPTIED: _("链尾登记显示有记录,但记录已全部不见。"),
    Fault.TAIL_CUT: _("签名存档时的记录已不存在,链的末尾被截断。"),
    Fault.REWRITTEN: _("记录与签名存档时不同,这条链被整体改写。"),
    Fault.CHECKPOINT_FORGED: _("存档文件中有一行签名不符。"),
    Fault.CHECKPOINT_UNREADABLE: _("存档文件中有一行无法读取。"),
}


@dataclass(frozen=True)
class Finding:
    """One fault. `chain` is the school id (0: platform); for a fault of the checkpoint file, `seq` is the line."""

    fault: Fault
    chain: int
    seq: int

    def __str__(self) -> str:
        return f"{self.chain}/{self.seq} {self.fault}: {gettext(SENTENCES[self.fault])}"
