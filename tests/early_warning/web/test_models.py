"""What the pages say of a model follows from the step that holds, and is never a fixed sentence."""

from qingyan.early_warning.models import ModelVersion
from tests.alerts.setting import browser
from tests.early_warning.setting import switched_on
from tests.factories.orders import make_model

UNUSED = "没有任何队列使用它"


def pages(cast, number):
    client = browser(cast.city_officer)
    return [client.get(path).content.decode() for path in ("/city/order/", f"/city/order/models/{number}/")]


def test_a_model_that_nobody_switched_on_is_said_to_be_in_no_queue(cast):
    assert [UNUSED in body for body in pages(cast, make_model(cast))] == [True, True]


def test_the_control_a_model_that_orders_is_said_to_order(cast):
    number = make_model(cast)
    switched_on(cast, number)
    order, model = pages(cast, number)
    assert UNUSED not in order + model
    assert "现在各校队列按它往前排" in model


def test_another_model_than_the_one_that_orders_is_in_no_queue(cast):
    number = make_model(cast)
    switched_on(cast, number + 1)
    assert UNUSED in pages(cast, number)[1]


def test_the_invented_examples_hold_something_to_learn(cast):
    number = make_model(cast)
    assert ModelVersion.objects.get(number=number).card["measures"]["auc"] > 0.7
