"""mlanim in Jupyter: the example notebook in a real kernel, and what its objects are."""

from __future__ import annotations

import base64
import io
import json
import re
from pathlib import Path
from typing import Any

import av
import nbformat
import numpy as np
import pytest
from manim import BLACK, BLUE_E, RIGHT, Axes, Dot, Square, Table, Text, VGroup
from nbclient import NotebookClient
from PIL import Image

from mlanim import UsageError, notebook
from mlanim.colour import contrast
from mlanim.primitives import TensorBox

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What each code cell of the example shows, by type."""
    folder = tmp_path_factory.mktemp("notebook")
    example = nbformat.read(ROOT / "docs/notebooks/first-steps.ipynb", as_version=4)
    assert not any(cell.get("outputs") for cell in example.cells), "keep it without outputs"
    resources = {"metadata": {"path": str(folder)}}
    NotebookClient(example, timeout=120, kernel_name="python3", resources=resources).execute()
    shown: list[dict[str, Any]] = []
    for cell in example.cells:
        if cell.cell_type == "code":
            data: dict[str, Any] = {}
            for output in cell.outputs:
                data |= output.get("data", {})
            shown.append(data)
    return shown


def film_of(html: str) -> tuple[int, int, int]:
    match = re.search(r"data:video/mp4;base64,([^\"]+)", html)
    assert match
    with av.open(io.BytesIO(base64.b64decode(match[1]))) as container:
        stream = container.streams.video[0]
        return stream.width, stream.height, sum(1 for _ in container.decode(stream))


def picture_of(data: dict[str, Any]) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(data["image/png"])))


def test_the_example_shows_films_pictures_and_files(outputs: list[dict[str, Any]]) -> None:
    _, _, film, still, board, made, tensor, bars, own, magic = [{}, *outputs]
    width, height, frames = film_of(film["text/html"])
    assert (width, height) == (854, 480) and frames > 15
    assert picture_of(still).size == (854, 480)
    assert picture_of(board).width > 854
    assert made["text/plain"] == "('softmax.gif', True)"
    assert picture_of(tensor).width > picture_of(tensor).height
    assert len(set(picture_of(bars).convert("RGB").getdata())) > 10
    assert film_of(own["text/html"])[2] >= 30
    assert "<video" in magic["text/html"], "Manim's own magic plays our primitives"


def test_a_primitive_is_a_picture_cut_to_its_size() -> None:
    wide, tall = (notebook.picture(Square().stretch_to_fit_width(w)) for w in (6, 1))
    assert wide.width > 2 * tall.width and wide.height == tall.height
    huge = notebook.picture(Square(40))
    assert huge.height <= 960 and np.asarray(huge)[2, 2].tolist() == [14, 18, 24]
    box = TensorBox([0.5, -1.0])
    before = box.get_center().copy()
    notebook.picture(box)
    assert np.array_equal(box.get_center(), before), "it is looked at, not moved"


def test_scenes_are_found_by_their_class(desk: Path) -> None:
    film = notebook.Demo(side=1.5, fps=10, aspect="1:1")
    assert film.still().size == (480, 480)
    made = film.render("demo.webm")
    assert made.seconds == pytest.approx(0.4) and (desk / "demo.webm").stat().st_size > 0
    assert "A demo [of brackets]." in film._repr_html_()
    assert notebook.show("demo", steps="first").render("one.mp4", fps=10).seconds == 0.2
    assert film.storyboard().height > 480


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"sid": 1}, "unknown parameter 'sid': did you mean 'side'?"),
        ({"side": 9}, "allowed: from 0.5 to 2"),
        ({"quality": "z"}, "quality 'z'"),
    ],
)
def test_what_cannot_be_is_said_at_once(desk: Path, options: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        notebook.Demo(**options)


def test_an_unknown_scene_is_an_attribute_error(desk: Path) -> None:
    with pytest.raises(AttributeError, match="did you mean 'Demo'"):
        _ = notebook.Demi


def test_the_example_is_a_valid_notebook() -> None:
    text = (ROOT / "docs/notebooks/first-steps.ipynb").read_text()
    nbformat.validate(json.loads(text))


def contrast_of(image: Image.Image) -> float:
    """Between the ground, in the corner, and what differs from it most."""
    pixels = np.asarray(image.convert("RGB"), float).reshape(-1, 3) / 255
    return float(contrast(pixels, pixels[0]).max())


PLAIN = {
    "text": lambda: Text("hi"),
    "square": Square,
    "axes": lambda: Axes(x_length=4, y_length=3),
    "table": lambda: Table([["a", "b"], ["c", "d"]]),
    "black": lambda: Dot(color=BLACK),
    "white on blue": lambda: VGroup(Square(color=BLUE_E, fill_opacity=1), Text("hi")),
    "both": lambda: VGroup(Text("white"), Text("black", color=BLACK)).arrange(RIGHT),
}


@pytest.mark.parametrize("name", PLAIN)
def test_what_has_no_theme_is_seen_in_its_own_colours(name: str) -> None:
    mobject = PLAIN[name]()
    before = [part.get_color() for part in mobject.get_family() if len(part.points)]
    image = notebook.picture(mobject)
    assert contrast_of(image) > 3
    assert [part.get_color() for part in mobject.get_family() if len(part.points)] == before
    if name == "both":
        pixels = np.asarray(image, int).reshape(-1, 3).sum(axis=1)
        assert pixels.min() < 60 and pixels.max() > 700 and 200 < pixels[0] < 500
