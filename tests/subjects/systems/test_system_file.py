"""A reader's own system: what is read, and one line for each fault."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from PIL import Image

from mlanim.errors import UsageError
from mlanim.subjects.systems.models.system_file import read_system

EXAMPLE = Path(__file__).parents[3] / "docs/examples/systems/digits.toml"
BOXES = '[[box]]\nname = "camera"\n[[box]]\nname = "sure?"\nkind = "gate"\n'
WIRES = 'wires = ["camera -> sure?", "sure? -> camera"]\n'


def read(text: str, folder: Path):
    path = folder / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return read_system(path)


def stops(*lines: str) -> str:
    return WIRES + BOXES + f"[[packet]]\nstops = [{', '.join(lines)}]\n"


def test_the_example_is_read_as_it_is_written():
    made = read_system(EXAMPLE)
    assert made.system.names[:2] == ("camera", "scale")
    assert ("sure?", "camera") in made.system.wires
    first = made.packets[0]
    assert first[0].value.dtype == np.uint8 and first[-1].refused
    assert [stop.box for stop in made.packets[1]][-1] == "again"


def test_every_kind_of_packet_is_read(tmp_path):
    Image.new("RGB", (4, 2), (255, 0, 9)).save(tmp_path / "red.png")
    made = read(
        stops(
            '{box = "camera", picture = "red.png"}',
            '{box = "sure?", tensor = [[1, 2.5], [0, -1]]}',
            '{box = "camera", number = 3}',
            '{box = "sure?", token = "cat"}',
            '{box = "camera", text = "a cat"}',
            '{box = "sure?", refused = true}',
        ),
        tmp_path,
    )
    values = [stop.value for stop in made.packets[0]]
    assert values[0].shape == (2, 4, 4) and values[0][0, 0].tolist() == [255, 0, 9, 255]
    assert values[1].tolist() == [[1, 2.5], [0, -1]] and values[2:5] == [3.0, "cat", "a cat"]
    assert values[5] is None and made.packets[0][5].refused


FAULTS = {
    "": "has no \\[\\[box\\]\\]",
    "boxes = 1": "did you mean 'box'",
    "wires = [": "not TOML",
    "[box]\nname = 'a'": "two brackets",
    "[[box]]\nname = 3": "text in quotes",
    "[[box]]\ngloss = 'x'": "has no name",
    "[[box]]\nnam = 'a'": "box 1 has an unknown key 'nam': did you mean 'name'",
    "[[box]]\nname = 'a'\nwires = []": "above the first",
    "[[box]]\nname = 'a -> b'": "holds an arrow",
    "[[box]]\nname = 'a name that is much too long for any box'": "20 are the most",
    '[[box]]\nname = "a\\u0007"': "only printable",
    "[[box]]\nname = 'a'\nkind = 'gates'": "did you mean 'gate'",
    "[[box]]\nname = 'a'\n[[box]]\nname = 'a'": "two boxes are called 'a'",
    "wires = ['camera -> camra']\n" + BOXES: "did you mean 'camera'",
    "wires = ['camera']\n" + BOXES: "camera -> network",
    "wires = 'a -> b'\n" + BOXES: "list of texts",
    "wires = ['camera -> sure?', 'camera -> sure?']\n" + BOXES: "twice",
    "".join(f"[[box]]\nname = 'b{i}'\n" for i in range(15)): "15 boxes: from 1 to 12",
    "".join(f"[[box]]\nname='b{i}'\nlane='l{i}'\n" for i in range(5)): "more than 4 lanes",
    BOXES + "[[packet]]\n": "has 0 stops",
    stops("{box = 'camra', number = 1}"): "did you mean 'camera'",
    stops("{number = 1}"): "has no box",
    stops("{box = 'camera'}"): "carries nothing",
    stops("{box = 'camera', number = 1, text = 'a'}"): "give one of them",
    stops("{box = 'camera', number = 'x'}"): "write a number",
    stops("{box = 'camera', number = nan}"): "finite",
    stops("{box = 'camera', token = 'two words'}"): "write a word",
    stops(f"{{box = 'camera', text = '{'long ' * 40}'}}"): "100 are the most",
    stops("{box = 'camera', tensor = [[1], [1, 2]]}"): "equally many",
    stops("{box = 'camera', tensor = []}"): "equally many",
    stops("{box = 'camera', picture = 'no.png'}"): "no picture 'no.png'",
    stops("{box = 'camera', picture = 'mine.toml'}"): "is no picture",
    stops("{box = 'camera', number = 1, refused = true}"): "camera is no gate",
    stops("{box = 'sure?', number = 1, refused = 1}"): "true or false",
    stops("{box = 'camera', number = 1}", "{box = 'camera'}"): "no wire leads from camera to",
    stops("{box='sure?', number=1, refused=true}", "{box='camera'}"): "after a stop that refused",
}


@pytest.mark.parametrize(("text", "told"), FAULTS.items(), ids=map(str, range(len(FAULTS))))
def test_each_fault_is_one_line_with_what_is_allowed(text, told, tmp_path):
    with pytest.raises(UsageError, match=told) as error:
        read(text, tmp_path)
    assert "\n" not in str(error.value) and "mine.toml" in str(error.value)


def test_what_is_no_file_of_text_is_told(tmp_path):
    with pytest.raises(UsageError, match="no such file"):
        read_system(tmp_path / "none.toml")
    (tmp_path / "mine.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match="UTF-8"):
        read_system(tmp_path / "mine.toml")


@settings(max_examples=60, deadline=None)
@given(some.text(max_size=60), some.integers(0, 400), some.integers(0, 40))
def test_a_mutated_file_is_read_or_refused_in_one_line(tmp_path_factory, inserted, at, cut):
    text = EXAMPLE.read_text(encoding="utf-8")
    folder = tmp_path_factory.mktemp("mutated")
    path = folder / "mine.toml"
    path.write_text(text[:at] + inserted + text[at + cut :], encoding="utf-8", errors="ignore")
    try:
        read_system(path)
    except UsageError as error:
        assert "\n" not in str(error)
