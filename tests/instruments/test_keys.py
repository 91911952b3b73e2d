"""The keys of the library against the published numbers, written down here apart from the files."""

import pytest

from qingyan.instruments import api

MHT_LIE = [82, 84, 86, 88, 90, 92, 94, 96, 98, 100]
KEYS = {
    "mht": {
        "learning": [*range(1, 16)],
        "people": [*range(16, 26)],
        "lonely": [*range(26, 36)],
        "blame": [*range(36, 46)],
        "sensitive": [*range(46, 56)],
        "body": [*range(56, 71)],
        "fear": [*range(71, 81)],
        "impulse": [81, 83, 85, 87, 89, 91, 93, 95, 97, 99],
        "lie": MHT_LIE,
    },
    "mmhi-60": {
        "obsessive": [3, 10, 12, 22, 23, 48],
        "paranoid": [11, 20, 24, 26, 47, 49],
        "hostile": [19, 21, 25, 50, 52, 58],
        "sensitive": [4, 17, 18, 45, 51, 59],
        "low_mood": [5, 13, 14, 16, 44, 57],
        "anxious": [6, 15, 34, 43, 46, 56],
        "learning": [31, 33, 36, 38, 40, 55],
        "adjustment": [1, 8, 9, 29, 39, 41],
        "unstable": [2, 7, 27, 32, 35, 53],
        "imbalance": [28, 30, 37, 42, 54, 60],
    },
    "scared": {
        "panic": [1, 6, 9, 12, 15, 18, 19, 22, 24, 27, 30, 34, 38],
        "worry": [5, 7, 14, 21, 23, 28, 33, 35, 37],
        "separation": [4, 8, 13, 16, 20, 25, 29, 31],
        "social": [3, 10, 26, 32, 39, 40, 41],
        "school": [2, 11, 17, 36],
    },
    "psss": {"family": [3, 4, 8, 11], "friends": [6, 7, 9, 12], "others": [1, 2, 5, 10]},
} | {
    f"sdq-{informant}": {
        "emotional": [3, 8, 13, 16, 24],
        "conduct": [5, 7, 12, 18, 22],
        "hyperactivity": [2, 10, 15, 21, 25],
        "peer": [6, 11, 14, 19, 23],
        "prosocial": [1, 4, 9, 17, 20],
    }
    for informant in ("self", "parent", "teacher")
}
REVERSED = {
    "ces-d": [4, 8, 12, 16],
    "rses": [3, 5, 8, 9, 10],
    "pss-10": [4, 5, 7, 8],
    "ucla-8": [3, 6],
    "sdq-self": [7, 11, 14, 21, 25],
    "sdq-parent": [7, 11, 14, 21, 25],
    "sdq-teacher": [7, 11, 14, 21, 25],
}
ADDED = [*KEYS, *REVERSED, "isi", "who-5", "aslec"]
OPTIONS = {
    "mht": {0, 1},
    "mmhi-60": {1, 2, 3, 4, 5},
    "scared": {0, 1, 2},
    "isi": {0, 1, 2, 3, 4},
    "who-5": {0, 1, 2, 3, 4, 5},
    "aslec": {1, 2, 3, 4, 5},
    "psss": {1, 2, 3, 4, 5, 6, 7},
    "rses": {1, 2, 3, 4},
    "ces-d": {0, 1, 2, 3},
    "sdq-teacher": {0, 1, 2},
}


def numbers(code: str, scale: str) -> list[int]:
    return [int(item.removeprefix("q")) for item in api.instrument(code).scale(scale).items]


@pytest.mark.parametrize("code", KEYS)
def test_the_key_is_the_published_one_and_a_partition(code):
    assert {scale: numbers(code, scale) for scale in KEYS[code]} == KEYS[code]
    every = sorted(number for scale in KEYS[code].values() for number in scale)
    assert every == [*range(1, len(api.plan(code).items) + 1)]


@pytest.mark.parametrize("code", sorted(set(ADDED)))
def test_the_reversed_items_are_the_published_ones(code):
    found = [number for number, item in enumerate(api.instrument(code).items, 1) if item.reverse]
    assert found == REVERSED.get(code, [])


@pytest.mark.parametrize("code", OPTIONS)
def test_answers_are_coded_as_published(code):
    plan = api.plan(code)
    assert all(set(plan.option_values(index)) == OPTIONS[code] for index in range(len(plan.items)))


@pytest.mark.parametrize("code", sorted(set(ADDED)))
def test_every_band_has_its_last_and_the_next_its_first_value(code):
    for scale in api.instrument(code).scales:
        examples = [e.expect for e in api.instrument(code).examples]
        for band in scale.bands:
            reached = {e.values[scale.id] for e in examples if e.bands.get(scale.id) == band.level}
            highest = band.highest - (band.highest % scale.multiplier if scale.multiplier > 1 else 0)
            assert min(reached) - band.lowest < max(scale.multiplier, 1)
            if scale.method == "sum":
                assert max(reached) == highest
    assert not any(item.critical for item in api.instrument(code).items)


def test_the_lie_scale_divides_the_two_readings_at_seven():
    plan = api.plan("mht")
    for marks, literal in ((6, False), (7, True), (8, True)):
        sheet = [0] * 100
        for number in MHT_LIE[:marks]:
            sheet[number - 1] = 1
        validity = plan.score(sheet, age=14).validity
        assert validity is not None
        assert (validity.doubtful, validity.score, validity.op) == (literal, marks, ">=")
    at_least, above = api.instrument("mht").validity
    assert (at_least.op, at_least.value, at_least.evidence.read) == (">=", 7, True)
    assert (above.op, above.value, above.evidence.read) == (">", 7, False)


def test_the_teachers_bands_are_those_of_the_table():
    scales = {scale.id: scale for scale in api.instrument("sdq-teacher").scales}
    tops = {name: [band.highest for band in scale.bands] for name, scale in scales.items()}
    assert tops == {
        "emotional": [3, 4, 5, 10],
        "conduct": [2, 3, 4, 10],
        "hyperactivity": [5, 7, 8, 10],
        "peer": [2, 4, 5, 10],
        "prosocial": [3, 4, 5, 10],
        "total": [11, 15, 18, 40],
    }


def test_a_scale_of_the_sdq_bears_two_missing_answers_of_five():
    plan = api.plan("sdq-teacher")
    sheet = [1] * 25
    sheet[2] = sheet[7] = None
    assert plan.score(sheet, age=10).values["emotional"] == 5
    sheet[12] = None
    assert plan.score(sheet, age=10).values["emotional"] is None


def test_no_wording_is_shipped_without_a_licence_for_it():
    bring = {one.code for one in api.released() if one.needs_wording}
    assert bring == {
        *("mht", "mmhi-60", "sdq-self", "sdq-parent", "sdq-teacher", "scared", "isi"),
        *("who-5", "pss-10", "ucla-8", "aslec"),
    }
    for code in bring:
        assert all(item.text is None for item in api.instrument(code).items)
    assert {one.code for one in api.released() if not one.for_pupils} == bring


def test_no_norm_came_with_the_new_files():
    assert all(api.instrument(code).norms == () for code in ADDED)
