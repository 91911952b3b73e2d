"""What boards tell of the demo: equal to direct queries after the same rule, and closed to a solver."""

import json
from collections import defaultdict

from django.db import connection, transaction

from qingyan.demo import api
from qingyan.foundation.access.actor import system_actor
from qingyan.foundation.access.roles import Sight
from qingyan.foundation.access.scope import entered
from qingyan.insight.contracts import Occasion
from qingyan.insight.models import ReleasedCell, ReleasedTable
from qingyan.insight.queries.exact import exact
from qingyan.insight.queries.places import schools_by_district
from qingyan.insight.queries.tables import tables
from qingyan.insight.rules.cells import CITY, DISTRICT, SCHOOL, Key, Place
from qingyan.insight.rules.release import Release, released
from qingyan.insight.rules.safe import Disclosure
from qingyan.insight.rules.topics import TOPICS
from qingyan.insight.rules.totals import total
from qingyan.instruments import api as instruments
from tests.insight.attack import attack

CARELESS = Disclosure(smallest=5, step=1, complement=False, left=0)  # "hide < 5", exact totals
EVERYTHING = frozenset(Sight)
OF_SHEETS = ("validity", "levels", "factors")
DIRECT = """
SELECT r.instrument, r.version, c.grade, CASE WHEN p.sex IN ('F', 'M') THEN p.sex ELSE 'U' END,
  r.screen->>'outcome', q.doubtful, r.bands
FROM screening_result r JOIN screening_sitting s ON s.id = r.sitting_id JOIN people_student p ON p.id = r.student_id
  JOIN organisations_schoolclass c ON c.id = r.school_class_id
  LEFT JOIN screening_answeringquality q ON q.sitting_id = r.sitting_id
WHERE r.school_id = %s AND r.campaign_id = %s AND s.again_of_id IS NULL AND s.state <> 'set_aside'
"""


def told_rounds():
    heads = ReleasedTable.objects.filter(current=True, topic="levels", level=DISTRICT)
    return [Occasion(round=one) for one in heads.order_by().values_list("round", flat=True).distinct()]


def everywhere():
    return system_actor(school_id=None, sight=frozenset({Sight.CUBE}), purpose="test")


def direct(school, occasion):
    """The counts of a school by SQL and nothing of insight but the names of cells."""
    platform = system_actor(school_id=school, sight=EVERYTHING, purpose="test")
    with transaction.atomic(), entered(platform), connection.cursor() as cursor:
        cursor.execute(DIRECT, [school, occasion.round])
        rows = cursor.fetchall()
    cube = {topic: defaultdict(int) for topic in OF_SHEETS}
    for code, version, grade, sex, outcome, doubtful, bands in rows:
        levels = bands if isinstance(bands, dict) else json.loads(bands)
        band = ["lower_primary", "upper_primary", "junior", "senior"][(grade - 1) // 3]

        def add(topic, part, category, among, band=band, sex=sex):
            for one in (*among, category):
                cube[topic][Key(part, band, sex, one)] += 0
            cube[topic][Key(part, band, sex, category)] += 1

        verdict = {None: "unjudged", True: "doubtful", False: "sound"}[doubtful]
        reached = {None: "undecided", "true": "reached", "false": "not_reached"}[outcome]
        add("validity", code, verdict, ("sound", "doubtful", "unjudged"))
        add("levels", code, reached, ("reached", "not_reached", "undecided"))
        for scale in instruments.instrument(code, version).scales:
            known = [one.level for one in scale.bands]
            if known:
                category = levels.get(scale.id, "unscored")
                add("factors", f"{code}:{scale.id}", category, (*known, "unscored"))
    return {topic: dict(cells) for topic, cells in cube.items() if cells}


def figures_equal_direct_queries():
    """How many told figures were compared."""
    seen = 0
    for occasion in told_rounds():
        districts = []
        for district, schools in schools_by_district().items():
            made = released({one: direct(one, occasion) for one in schools}, district=district)
            for (place, topic), shown in made.shown.items():
                found = tables([place], [topic], [occasion])
                told = {key: figure.value for one in found for key, figure in one.cells.items()}
                assert told == shown, (place, topic)
                seen += sum(value is not None for value in told.values())
            districts.append(Place(DISTRICT, district))
        for topic in OF_SHEETS:
            parts = defaultdict(list)
            for table in tables(districts, [topic], [occasion]):
                for key, figure in table.cells.items():
                    parts[key].append(figure)
            (city,) = tables([Place(CITY, _city())], [topic], [occasion])
            assert city.cells == {key: total(one) for key, one in parts.items()}
    return seen


def _city():
    return api.demo_city().id


def attacked():
    """(small counts, those found exactly, the fewest values left, those found when less than 5 is hidden)."""
    small, exactly, fewest, careless = 0, [], 10**6, 0
    heads = ReleasedTable.objects.filter(current=True, level=DISTRICT).order_by().values_list("round", "term")
    for occasion in {Occasion(*one) for one in heads}:
        for district, schools in schools_by_district().items():
            with transaction.atomic(), entered(everywhere()):
                found = exact(everywhere(), schools, occasion)
            release = Release()
            places = [Place(SCHOOL, one) for one in schools]
            for table in [
                *tables(places, TOPICS, [occasion]),
                *tables([Place(DISTRICT, district)], TOPICS, [occasion]),
            ]:
                behind = found.above[table.topic]
                if table.place.level == SCHOOL:
                    behind = found.told[table.place.id][table.topic]
                release.shown[table.place, table.topic] = {key: one.value for key, one in table.cells.items()}
                release.behind[table.place, table.topic] = {key: behind[key] for key in table.cells}
            done = attack(release, district)
            small, exactly, fewest = small + done.small, exactly + done.exact, min(fewest, done.fewest)
            careless += len(attack(released(found.now, district=district, by=CARELESS), district, CARELESS).exact)
    return small, exactly, fewest, careless


def test_boards_of_the_small_demo_are_there_and_equal_direct_queries(small_city):
    assert ReleasedTable.objects.filter(current=True, level=CITY).count() >= 5
    assert figures_equal_direct_queries() > 0
    assert not ReleasedCell.objects.filter(shown__gt=0, shown__lt=10).exists()


def test_a_solver_finds_no_small_count_in_what_the_small_demo_tells(small_city):
    small, exactly, fewest, careless = attacked()
    assert small > 20
    assert exactly == []
    assert fewest >= 3
    assert careless > 0, "the control: less than 5 is hidden and nothing else is done"
