import pytest

from mlanim.errors import UsageError
from mlanim.steps import Selection

PLAYED = [
    "intro",
    "attention",
    "attention/score",
    "attention/softmax",
    "attention",
    "attention/softmax",
]


def chosen(*names):
    selection = Selection(names)
    return [i for i, path in enumerate(PLAYED) if selection.begins(path)]


@pytest.mark.parametrize(
    ("name", "indices"),
    [
        ("softmax", [3]),
        ("softmax#2", [5]),
        ("softmax*", [3, 5]),
        ("attention/softmax", [3]),
        ("attention/softmax#2", [5]),
        ("attention*", [1, 4]),
        ("intro", [0]),
    ],
)
def test_a_name_chooses_its_steps(name, indices):
    assert chosen(name) == indices


def test_a_step_is_left_out_whatever_is_chosen():
    selection = Selection(["attention*", "!softmax*"])
    begun = [(selection.begins(path), selection.leaves_out(path)) for path in PLAYED]
    assert [left_out for _, left_out in begun] == [False, False, False, True, False, True]
    assert not Selection(["!softmax"])  # nothing is chosen, so that all else is shown


def test_several_names_choose_together_and_in_order_of_the_scene():
    assert chosen("softmax", "intro") == [0, 3]


def test_a_selection_is_exhausted_when_nothing_later_can_be_wanted():
    one, every = Selection(["score"]), Selection(["softmax*"])
    for path in PLAYED[:3]:
        one.begins(path), every.begins(path)
    assert one.exhausted and not every.exhausted and not Selection().exhausted


@pytest.mark.parametrize(
    ("name", "teaches"),
    [
        ("softmx", "did you mean 'softmax'"),
        ("softmax#9", "'softmax' occurs 2 time(s)"),
        ("attention/intro", "did you mean"),
    ],
)
def test_a_step_that_never_came_is_answered_with_those_that_did(name, teaches):
    selection = Selection([name])
    for path in PLAYED:
        selection.begins(path)
    with pytest.raises(UsageError, match=f"no step '{name}'") as caught:
        selection.check(PLAYED)
    assert teaches in str(caught.value)


@pytest.mark.parametrize("name", ["", "a b", "#2", "softmax#0", "softmax#", "a//b", "*"])
def test_what_is_no_step_name_is_refused(name):
    with pytest.raises(UsageError, match="write name, name#2"):
        Selection([name])
