"""The colours: every pair used for text has enough contrast (WCAG 2.2 AA), in both themes."""

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).resolve().parents[2] / "qingyan" / "ui" / "client" / "styles"
TOKENS = (STYLES / "tokens.css").read_text()
HEX = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6});")
LEVELS = ("red", "orange", "yellow", "blue", "green", "neutral")


def _block(start: str) -> dict[str, str]:
    found = re.search(re.escape(start) + r"\s*\{(.*?)\}", TOKENS, re.DOTALL)
    assert found, start
    return dict(HEX.findall(found[1]))


LIGHT = _block(":root")
DARK = {**LIGHT, **_block('[data-theme="dark"]')}


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TEXT = [(ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in ("paper", "card", "raised", "sunken")]
TEXT += [(ink, "qing-wash") for ink in ("ink", "ink-2")] + [("on-qing", "qing"), ("on-qing", "qing-strong")]
TEXT += [("qing-ink", ground) for ground in ("paper", "card", "raised", "sunken", "qing-wash", "qing-soft")]
TEXT += [(level, ground) for level in LEVELS for ground in (f"{level}-wash", "card", "paper")]
TEXT += [("ink", f"{level}-wash") for level in LEVELS]


@pytest.mark.parametrize(("ink", "ground"), TEXT)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_stands_out_from_its_ground(theme, ink, ground):
    assert contrast(theme[ink], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_focus_ring_and_the_edges_of_fields_can_be_seen(theme):
    for ground in ("paper", "card"):
        assert contrast(theme["focus"], theme[ground]) >= 3
        assert contrast(theme["edge"], theme[ground]) >= 3


def test_the_measure_itself_is_right():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_a_machine_set_to_dark_gets_the_same_dark_as_the_button():
    by_button = re.search(r'\[data-theme="dark"\]\s*\{(.*?)\}', TOKENS, re.DOTALL)
    by_machine = re.search(r":root:not\(\[data-theme\]\)\s*\{(.*?)\}", TOKENS, re.DOTALL)
    assert by_button
    assert by_machine
    assert by_button[1].split() == by_machine[1].split()


def test_error_pages_use_the_same_colours():
    """They stand alone, so they repeat a few tokens; these must not drift."""
    sheet = (STYLES.parents[1] / "static" / "ui" / "error.css").read_text()
    light, dark = re.findall(r":root \{(.*?)\}", sheet, re.DOTALL)
    assert dict(HEX.findall(light)).items() <= LIGHT.items()
    assert dict(HEX.findall(dark)).items() <= DARK.items()
