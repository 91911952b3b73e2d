"""Lists that sort and page by their address; an address cannot name a field that is no column."""

import pytest
from django.http import QueryDict

from qingyan.foundation.web.listing import Column, Order, asked_for, heads, kept, order_of, page_of

COLUMNS = (Column("name", "名称"), Column("size", "大小", numeric=True), Column("", "操作"))


def test_the_address_orders_and_an_unknown_column_gives_the_default():
    assert order_of(QueryDict("sort=-size"), COLUMNS, "name") == Order("size", descending=True)
    for odd in ("sort=password", "sort=", "sort=--name", ""):
        assert order_of(QueryDict(odd), COLUMNS, "name") == Order("name")


def test_a_head_sorts_the_other_way_the_second_time_and_keeps_the_filters():
    asked = QueryDict("sort=name&district=east&page=3&empty=")
    name, size, action = heads(asked, COLUMNS, order_of(asked, COLUMNS, "name"))
    assert (name.sort_url, name.sorted) == ("?sort=-name&district=east", "ascending")
    assert (size.sort_url, size.sorted) == ("?sort=size&district=east", "")
    assert (action.sort_url, action.sorted) == ("", "")


def test_an_order_sorts_rows_and_names_a_field():
    assert Order("size", descending=True).sort([1, 3, 2], by=lambda row: row) == [3, 2, 1]
    assert (Order("a").field("x"), Order("a", descending=True).field("x")) == ("x", "-x")


@pytest.mark.parametrize(("query", "words"), [("name=%20%E9%9D%92%00%20", "青"), ("name=abcdef", "abcd"), ("", "")])
def test_what_is_asked_for_is_tidied(query, words):
    assert asked_for(QueryDict(query), "name", longest=4) == words


def test_a_page_that_does_not_exist_gives_the_nearest():
    rows = list(range(70))
    assert page_of(rows, QueryDict("page=99"), size=30).object_list == list(range(60, 70))
    assert page_of(rows, QueryDict("page=x"), size=30).number == 1


def test_what_is_kept_has_no_page_and_no_empty_value():
    assert kept(QueryDict("page=2&name=%E9%9D%92&class=")) == "name=%E9%9D%92"
