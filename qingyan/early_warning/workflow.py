"""How far a city lets the order be helped, as data: one row a step. Pure.

A model first runs in shadow, where it only records how its order would have differed. It orders only after a named
officer has switched it on; one step switches everything off at once. No step sets a level.
"""

from enum import StrEnum

from qingyan.foundation.pure.workflow import State, Step, Workflow

OFF, POINTS, SHADOW, ON = "off", "points", "shadow", "on"

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
        Step("start_shadow", OFF, SHADOW, "开始试行模型", needs=("model",)),
        Step("start_shadow", POINTS, SHADOW, "开始试行模型", needs=("model",)),
        Step("switch_on", SHADOW, ON, "让模型参与排序", needs=("model", "days")),
        Step("back_to_shadow", ON, SHADOW, "退回试行", needs=("model",)),
        Step("drift", ON, SHADOW, "数据分布变了，自动退回试行", needs=("model",)),
        Step("switch_off", POINTS, OFF, "立即停用"),
        Step("switch_off", SHADOW, OFF, "立即停用"),
        Step("switch_off", ON, OFF, "立即停用"),
    ),
)
# The steps of a model are offered to nobody until its trial records something; see README.
BY_PEOPLE = frozenset({"use_points", "switch_off"})


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
