"""A path holds routes and identifiers: no way to carry a word out of the house or to lead anywhere else."""

import pytest

from qingyan.notifications.rules.paths import NotOpaque, opaque


@pytest.mark.parametrize("path", ["/", "/s/qingshi/alerts/0b6c0a4e-6f0e-4a53-a7cd-0f7d8a1b2c3d/", "/notifications/"])
def test_pages_of_this_house_are_accepted(path):
    assert opaque(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "/s/qingshi/陈雨桐/",
        "/s/qingshi/%E9%99%88/",
        "/s/qingshi/?name=chen",
        "/s/qingshi/#chen",
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example/",
        "s/qingshi/",
        "/s/qingshi/a b/",
        "/" + "a/" * 200,
        "",
        "/s/x/\n",
    ],
)
def test_everything_else_is_refused_without_being_repeated(path):
    with pytest.raises(NotOpaque) as refusal:
        opaque(path)
    assert not path.strip("/") or path not in str(refusal.value)
