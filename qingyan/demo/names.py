"""Invented names of pupils, guardians and teachers, with the pinyin for logins. Pure; random only by the source given.

Family and given names are drawn apart, so a full name that exists somewhere is chance. A few carry characters outside
the basic plane, as real registers do.
"""

from dataclasses import dataclass
from random import Random

_FAMILY = (
    "王wang 李li 张zhang 刘liu 陈chen 杨yang 黄huang 赵zhao 吴wu 周zhou 徐xu 孙sun 马ma 朱zhu 胡hu 郭guo 何he "
    "林lin 高gao 罗luo 郑zheng 梁liang 谢xie 宋song 唐tang 许xu 韩han 邓deng 冯feng 曹cao 彭peng 曾zeng "
    "肖xiao 田tian 董dong 潘pan 袁yuan 蔡cai 蒋jiang 余yu 于yu 杜du 叶ye 程cheng 魏wei 苏su 吕lv 丁ding 任ren "
    "卢lu 姚yao 沈shen 钟zhong 姜jiang 崔cui 谭tan 陆lu 范fan 汪wang 廖liao 石shi 金jin 韦wei 贾jia 夏xia "
    "付fu 方fang 邹zou 熊xiong 白bai 孟meng 秦qin 邱qiu 侯hou 江jiang 尹yin 薛xue 闫yan 段duan 雷lei 龙long "
    "黎li 史shi 陶tao 贺he 顾gu 毕bi 欧阳ouyang 上官shangguan 司徒situ"
)
_GIRLS = (
    "雨yu 桐tong 欣xin 怡yi 涵han 梓zi 萱xuan 诗shi 琪qi 婷ting 雅ya 静jing 思si 可ke 馨xin 语yu 嫣yan 梦meng "
    "瑶yao 佳jia 晴qing 月yue 若ruo 溪xi 清qing 妍yan 芷zhi 宁ning 舒shu 悦yue 柠ning 禾he 苒ran 沐mu 乐le "
    "心xin 朵duo 安an 念nian 希xi 依yi 璇xuan 蕊rui 菲fei 露lu 晓xiao 楠nan 颖ying 琳lin 玥yue"
)
_BOYS = (
    "子zi 轩xuan 浩hao 宇yu 泽ze 睿rui 博bo 文wen 俊jun 杰jie 嘉jia 豪hao 天tian 昊hao 明ming 哲zhe 志zhi "
    "远yuan 一yi 鸣ming 皓hao 然ran 景jing 行xing 承cheng 恩en 锦jin 程cheng 星xing 辰chen 家jia 旭xu 阳yang "
    "峻jun 熙xi 逸yi 飞fei 航hang 启qi 凡fan 沐mu 瑞rui 知zhi 行xing 立li 诚cheng 川chuan 森sen 恒heng 毅yi"
)
_WOMEN = (
    "春chun 梅mei 丽li 华hua 秀xiu 英ying 玉yu 兰lan 敏min 慧hui 红hong 燕yan 霞xia 静jing 萍ping 娟juan "
    "芳fang 晓xiao 素su 珍zhen 雪xue 琴qin 莉li 倩qian 艳yan 淑shu 惠hui 凤feng"
)
_MEN = (
    "建jian 国guo 海hai 峰feng 志zhi 强qiang 永yong 军jun 伟wei 平ping 勇yong 涛tao 刚gang 磊lei 明ming 立li "
    "新xin 文wen 斌bin 东dong 成cheng 辉hui 宏hong 超chao 亮liang 波bo 林lin 庆qing"
)
_RARE = ("𬱖yi", "㛃jie", "䶮yan", "𬭎hong", "𫖯fu")  # found in real registers
RARE_SHARE = 0.004
_OTHER_NAMES: dict[str, dict[str, tuple[str, ...]]] = {
    "蒙古族": {"F": ("苏日娜", "其其格", "娜仁托娅", "萨仁"), "M": ("巴特尔", "那日苏", "朝鲁", "苏和")},
    "维吾尔族": {"F": ("阿依努尔·麦麦提", "古丽娜尔·艾力"), "M": ("艾力江·吐尔逊", "麦麦提·阿迪力")},
    "藏族": {"F": ("卓玛", "央金拉姆"), "M": ("扎西顿珠", "丹增")},
}
_ETHNICITIES = {"汉族": 0.905, "回族": 0.035, "满族": 0.03, "蒙古族": 0.018, "维吾尔族": 0.007, "藏族": 0.005}


@dataclass(frozen=True)
class Name:
    """A written name and its pinyin without tones; `family` is the surname, empty where the custom has none."""

    text: str
    pinyin: str = ""
    family: str = ""


def _pool(line: str) -> tuple[tuple[str, str], ...]:
    return tuple((_han(word), _latin(word)) for word in line.split())


def _han(word: str) -> str:
    return "".join(char for char in word if not char.isascii())


def _latin(word: str) -> str:
    return "".join(char for char in word if char.isascii())


FAMILY, GIRLS, BOYS, WOMEN, MEN = (_pool(line) for line in (_FAMILY, _GIRLS, _BOYS, _WOMEN, _MEN))
RARE = tuple((_han(word), _latin(word)) for word in _RARE)
FAMILY_WEIGHTS = tuple(1 / (rank + 6) for rank in range(len(FAMILY)))  # a few surnames are many, as everywhere


def ethnicity(rng: Random) -> str:
    """An ethnicity as registers write it."""
    return rng.choices(tuple(_ETHNICITIES), tuple(_ETHNICITIES.values()))[0]


def pupil_name(rng: Random, *, sex: str, people: str) -> Name:
    """A pupil's name; sex is "F" or "M", `people` an ethnicity."""
    if people in _OTHER_NAMES:
        return Name(rng.choice(_OTHER_NAMES[people][sex]))
    return _joined(rng, GIRLS if sex == "F" else BOYS, single=0.12, rare=RARE_SHARE)


def adult_name(rng: Random, *, sex: str, family: str | None = None) -> Name:
    """A guardian's name, with this surname if one is given."""
    return _joined(rng, WOMEN if sex == "F" else MEN, single=0.3, rare=0.0, family=family)


def teacher_name(rng: Random) -> Name:
    """A teacher's name, from the pools of either generation."""
    return _joined(rng, rng.choice((GIRLS, BOYS, WOMEN, MEN)), single=0.15, rare=0.0)


def _joined(
    rng: Random, pool: tuple[tuple[str, str], ...], *, single: float, rare: float, family: str | None = None
) -> Name:
    first = next((one for one in FAMILY if one[0] == family), None) or rng.choices(FAMILY, FAMILY_WEIGHTS)[0]
    given = rng.sample(pool, 1 if rng.random() < single else 2)
    if rng.random() < rare:
        given[-1] = rng.choice(RARE)
    text = first[0] + "".join(han for han, _ in given)
    return Name(text, first[1] + "".join(latin for _, latin in given), first[0])
