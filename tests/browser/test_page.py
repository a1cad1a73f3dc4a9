"""A page in a real browser: numbers by pointing and by keys, the picture against Cairo's, calm."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image
from playwright.sync_api import Browser, Page

from mlanim.cli import cli
from mlanim.models.page_pass import PagePass
from mlanim.publish.frame_snippet import Framed
from mlanim.publish.frame_snippet import html as frame_html
from mlanim.publish.frame_snippet import page as frame_page

SCENE = '''
import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, Group, ImageMobject, UpdateFromAlphaFunc

from mlanim import Explainer, parameter
from mlanim.models.page_pass import PagePass
from mlanim.motion import carry
from mlanim.primitives import (
    Area,
    AttentionArrows,
    AttentionMatrix,
    HeatImage,
    Label,
    LossCurve,
    Number,
    SoftmaxBars,
    TensorBox,
)


class Numbers(Explainer):
    """Numbers: each of them can be asked."""

    shift: float = parameter(0.0, "added to the vector")

    def construct(self):
        vector = np.random.default_rng(7).normal(size=6)
        matrix = np.random.default_rng(8).normal(size=(3, 4))
        weights = np.exp(vector) / np.exp(vector).sum()
        look = {"theme": self.theme}
        box = TensorBox(vector + self.shift, label="v", cell=0.7, **look).shift(5 * LEFT)
        table = TensorBox(matrix, label="M", cell=0.7, **look).shift(2 * LEFT + UP)
        bars = SoftmaxBars(weights, **look).shift(3 * RIGHT + UP)
        heat = HeatImage(matrix, width=2, height=1.5, **look).shift(2 * LEFT + 2.2 * DOWN)
        words = [Label(word, **look).shift([x, -1.4, 0]) for x, word in ((3, "a"), (5, "b"))]
        to = Label("c", **look).shift(4 * RIGHT + 3 * DOWN)
        arrows = AttentionArrows(words, to, [0.8, 0.2], **look)
        losses = {"train": [3.0, 1.5, 1 / 3, 0.1], "test": [3.5, 2.0, 1.1, 0.9]}
        room = Area(-7, -3.7, 3.4, 2.6)
        curve = LossCurve([0, 10, 20, 30], losses, area=room, step=0, **look)
        with self.step("vector", say="A vector and a matrix."):
            self.turn_to("Numbers", box, table)
            shade = ImageMobject(np.full((2, 2), 200, np.uint8)).scale_to_fit_width(0.4)
            dims = UpdateFromAlphaFunc(
                shade.shift(3.7 * UP + 6.8 * RIGHT),
                lambda image, share: image.pixel_array[..., :3].fill(int(200 - 150 * share)),
            )
            goes = carry(box.cells[4], table.cells[0])
            self.play(goes, dims, box.animate.set_values(box.values + 1))
            self.play(Group(box, table).animate.shift(0.3 * RIGHT), run_time=0.6)
        with self.step("weights", say="Weights, and an image."):
            self.add(curve)
            self.play(Create(arrows), curve.animate.set_step(30), run_time=0.8)
            shares = [[0.9, 0.1], [0.3, 0.7]]
            grid = AttentionMatrix(shares, ["x", "y"], ["x", "y"], cell=0.6, **look)
            self.add(bars, heat, *words, to, grid.shift(6.1 * RIGHT + 2.6 * DOWN))
            self.add(Number(12.345, role="score", **look).shift(0.4 * RIGHT + 2.6 * DOWN))
            self.wait(0.6)

    def passes(self):
        scores = np.array([2.0, 1.0, 0.5])
        vectors = {"weights": [0.5, 0.3, 0.2], "vectors": np.eye(3)}
        return {
            "vector": PagePass("softmax", {"scores": scores}, ("a", "b", "c")),
            "weights": PagePass("weighted-sum", vectors, ("a", "b", "c")),
        }
'''
Open = Callable[..., Page]
READY = "window.mlanimPage !== undefined"
WIDTH, HEIGHT = 854, 480


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, Any]]]:
    """The page with two choices, and what --values has of the scene."""
    place = tmp_path_factory.mktemp("page")
    scene, page, values = place / "numbers.py", place / "page.html", place / "values.json"
    scene.write_text(SCENE)
    run, size = CliRunner().invoke, ["-r", f"{WIDTH},{HEIGHT}", "--quiet"]
    words = ["page", str(scene), *size, "-o", str(page), "--choose", "shift=0,1.5"]
    done = run(cli, words, prog_name="mlanim")
    assert done.exit_code == 0, done.output
    still = ["-s", "-o", str(place / "still.png"), "--fps", "12", "--values", str(values)]
    done = run(cli, ["render", str(scene), *size, *still], prog_name="mlanim")
    assert done.exit_code == 0, done.output
    return page, json.loads(values.read_text())


@pytest.fixture
def open_page(
    made: tuple[Path, Any], browser: Browser, until: Callable[[Page, str], None]
) -> Iterator[Open]:
    """Open the page; it must never complain, and ask nobody for anything."""
    complaints: list[str] = []
    asked: set[str] = set()
    contexts = []

    def opened(**options: Any) -> Page:
        wanted = {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce"}
        context = browser.new_context(**{**wanted, **options})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text))
        page.on("request", lambda request: asked.add(request.url.partition(":")[0]))
        page.goto(made[0].as_uri())
        if options.get("java_script_enabled", True):
            until(page, READY)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints
    assert asked <= {"file", "data", "blob"}


def point_at(page: Page, tensor: str, index: int) -> dict[str, str]:
    """Move the pointer to the middle of what shows a number; what the page tells then."""
    place = page.evaluate(
        """([name, index]) => {
            const player = window.mlanimPage, { asking, painter, time } = player;
            const { tensors } = player.variant;  // others of the name may have gone
            const marks = [...asking.marked(time)].filter((m) => tensors[m.tensor].name === name);
            let mark = marks.find((m) => m.index === index), part = [0, 0];
            const lines = marks.filter((m) => m.index === ALONG);
            const along = lines.find((m) => asking.places(painter.stand(m.track, time)).length > 1);
            if (along) {  // of a curve, a corner
                const { box } = painter.stand(along.track, time);
                const [x, y] = asking.places(painter.stand(along.track, time))[index >> 1];
                mark = along;
                part = [(x - box[0]) / (box[2] || 1), (y - box[1]) / (box[3] || 1)];
            } else if (!mark) {  // of an image, a pixel
                mark = marks.find((m) => m.track.images);
                const [rows, columns] = asking.noted(mark.tensor, time).shape;
                part = [(index % columns + 0.5) / columns - 0.5,
                        0.5 - (Math.floor(index / columns) + 0.5) / rows];
            }
            const stand = painter.stand(mark.track, time);
            let [x, y, width, height] = stand.box;
            const row = mark.track.looks && mark.track.looks.at(-1);
            if (!along && row && row[2] < 40) {  // an arrow: where its first piece ends
                const outline = painter.reel.outline(stand.shape).paths[0].at;
                part = [outline[0] / 2 / painter.reel.grid, outline[1] / 2 / painter.reel.grid];
            }
            x += part[0] * width; y += part[1] * height;
            const box = painter.canvas.getBoundingClientRect();
            const ratio = painter.canvas.width / box.width, view = painter.view;
            return [box.left + (view.left + x * view.scale) / ratio,
                    box.top + (view.top - y * view.scale) / ratio];
        }""",
        [tensor, index],
    )
    page.mouse.move(0, 0)
    page.mouse.move(*place)
    parts = page.locator("#tip span").all_text_contents()
    return dict(zip(("title", "place", "value", "rest"), parts, strict=True))


def test_every_number_can_be_read_by_pointing(made: Any, open_page: Open) -> None:
    page = open_page()
    page.evaluate("() => mlanimPage.seek(mlanimPage.length)")
    page.wait_for_timeout(300)
    compared = 0
    for record in made[1]:
        flat = np.ravel(record["values"])
        for index in range(flat.size):
            told = point_at(page, record["name"], index)
            where = ", ".join(map(str, np.unravel_index(index, record["shape"])))
            assert told["value"], (record, index, told)
            value, curve = told["value"], "curve" in record["name"]
            if curve:  # of which a place is a whole row
                value, where = value.split(", ")[index % 2], where.partition(",")[0]
            assert float(value) == flat[index], (record["name"], index, told)
            assert told["place"].startswith(f"[{where}]")
            shape = ", ".join(map(str, record["shape"])) + (
                "," if len(record["shape"]) == 1 else ""
            )
            assert f"shape ({shape})" in told["rest"] and record["name"] in told["rest"]
            compared += 1
    assert compared >= 40


def test_a_curve_tells_its_nearest_point_while_it_grows(open_page: Open) -> None:
    page = open_page()
    start = page.evaluate("() => mlanimPage.steps[1].start")
    page.evaluate("time => mlanimPage.seek(time)", start + 600)  # between the second and the last
    told = point_at(page, "LossCurve curve 'train'", 2)
    assert (told["place"], told["value"]) == ("[1]", "10, 1.5")
    assert "shape (4, 2)" in told["rest"], "that of the curve as it will be"
    tip = page.evaluate(
        "() => mlanimPage.asking.places(mlanimPage.painter.stand(mlanimPage.mark.track,"
        " mlanimPage.time)).length"
    )
    told = point_at(page, "LossCurve curve 'train'", 2 * tip - 2)
    assert told["value"] == "", "no number is told of where it stands in between"


def test_a_line_grows_between_two_states_and_does_not_stretch(open_page: Open) -> None:
    told = open_page().evaluate("""() => {
      const player = mlanimPage, { asking, painter } = player, start = player.steps[1].start;
      const told = [];
      for (let time = start + 350; time < start + 800; time += 7) {
        player.seek(time);
        const line = [...asking.marked(time)].filter((m) => m.index === ALONG)
          .map((m) => painter.stand(m.track, time)).find((s) => asking.places(s).length > 1);
        if (!line) continue;
        const [, second] = asking.places(line), { scale, left, top } = painter.view;
        const path = painter.path({}, line), context = painter.context;
        context.setTransform(1, 0, 0, 1, 0, 0);
        context.lineWidth = 0.02;
        told.push([...second.slice(0, 2), context.isPointInStroke(path, second[0], second[1]),
          line.apart !== null]);
      }
      return told.filter((row) => row[0] < -6);  // from where on the second corner is a point
    }""")
    full = [row for row in told if abs(row[0] - told[-1][0]) < 0.01]
    assert len(full) > 20 and sum(row[3] for row in full) > 5, "also on the way to other points"
    for row in full:
        assert row[1] == pytest.approx(told[-1][1], abs=0.01) and row[2], row


def test_a_copy_that_travels_tells_the_number_that_set_out(made: Any, open_page: Open) -> None:
    page = open_page()
    told = page.evaluate("""() => {
      const { asking, painter, steps } = mlanimPage, found = new Set();
      for (let time = 0; time < steps[1].start; time += 40) {
        mlanimPage.seek(time);
        for (const mark of asking.marked(time)) {
          const { tensors } = mlanimPage.variant;
          if (mark.index !== 4 || tensors[mark.tensor].name !== "TensorBox 'v'") continue;
          const x = painter.stand(mark.track, time).box[0], { value } = asking.told(mark, time);
          if (x > -4.5 && x < -2.5) found.add(value);  // on its way to the other box
        }
      }
      return [...found];
    }""")
    vector = np.random.default_rng(7).normal(size=6)
    assert [float(value) for value in told] == [vector[4]], "not what became of it meanwhile"


def test_the_keyboard_goes_from_number_to_number(made: Any, open_page: Open) -> None:
    page = open_page()
    page.evaluate("() => mlanimPage.seek(mlanimPage.length)")
    page.locator("#picture").focus()
    said = set()
    for _ in range(6):
        page.keyboard.press("n")
        said.add(page.locator("#told").text_content())
    assert len(said) == 6 and all("shape (" in (text or "") for text in said)
    last = page.locator("#tip .value").text_content()
    page.keyboard.press("Enter")
    dialog = page.locator("#tables")
    assert dialog.evaluate("dialog => dialog.open")
    assert page.locator("td.here").text_content() == last
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    assert page.locator("#tip .value").text_content() != last
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("() => mlanimPage.time") == pytest.approx(1000)


def test_a_table_is_copied_as_json_and_for_numpy(made: Any, open_page: Open) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("() => mlanimPage.seek(mlanimPage.length)")
    page.locator("#open").click()
    matrix = next(record for record in made[1] if record["name"] == "TensorBox 'M'")
    page.locator("#arrays").select_option(label="M (3, 4) · TensorBox 'M'")
    cells = page.locator("#table td").all_text_contents()
    assert [float(cell) for cell in cells] == np.ravel(matrix["values"]).tolist()
    page.locator("#json").click()
    page.get_by_text("Copied as JSON.").wait_for()
    assert json.loads(page.evaluate("() => navigator.clipboard.readText()")) == matrix["values"]
    page.locator("#numpy").click()
    page.get_by_text("Copied as NumPy.").wait_for()
    text = page.evaluate("() => navigator.clipboard.readText()")
    assert np.array_equal(eval(text, {"np": np}), matrix["values"])


def test_the_picture_is_the_one_that_cairo_draws(made: Any, open_page: Open) -> None:
    from mlanim.render.stage.asked_scene import ask_scene, open_asked

    page, drawn = open_page(), {}
    size = {"resolution": f"{WIDTH},{HEIGHT}", "fps": 12, "theme": "light"}
    with open_asked(ask_scene(str(made[0].with_name("numbers.py")), None, **size)) as opened:
        from mlanim.render.stage.session import configured
        from mlanim.render.stills.random_access import look_at_frames

        spec = opened.spec.seeded()

        def keep(glimpse: Any) -> None:
            drawn[glimpse.frame] = glimpse.pixels[..., :3].astype(float)

        with configured(spec):
            look_at_frames(opened.scene_class, spec, [2, 6, 11, 16, 20, 23, 26, 28], keep)
    page.evaluate(
        "([w, h]) => { const p = mlanimPage.painter; p.fit = () => {};"
        " p.canvas.width = w; p.canvas.height = h; }",
        [WIDTH, HEIGHT],
    )
    assert len(drawn) == 8
    for frame, wanted in drawn.items():
        page.evaluate("time => mlanimPage.seek(time)", round(frame / 12 * 1000))
        page.wait_for_timeout(100)
        url = page.evaluate("() => (mlanimPage.draw(), mlanimPage.painter.canvas.toDataURL())")
        seen = Image.open(io.BytesIO(base64.b64decode(url.partition(",")[2]))).convert("RGB")
        apart = np.asarray(seen, float) - wanted
        likeness = 10 * np.log10(255**2 / (apart**2).mean())
        assert likeness > 30, f"frame {frame}: {likeness:.1f} dB"
        strange = np.abs(apart).max(axis=2) > 110
        # A shape that is missing leaves a patch; edges leave lines a pixel wide at most.
        patches = strange[1:-1, 1:-1] & strange[:-2, 1:-1] & strange[2:, 1:-1]
        patches &= strange[1:-1, :-2] & strange[1:-1, 2:]
        assert not patches.any(), f"frame {frame}"


def test_only_what_changes_is_drawn_anew_and_the_picture_is_the_same(open_page: Open) -> None:
    page = open_page()
    told = page.evaluate("""() => {
      const { painter, length } = mlanimPage;
      const { canvas, changes } = painter;
      const sheet = new OffscreenCanvas(canvas.width, canvas.height);
      const copy = sheet.getContext("2d", { willReadFrequently: true });
      const pixels = () => {
        copy.drawImage(canvas, 0, 0);
        return copy.getImageData(0, 0, canvas.width, canvas.height).data;
      };
      const told = { whole: 0, parts: 0, none: 0, apart: [] };
      const draws = painter.drawPlace.bind(painter);
      let places = [];
      painter.drawPlace = (place, shown) => (places.push(place), draws(place, shown));
      painter.draw(0);
      for (let frame = 1; frame <= 150; frame++) {
        places = [];
        painter.draw((frame / 150) * (length - 2));
        const drawn = places.reduce((sum, place) => sum + area(place), 0);
        const share = drawn / canvas.width / canvas.height;
        told[share === 0 ? "none" : share < 1 ? "parts" : "whole"]++;
        if (frame % 15) continue;
        const seen = pixels();
        changes.forget();
        painter.draw(painter.time);
        const wanted = pixels();
        let apart = 0;
        for (let i = 0; i < seen.length; i++) apart += Math.abs(seen[i] - wanted[i]) > 48;
        told.apart.push(apart);
      }
      return told;
    }""")
    # Edges that are cut by a place's border may differ by some levels; what is left behind would
    # be hundreds of pixels.
    assert max(told["apart"]) < 20, told
    assert told["none"] > 10 and told["parts"] > told["whole"], told


def test_the_ring_around_a_number_goes_with_it(open_page: Open) -> None:
    page = open_page()
    page.evaluate("() => mlanimPage.seek(mlanimPage.steps[0].end - 1)")
    before = page.evaluate("() => mlanimPage.painter.canvas.toDataURL()")
    page.evaluate("() => mlanimPage.next(1)")
    assert page.evaluate("() => mlanimPage.painter.canvas.toDataURL()") != before
    page.evaluate("() => mlanimPage.tell(null)")
    assert page.evaluate("() => mlanimPage.painter.canvas.toDataURL()") == before


def test_all_digits_of_a_number_are_ringed_and_are_not_its_name(open_page: Open) -> None:
    page = open_page()
    page.evaluate("() => mlanimPage.seek(mlanimPage.length)")
    told = point_at(page, "Number '12.35'", 0)  # at its first digit
    assert (told["title"], told["value"]) == ("number", "12.345")
    wide, digit = page.evaluate("""() => {
      const { mark, time, painter } = mlanimPage;
      return [mlanimPage.boxOf(mark)[2], painter.stand(mark.track, time).box[2]];
    }""")
    assert 4 * digit < wide < 9 * digit


def test_an_image_is_drawn_anew_only_when_it_changes(open_page: Open) -> None:
    drawn = open_page().evaluate("""() => {
      const { painter, variant } = mlanimPage, counts = [];
      const place = variant.tracks.findIndex((_, i) => painter.track(i).images?.length > 2);
      const [first, second] = painter.track(place).images, shown = [place];
      for (let time = first[0]; time < second[0]; time += 10) {
        painter.view = painter.viewAt(time);
        counts.push(painter.changes.since(shown, time).length);
      }
      return counts;
    }""")
    assert len(drawn) > 5 and not any(drawn[1:])


def test_another_choice_is_another_scene(open_page: Open) -> None:
    page = open_page()
    page.evaluate("() => mlanimPage.seek(mlanimPage.length)")
    before = float(point_at(page, "TensorBox 'v'", 2)["value"])
    page.locator("#choices select").select_option("1.5")
    assert page.evaluate("() => mlanimPage.stepAt(mlanimPage.time)") == 1, "the same step"
    assert float(point_at(page, "TensorBox 'v'", 2)["value"]) == pytest.approx(before + 1.5)


@pytest.mark.parametrize("kind", ["softmax", "weighted-sum", "unit", "tanh-unit", "neighbours"])
def test_forward_passes_equal_numpys(open_page: Open, kind: str) -> None:
    page, random = open_page(), np.random.default_rng(3)
    for _ in range(20):
        n, temperature = int(random.integers(1, 9)), float(random.uniform(0.1, 5))
        k = int(random.integers(1, n + 1))
        weighed = {name: random.normal(size=n) for name in ("inputs", "weights")}
        weighed["bias"] = random.normal(size=1)
        given = {
            "softmax": {"scores": random.normal(0, 20, n)},
            "weighted-sum": {"weights": random.random(n), "vectors": random.normal(size=(n, 4))},
            "unit": weighed,
            "tanh-unit": weighed,
            "neighbours": {
                "points": random.normal(size=(n, 2)),
                "kinds": random.integers(0, 3, n),
                "place": random.normal(size=2),
                "k": np.array([1]),
            },
        }[kind]
        arrays = {name: array.tolist() for name, array in given.items()}
        call = "([kind, arrays, more]) => PASSES[kind].compute(arrays, more)"
        seen = page.evaluate(call, [kind, arrays, {"temperature": temperature, "k": k}])
        wanted = PagePass(kind, given).result(temperature, k)  # type: ignore[arg-type]
        assert np.abs(np.array(seen) - wanted).max() < 1e-6


def test_a_slider_computes_anew_and_goes_back(open_page: Open) -> None:
    page = open_page()
    place = page.locator("#step-1 .forward")
    bars = place.locator("li")
    first = bars.all_text_contents()
    place.get_by_label("temperature").fill("4")
    turned = [float(text[1:]) for text in bars.all_text_contents()]
    scores = {"scores": [2.0, 1.0, 0.5]}
    wanted = PagePass("softmax", scores).result(4.0)
    assert turned == pytest.approx(wanted, abs=1e-4)
    place.get_by_role("button", name="As computed").click()
    assert bars.all_text_contents() == first


def test_nothing_moves_unasked_where_less_motion_is_wanted(open_page: Open) -> None:
    page = open_page()
    time = page.evaluate("() => mlanimPage.time")
    page.wait_for_timeout(300)
    assert page.evaluate("() => [mlanimPage.time, mlanimPage.playing]") == [time, False]
    page.mouse.wheel(0, 900)
    page.wait_for_timeout(300)
    end = page.evaluate("() => mlanimPage.steps[1].end")
    seen = page.evaluate("() => [mlanimPage.time, mlanimPage.playing]")
    assert seen == [end - 1, False], "the next step stands there at once"
    page.locator("#play").click()
    page.wait_for_timeout(200)
    assert page.evaluate("() => mlanimPage.playing"), "now it was asked for"


def test_scrolling_plays_the_words_in_view(
    open_page: Open, until: Callable[[Page, str], None]
) -> None:
    page = open_page(reduced_motion="no-preference")
    until(page, "!mlanimPage.playing && mlanimPage.time > 0")
    end = page.evaluate("() => mlanimPage.steps[0].end")
    assert page.evaluate("() => mlanimPage.time") == end - 1, "the first step, which then holds"
    page.mouse.wheel(0, 900)
    until(page, "mlanimPage.lit === 1")
    assert page.locator(".step.now h2").text_content() == page.locator("#step-2 h2").text_content()


def test_without_scripts_each_step_is_a_still(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    assert page.locator(".still svg").count() == 2
    assert page.locator(".still svg").first.is_visible()
    assert page.locator(".still image.n").count() == page.locator(".still image.d").count() == 1
    assert page.locator(".still image.d").is_visible()
    dark = open_page(java_script_enabled=False, color_scheme="dark")
    assert dark.locator(".still image.n").is_visible(), "its image is that of the dark theme"
    assert not dark.locator(".still image.d").is_visible()
    assert not page.locator("#stage").is_visible()


def test_on_paper_each_step_is_a_still(open_page: Open) -> None:
    page = open_page()
    assert page.locator(".still svg").count() == 0
    page.emulate_media(media="print")
    page.locator(".still svg").last.wait_for()
    assert page.locator(".still svg").count() == 2
    assert (
        not page.locator("#picture").is_visible()
        and not page.locator(".forward").first.is_visible()
    )
    assert page.locator(".still use").first.evaluate("one => one.getBoundingClientRect().width") > 0
    tall = page.locator(".still svg").first.evaluate("one => one.getBoundingClientRect().height")
    assert tall < 110 / 25.4 * 96, "two of them fit on a sheet"


def test_it_plays_in_a_frame(
    made: Any, open_page: Open, until: Callable[[Page, str], None]
) -> None:
    around = made[0].with_name("around.html")
    framed = Framed("page", "Numbers", "", "en", WIDTH, HEIGHT)
    around.write_text(frame_page(framed, [("HTML", frame_html(framed))]))
    page = open_page()
    page.goto(around.as_uri())
    page.locator("iframe").scroll_into_view_if_needed()
    inside = page.frames[1]
    inside.wait_for_selector("#picture")
    until(inside, READY)  # type: ignore[arg-type]
    assert inside.evaluate("() => mlanimPage.variant.tensors.length") > 3
    assert inside.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size({"width": 1440, "height": 400})
    page.evaluate("() => scrollTo({ top: 120 })")
    inside.evaluate("() => (mlanimPage.visit(1), mlanimPage.tables.show())")
    page.wait_for_timeout(300)
    assert page.evaluate("() => scrollY") == 120, "what frames it stays where the reader has it"
    assert inside.evaluate("() => scrollY") > 0


def test_a_page_says_its_own_words_in_its_language(open_page: Open) -> None:
    page = open_page()
    page.evaluate(
        "() => { said.words = { Pause: 'Anhalten', 'Copied as {1}.': 'Als {1} kopiert.' } }"
    )
    page.locator("#play").click()
    assert page.locator("#play").get_attribute("aria-label") == "Anhalten"
    assert page.evaluate("() => said('Copied as {1}.', 'JSON')") == "Als JSON kopiert."
    assert page.evaluate("() => said('Time')") == "Time"


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_and_axe_finds_nothing(
    open_page: Open, axe: Callable[[Page], list[str]], width: int, scheme: str
) -> None:
    page = open_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    surface = page.evaluate(
        "() => [...mlanimPage.painter.context.getImageData(3, 3, 1, 1).data].slice(0, 3)"
    )
    assert surface == {"light": [255, 255, 255], "dark": [14, 18, 24]}[scheme]
    assert axe(page) == []
    page.evaluate("() => mlanimPage.tables.show()")
    assert axe(page) == []
