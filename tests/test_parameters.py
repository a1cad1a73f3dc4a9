from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlanim.errors import UsageError
from mlanim.parameters import check_values, declared_parameters, parameter, read_values


class Base:
    source: str = parameter("je suis", "the sentence")
    heads: int = parameter(8, "attention heads", low=1, high=16)


class Owner(Base):
    rate: float = parameter(0.5, "learning rate", low=0.0)
    loud: bool = parameter(False, "say it louder")
    cell: Literal["gru", "lstm"] = parameter("gru", "the cell")
    models: list[Literal["knn", "svm"]] = parameter(["knn"], "side by side")
    scores: list[float] = parameter([13.0, 9.0, 9.0], "the scores")
    layer: int | None = parameter(None, "which layer")


PARAMETERS = declared_parameters(Owner)


def test_a_class_declares_its_bases_parameters_first():
    assert list(PARAMETERS)[:3] == ["source", "heads", "rate"]
    assert PARAMETERS["heads"].help == "attention heads"


def test_a_class_may_set_its_bases_defaults_anew():
    class Short(Owner):
        heads = 2
        scores = (1, 2)

        def rate(self):
            """No value: what else a class calls so stays its own."""

    short = declared_parameters(Short)
    assert (short["heads"].default, short["scores"].default) == (2, [1.0, 2.0])
    assert short["rate"].default == 0.5 and list(short) == list(PARAMETERS)
    assert check_values(short, {})["heads"] == 2
    with pytest.raises(UsageError, match="heads"):
        declared_parameters(type("Wrong", (Owner,), {"heads": 99}))


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("source", "tu es", "tu es"),
        ("heads", "4", 4),
        ("rate", "1", 1.0),
        ("loud", "yes", True),
        ("cell", "lstm", "lstm"),
        ("models", "knn, svm", ["knn", "svm"]),
        ("scores", "1,2.5", [1.0, 2.5]),
        ("scores", "", []),
        ("layer", "none", None),
        ("layer", "3", 3),
    ],
)
def test_text_is_parsed_by_the_declared_type(name, text, value):
    assert PARAMETERS[name].parse(text) == value


@pytest.mark.parametrize(
    ("name", "text", "teaches"),
    [
        ("heads", "four", "must be a whole number: allowed: from 1 to 16"),
        ("heads", "0", "from 1 to 16"),
        ("heads", "2.5", "a whole number"),
        ("rate", "nan", "at least 0"),
        ("rate", "-1", "at least 0"),
        ("loud", "maybe", "true or false"),
        ("cell", "gtu", "did you mean 'gru'?"),
        ("models", "knn,swm", "did you mean 'svm'?"),
        ("scores", "1,x", "separated by commas"),
        ("source", "a\x00b", "printable"),
        ("layer", "top", "or none"),
    ],
)
def test_a_wrong_text_is_answered_with_what_is_allowed(name, text, teaches):
    with pytest.raises(UsageError) as caught:
        PARAMETERS[name].parse(text)
    message = str(caught.value)
    assert message.startswith(f"{name}=") and teaches in message and "\n" not in message


def test_values_from_python_and_files_are_checked_by_type():
    assert PARAMETERS["rate"].check(1) == 1.0
    for name, value in [("heads", True), ("heads", 2.0), ("source", 3), ("scores", "1,2")]:
        with pytest.raises(UsageError):
            PARAMETERS[name].check(value)


def test_defaults_fill_in_and_unknown_names_are_refused():
    values = check_values(PARAMETERS, {"heads": 2})
    assert values["heads"] == 2 and values["cell"] == "gru"
    with pytest.raises(UsageError, match="unknown parameter 'head': did you mean 'heads'"):
        check_values(PARAMETERS, {"head": 2})


@given(st.integers(1, 16))
def test_a_number_survives_being_written(number):
    assert PARAMETERS["heads"].parse(str(number)) == number


@given(st.text())
def test_any_text_is_a_value_or_one_teaching_line(text):
    for declared in PARAMETERS.values():
        try:
            value = declared.parse(text)
        except UsageError as error:
            assert len(str(error).splitlines()) == 1
        else:
            assert declared.check(value) == value


def test_show_can_name_types_and_what_is_allowed():
    assert PARAMETERS["models"].type_name == "list of choice"
    assert PARAMETERS["layer"].type_name == "int"
    assert PARAMETERS["cell"].allowed == "gru, lstm"


class Open:
    data: Literal["moons", "xor"] | str = parameter("moons", "or a FILE.csv")


OPEN = declared_parameters(Open)["data"]


@pytest.mark.parametrize("value", ["xor", "mine.csv", "my_module:make", "../a b/c"])
def test_choices_may_leave_room_for_the_readers_own(value):
    assert OPEN.parse(value) == value
    assert (OPEN.choices, OPEN.type_name) == (("moons", "xor"), "choice or name")
    assert OPEN.allowed == "moons, xor, or your own"


@pytest.mark.parametrize("value", ["moon", "", "a.\x07"])
def test_what_is_neither_a_choice_nor_a_name_is_refused(value):
    with pytest.raises(UsageError, match="moons"):
        OPEN.parse(value)


class Named:
    formula: str = parameter("a + b", "what is computed")
    scale: float = parameter(1.0, "how much", low=0)
    named: dict[str, str] = parameter({}, "values by names of your own")


NAMED = declared_parameters(Named)


def test_what_is_not_declared_goes_to_the_parameter_that_collects():
    values = read_values(NAMED, {"c": [1, 2]}, {"formula": "a*c", "a": "[1,2]", "scale": "2"})
    assert values == {"formula": "a*c", "scale": 2.0, "named": {"c": "[1, 2]", "a": "[1,2]"}}
    assert check_values(NAMED, {"a": "3"})["named"] == {"a": "3"}
    assert check_values(NAMED, {"named": {"a": 3}, "b": "4"})["named"] == {"a": "3", "b": "4"}
    assert check_values(NAMED, {})["named"] == {}


def test_what_is_collected_is_written_as_it_is_read():
    text = NAMED["named"].write({"a": "[[1,2]]", "b": "x.npy"})
    assert text == "a=[[1,2]]; b=x.npy"
    assert NAMED["named"].parse(text) == {"a": "[[1,2]]", "b": "x.npy"}
    assert read_values(NAMED, {}, {"named": text, "c": "1"})["named"]["c"] == "1"
    assert (NAMED["named"].type_name, NAMED["named"].allowed[:13]) == ("by name", "--set NAME=..")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("formla", "1", "did you mean 'formula'"),
        ("two words", "1", "letters, digits"),
        ("a", "", "give a value"),
        ("a", "\0", "printable"),
    ],
)
def test_a_name_of_ones_own_is_a_name_and_no_misspelt_one(name, value, told):
    with pytest.raises(UsageError, match=told):
        read_values(NAMED, {}, {name: value})


def test_a_name_that_another_value_speaks_of_is_ones_own():
    texts = {"formula": "scales*b", "scales": "3"}
    assert read_values(NAMED, {}, texts)["named"] == {"scales": "3"}
    with pytest.raises(UsageError, match="did you mean 'scale'"):
        read_values(NAMED, {}, {"formula": "a*b", "scales": "3"})


def test_without_one_that_collects_every_name_is_declared():
    with pytest.raises(UsageError, match="unknown parameter 'a'"):
        read_values(PARAMETERS, {}, {"a": "1"})
