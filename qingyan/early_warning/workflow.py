"""How far a city lets the order be helped, as data: one row a step. Pure.

A model first runs in shadow, where it only records how its order would have differed. It orders only after a named
officer has switched it on, and the step needs each condition of its trial (rules/readiness.py); one step switches
everything off at once. No step sets a level.
"""

from enum import StrEnum

from qingyan.foundation.pure.workflow import State, Step, Workflow

OFF, POINTS, SHADOW, ON = "off", "points", "shadow", "on"
# The conditions of rules/readiness.py, by name (a test holds them equal).
CONDITIONS = ("days", "nights", "outcomes", "schools", "skill", "order", "groups")

PHASE = Workflow(
    name="order",
    initial=OFF,
    state_list=(
        State(OFF, "不使用排序参考", owner="city_officer"),
        State(POINTS, "按签署的积分", owner="city_officer"),
        State(SHADOW, "模型试行：只记录，不排序", owner="city_officer"),
        State(ON, "模型参与排序", owner="city_officer"),
    ),
    steps=(
        Step("use_points", OFF, POINTS, "使用签署的积分", needs=("signature",)),
        Step("use_points", SHADOW, POINTS, "结束试行，只用签署的积分", needs=("signature",)),
        Step("use_points", ON, POINTS, "改用签署的积分", needs=("signature",)),
        Step("start_shadow", OFF, SHADOW, "开始试行模型", needs=("model",)),
        Step("start_shadow", POINTS, SHADOW, "开始试行模型", needs=("model",)),
        Step("switch_on", SHADOW, ON, "让模型参与排序", needs=("model", "reason", "proof", *CONDITIONS)),
        Step("back_to_shadow", ON, SHADOW, "退回试行", needs=("model",)),
        Step("drift", ON, SHADOW, "情况变了，自动退回试行", needs=("model",)),
        Step("switch_off", POINTS, OFF, "立即停用"),
        Step("switch_off", SHADOW, OFF, "立即停用"),
        Step("switch_off", ON, OFF, "立即停用"),
    ),
)
BY_PEOPLE = frozenset({"use_points", "start_shadow", "switch_on", "back_to_shadow", "switch_off"})
AT_ONCE = frozenset({"use_points", "back_to_shadow", "switch_off"})  # nothing is asked but the press of a button


class Help(StrEnum):
    """What brings alerts forward."""

    NOTHING = "nothing"
    POINTS = "points"
    MODEL = "model"


def help_of(phase: str, *, signed: bool) -> Help:
    """Unsigned points help nobody; in shadow a model only records, and what helped before goes on."""
    if phase == ON:
        return Help.MODEL
    return Help.POINTS if signed and phase != OFF else Help.NOTHING


ASKED, RUNNING, DONE, TOO_FEW, FAILED = "asked", "running", "done", "too_few", "failed"

LEARNING = Workflow(
    name="learning",
    initial=ASKED,
    state_list=(
        State(ASKED, "已排队，马上开始"),
        State(RUNNING, "正在逐校汇总结果"),
        State(DONE, "学好了", terminal=True),
        State(TOO_FEW, "结果还太少：什么也没有学，什么也没有保存", terminal=True),
        State(FAILED, "没有完成：什么也没有保存", terminal=True),
    ),
    steps=(
        Step("begin", ASKED, RUNNING, "开始"),
        Step("gather", RUNNING, RUNNING, "又汇总了一所学校"),
        Step("keep", RUNNING, DONE, "保存模型和说明", needs=("model",)),
        Step("give_up", RUNNING, TOO_FEW, "结果太少"),
        Step("fail", ASKED, FAILED, "没有完成"),
        Step("fail", RUNNING, FAILED, "没有完成"),
    ),
)
UNDER_WAY = (ASKED, RUNNING)
