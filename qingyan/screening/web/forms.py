"""Widgets and first words that the forms of rounds share."""

from django import forms
from django.utils.translation import gettext_lazy as _

MINUTES = "%Y-%m-%dT%H:%M"
DEFAULT_NOTICE = _(
    "这次测评想了解大家最近的状态，好让学校更好地帮助同学们。\n"
    "题目没有对错，按自己的真实感受选就好。\n"
    "你的答案只有本校的心理老师能看到。班主任、其他老师、同学和家长看不到答案和分数；"
    "班主任只知道你有没有做完。\n"
    "如果你的回答让老师担心你或别人的安全，心理老师会来找你聊一聊，必要时请能帮忙的大人一起想办法。\n"
    "你可以随时停下来，也可以不做，没有人会因此批评你，也不影响成绩和评优。"
)


class MinuteInput(forms.DateTimeInput):
    """The browser's own calendar and clock."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format=MINUTES)
