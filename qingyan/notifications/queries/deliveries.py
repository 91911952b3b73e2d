"""The delivery log in words: when, where to, which sentence, how it went. Never an address, never a content."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from qingyan.notifications.models import Delivery, DeliveryState
from qingyan.notifications.queries.kinds import sentence

TONES = {DeliveryState.SENT: "green", DeliveryState.FAILED: "red", DeliveryState.SENDING: "blue"}
PROBLEMS: dict[str, str | Promise] = {
    "no_address": lazy("没有登记邮箱"),
    "too_many": lazy("这一分钟发得太多，会自动再试"),
    "unreadable": lazy("对方的回答读不懂"),
    "gave_up": lazy("发送时中断"),
}
BEGINNINGS: dict[str, str | Promise] = {
    "http_": lazy("对方的服务器没有接受"),
    "errcode_": lazy("群机器人没有接受，请核对地址和加签密钥"),
    "net_": lazy("连不上对方的服务器"),
    "mail_": lazy("邮件服务器没有接受"),
    "address_": lazy("这个地址不再被允许"),
}


@dataclass(frozen=True)
class Line:
    """One line of the log."""

    at: datetime
    where: str
    words: str
    state: str
    tone: str
    problem: str
    attempts: int


def lines(deliveries: list[Delivery]) -> list[Line]:
    """Deliveries of one page in words."""
    return [
        Line(
            at=one.sent_at or one.due_at,
            where=one.robot.title if one.robot_id else str(one.get_channel_display()),
            words=_("每日汇总") if one.digest else sentence(one.kind),
            state=str(one.get_state_display()),
            tone=TONES.get(DeliveryState(one.state), "neutral"),
            problem=problem_words(one.problem),
            attempts=one.attempts,
        )
        for one in deliveries
    ]


def problem_words(code: str) -> str:
    """What a problem's code means to a person; with the number, for whoever looks it up."""
    if code in PROBLEMS or not code:
        return str(PROBLEMS.get(code, ""))
    words = next((words for beginning, words in BEGINNINGS.items() if code.startswith(beginning)), _("没有发出"))
    return f"{words}（{code.split('_', 1)[-1]}）"
