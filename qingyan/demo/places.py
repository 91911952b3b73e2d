"""The invented city 云岚市: 3 districts, 41 schools, 4 stations, as data. Pure.

Sizes follow the reference city of the design; every one of the 41 has a counselling room. Kindergartens take part only
in parent classes, which do not exist yet, so the demo has none and the count of 41 stays exact.
Special schools list grades 1 to 6 only, so no instrument of the demo's rounds asks their pupils.
"""

from dataclasses import dataclass

from qingyan.demo.cast import OTHER_SCHOOL, PRIMARY_SCHOOL, STORY_SCHOOL

CITY_NAME = "云岚市（演示）"
DISTRICTS = (("haian", "海岸区"), ("shannan", "山南区"), ("hedong", "河东区"))
ROOMS = ("音乐放松室", "阅读室", "宣泄室", "沙盘室")
ACCENTS = ("#1f7a78", "#2f6f9f", "#5a6fb0", "#7a5c99", "#8a5a44", "#4f7a3a", "#9a5b6e", "#3c6e71")
HOTLINES = (
    ("全国统一心理援助热线", "12356", "以当地公布的时间为准"),
    ("青少年服务热线", "12355", "以当地公布的时间为准"),
)
WELCOME = "这里是{name}的心理测评入口（演示数据）。慢慢来，按自己的真实感受作答就好，没有对错。"


@dataclass(frozen=True)
class Build:
    """Grades of a kind of school, usual classes a grade, usual size of a class in the demo, counselling-room name."""

    grades: range
    classes: int
    size: int
    room: str


BUILDS = {
    "primary": Build(range(1, 7), 1, 14, "彩虹小屋"),
    "junior": Build(range(7, 10), 1, 29, "心语室"),
    "senior": Build(range(10, 13), 2, 25, "静思园"),
    "vocational": Build(range(10, 13), 1, 31, "心灵驿站"),
    "special": Build(range(1, 7), 1, 5, "星星小屋"),
    "nine_year": Build(range(1, 10), 1, 15, "成长屋"),
    "complete_secondary": Build(range(7, 13), 1, 26, "心晴小筑"),
}


# The same kinds at the size of the reference city: some 80,000 pupils in 41 schools.
WHOLE_BUILDS = {
    "primary": Build(range(1, 7), 7, 43, "彩虹小屋"),
    "junior": Build(range(7, 10), 14, 45, "心语室"),
    "senior": Build(range(10, 13), 18, 48, "静思园"),
    "vocational": Build(range(10, 13), 14, 44, "心灵驿站"),
    "special": Build(range(1, 7), 2, 8, "星星小屋"),
    "nine_year": Build(range(1, 10), 6, 44, "成长屋"),
    "complete_secondary": Build(range(7, 13), 10, 46, "心晴小筑"),
}


@dataclass(frozen=True)
class SchoolPlan:
    """One school to be built. `block` counts from 0 and keeps invented numbers apart; `whole` is the real size."""

    block: int
    district: str
    kind: str
    name: str
    short_name: str
    slug: str
    teachers: int
    whole: bool = False

    @property
    def build(self) -> Build:
        """Grades and sizes of its kind."""
        return (WHOLE_BUILDS if self.whole else BUILDS)[self.kind]

    @property
    def accent(self) -> str:
        """The colour of its sub-site."""
        return ACCENTS[self.block % len(ACCENTS)]

    @property
    def counselling_room(self) -> str:
        """Name and place of its counselling room."""
        return f"{self.build.room}（{'明德诚正'[self.block % 4]}楼 {self.block % 3 + 1}0{self.block % 6 + 1} 室）"


@dataclass(frozen=True)
class StationPlan:
    """A guidance station; `district` empty for the city's own, `host` the slug of the school whose building it uses."""

    name: str
    district: str
    host: str
    opening_hours: str
    address: str


_SCHOOLS = f"""
haian    senior             海岸区望潮高级中学     望潮高中   {STORY_SCHOOL}        5
haian    junior             海岸区银帆初级中学     银帆初中   yinfan-chuzhong       2
haian    junior             海岸区听涛初级中学     听涛初中   tingtao-chuzhong      2
haian    junior             海岸区澄湾初级中学     澄湾初中   chengwan-chuzhong     2
haian    complete_secondary 云岚市第三中学         市三中     yunlan-sanzhong       4
haian    senior             海岸区明珠高级中学     明珠高中   mingzhu-gaozhong      4
haian    vocational         云岚市海事职业学校     海事职校   haishi-zhixiao        2
haian    nine_year          海岸区沙洲九年一贯学校 沙洲学校   shazhou-xuexiao       2
haian    primary            海岸区海鸥小学         海鸥小学   {PRIMARY_SCHOOL}      1
haian    primary            海岸区灯塔小学         灯塔小学   dengta-xiaoxue        1
haian    primary            海岸区贝壳湾小学       贝壳湾小学 beikewan-xiaoxue      1
haian    primary            海岸区晨曦小学         晨曦小学   chenxi-xiaoxue        1
haian    primary            海岸区榕荫小学         榕荫小学   rongyin-xiaoxue       1
haian    primary            海岸区白鹭小学         白鹭小学   bailu-xiaoxue         1
haian    special            云岚市启星学校         启星学校   qixing-xuexiao        2
shannan  junior             山南区松涛初级中学     松涛初中   {OTHER_SCHOOL}        2
shannan  junior             山南区翠岭初级中学     翠岭初中   cuiling-chuzhong      2
shannan  junior             山南区清泉初级中学     清泉初中   qingquan-chuzhong     2
shannan  senior             山南区云麓高级中学     云麓高中   yunlu-gaozhong        4
shannan  senior             山南区竹溪高级中学     竹溪高中   zhuxi-gaozhong        3
shannan  complete_secondary 云岚市第五中学         市五中     yunlan-wuzhong        3
shannan  vocational         云岚市山南职业学校     山南职校   shannan-zhixiao       2
shannan  nine_year          山南区枫林九年一贯学校 枫林学校   fenglin-xuexiao       2
shannan  nine_year          山南区石桥九年一贯学校 石桥学校   shiqiao-xuexiao       2
shannan  primary            山南区杏坛小学         杏坛小学   xingtan-xiaoxue       1
shannan  primary            山南区青禾小学         青禾小学   qinghe-xiaoxue        1
shannan  primary            山南区溪畔小学         溪畔小学   xipan-xiaoxue         1
shannan  primary            山南区茶园小学         茶园小学   chayuan-xiaoxue       1
shannan  primary            山南区映山红小学       映山红小学 yingshanhong-xiaoxue  1
hedong   junior             河东区柳岸初级中学     柳岸初中   liuan-chuzhong        2
hedong   junior             河东区渡口初级中学     渡口初中   dukou-chuzhong        2
hedong   junior             河东区新桥初级中学     新桥初中   xinqiao-chuzhong      2
hedong   senior             河东区长堤高级中学     长堤高中   changdi-gaozhong      4
hedong   complete_secondary 云岚市第七中学         市七中     yunlan-qizhong        3
hedong   vocational         云岚市河东职业学校     河东职校   hedong-zhixiao        2
hedong   nine_year          河东区麦田九年一贯学校 麦田学校   maitian-xuexiao       2
hedong   primary            河东区水杉小学         水杉小学   shuishan-xiaoxue      1
hedong   primary            河东区红枫小学         红枫小学   hongfeng-xiaoxue      1
hedong   primary            河东区百灵小学         百灵小学   bailing-xiaoxue       1
hedong   primary            河东区稻香小学         稻香小学   daoxiang-xiaoxue      1
hedong   special            河东区晨星学校         晨星学校   chenxing-xuexiao      2
"""


def _school(block: int, line: str) -> SchoolPlan:
    district, kind, name, short_name, slug, teachers = line.split()
    return SchoolPlan(block, district, kind, name, short_name, slug, int(teachers))


SCHOOLS = tuple(_school(block, line) for block, line in enumerate(_SCHOOLS.strip().splitlines()))
SMALL = (STORY_SCHOOL, OTHER_SCHOOL, PRIMARY_SCHOOL)

_HOURS = "周一至周五 14:00—20:00，周六 9:00—17:00"
STATIONS = (
    StationPlan("云岚市未成年人心理辅导站", "", "yunlan-sanzhong", _HOURS, "云岚市第三中学东门一层（演示地址）"),
    StationPlan("海岸区青少年心理辅导站", "haian", "", _HOURS, "海岸区灯塔路 8 号（演示地址）"),
    StationPlan("山南区青少年心理辅导站", "shannan", "", _HOURS, "山南区枫林街 21 号（演示地址）"),
    StationPlan("河东区青少年心理辅导站", "hedong", "", _HOURS, "河东区长堤巷 5 号（演示地址）"),
)
