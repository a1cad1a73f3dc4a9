import numpy as np
import pytest

from mlanim.errors import UsageError
from mlanim.primitives.block import Block, Stack
from mlanim.primitives.text import Label
from mlanim.theme import DARK, LIGHT


def inside(outer, inner):
    return (
        inner.get_left()[0] >= outer.get_left()[0]
        and inner.get_right()[0] <= outer.get_right()[0]
        and inner.get_top()[1] <= outer.get_top()[1]
        and inner.get_bottom()[1] >= outer.get_bottom()[1]
    )


def test_a_name_wraps_inside_its_block():
    block = Block("feed-forward network", width=2.2, height=1.2)
    assert inside(block.box, block.label)
    assert block.box.width == pytest.approx(2.2)


def test_a_block_without_a_size_takes_what_its_words_need():
    block = Block("Decoder", role="decoder", subtitle="reads the context", theme=DARK)
    assert inside(block.box, block.label)
    assert inside(block.box, block.subtitle)
    assert block.subtitle.get_top()[1] < block.label.get_bottom()[1]


def test_a_name_that_does_not_fit_is_told():
    with pytest.raises(UsageError, match=r"'Encoder' .* does not fit a block"):
        Block("Encoder", width=0.5)


def test_ports_follow_the_block():
    block = Block("Encoder", width=2, height=1).shift([3, 1, 0])
    assert np.allclose(block.left_port, [2, 1, 0])
    assert np.allclose(block.right_port, [4, 1, 0])
    assert np.allclose(block.top_port, [3, 1.5, 0])
    assert np.allclose(block.bottom_port, [3, 0.5, 0])


def test_a_stack_numbers_its_blocks_from_below_and_says_how_many_there_are():
    stack = Stack(6, "Encoder", shown=3)
    assert [block.label.text for block in stack.blocks] == ["Encoder 1", "Encoder 2", "Encoder 3"]
    assert stack.blocks[1].get_y() > stack.blocks[0].get_y()
    assert stack.label.text == "× 6"
    assert len({round(block.width, 6) for block in stack.blocks}) == 1


def test_a_stack_has_at_least_one_block():
    with pytest.raises(UsageError, match="1 or more"):
        Stack(0, "Encoder")


def test_a_long_word_stands_closer_to_the_sides_before_it_is_refused() -> None:
    word = "codificador"
    needs = Label(word, size="small", weight="bold").width
    block = Block(word, width=needs + 0.1, height=1.0)
    assert block.label.cap_height == pytest.approx(LIGHT.sizes.small)
    assert block.label.width < block.box.width
    with pytest.raises(UsageError, match="does not fit"):
        Block(word, width=needs, height=1.0)
