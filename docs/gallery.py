"""Makes the gallery: a loop of every scene and every primitive, and the page that shows them.

python docs/gallery.py             into docs/_generated, what is there already stays
python docs/gallery.py --list      the page that is read without building it
python docs/gallery.py --pictures  the pictures on that page, one for each house
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from manim import Mobject, Scene
from PIL import Image, ImageDraw

sys.path.insert(0, str(Path(__file__).parent))

from gallery_code import HOUSES, code_of, made_by, primitive_named, primitive_names

from mlanim import Explainer, RenderSpec, motion
from mlanim.catalogue import SceneEntry, bundled_folder, entries, load
from mlanim.primitives import Area
from mlanim.publish.lettering import font
from mlanim.render.engine import render
from mlanim.render.stage.session import configured
from mlanim.theme import LIGHT

__all__ = ["listing", "loop_of", "page", "scenes", "sheet"]

_GENERATED = Path(__file__).parent / "_generated"
_LISTED = Path(__file__).parent / "every-primitive.md"
_LISTING = """\
Each block leaves what it makes in `shown`: in a notebook write `mlanim.display(shown)`, in a scene
`self.add(shown)`. `python docs/build.py` makes the same with films. `python docs/gallery.py --list`
writes this page, and `--pictures` its pictures.
"""
_PICTURES = Path(__file__).parents[1] / "media" / "gallery"
_CELL = (288, 162)  # pixels of a primitive's picture
_COLUMNS, _LINE = 4, 26  # of a sheet of them; pixels for a name
_SIZE = "640,360"
_FPS = 15
_LARGEST, _SHARE = 3.0, 0.85  # how much larger a primitive is shown, and of how much room

# The step that shows best what a scene is about; of others, the first.
_STEPS = {
    "attention-family": "local-window",
    "backprop": "backward",
    "bert": "masked-lm",
    "gpt2": "kv-cache",
    "modern-attention": "speculative",
    "numpy": "broadcast",
    "neural-network": "playground",
    "pipelines": "reply-bot",
    "positional-encoding": "map",
    "seq2seq": "softmax",
    "self-attention": "weighted-values",
    "thoughts": "compare",
    "transformer": "it",
}


def scenes() -> list[SceneEntry]:
    """The bundled scenes."""
    return [entry for entry in entries(bundled_folder().parent) if not entry.problem]


def step_of(entry: SceneEntry) -> str:
    """The step whose loop stands for a scene; LookupError for one that it does not have."""
    wanted = _STEPS.get(entry.name, entry.steps[0])
    if wanted not in {path.rpartition("/")[2] for path in entry.steps}:
        raise LookupError(f"{entry.name} has no step {wanted!r}: mend _STEPS")
    return wanted


def loop_of(code: str) -> type[Explainer]:
    """A scene that brings in what an example makes, holds it, and lets it go."""

    class Loop(Explainer):
        def construct(self) -> None:
            shown = _fitted(made_by(code), self.area)
            with self.step("shown"):
                self.play(motion.appear(shown))
                self.wait(2)
                self.play(motion.vanish(shown), run_time=0.5)

    return Loop


def page() -> str:
    """The gallery's Markdown."""
    parts = ["# Gallery\n", "Every film here is made by the lines below it.\n", "## Scenes\n"]
    for entry in scenes():
        command = f"mlanim render {entry.name} --steps {step_of(entry)} -r {_SIZE}"
        parts.append(f"### {entry.name}\n\n{entry.summary}\n\n{_video(f'scene-{entry.name}')}\n")
        parts.append(f"```bash\n{command}\n```\n\n[The whole script](scenes/{entry.name}.md)\n")
    for house, title in HOUSES.items():
        parts.append(f"## Primitives: {title.lower()}\n")
        for name in primitive_names(house):
            link = f"[{name}](reference/{house}.{name}.md)"
            parts.append(f"### {name}\n\n{_video(f'primitive-{name}')}\n")
            parts.append(f"```python\n{code_of(name).rstrip()}\n```\n\nMore: {link}\n")
    return "\n".join(parts)


def listing() -> str:
    """The scenes and primitives with their code alone, to be read without building anything."""
    parts = ["# Every scene and primitive\n", _LISTING, "## Scenes\n"]
    for entry in scenes():
        steps = ", ".join(f"`{step}`" for step in entry.steps)
        parts.append(f"**{entry.name}**: {entry.summary} Steps: {steps}.\n")
    for house, title in HOUSES.items():
        parts.append(f"## Primitives: {title.lower()}\n")
        names = ", ".join(primitive_names(house))
        parts.append(f"![{names}](../media/gallery/{_sheet_name(house)})\n")
        for name in primitive_names(house):
            about = (inspect.getdoc(primitive_named(name)) or "").partition("\n\n")[0]
            parts.append(f"### {name}\n\n{about}\n\n```python\n{code_of(name).strip()}\n```\n")
    return "\n".join(parts)


def _sheet_name(house: str) -> str:
    return (
        f"primitives-{house.removeprefix('mlanim.').replace('subjects.', '').replace('_', '-')}.png"
    )


def sheet(house: str) -> Image.Image:
    """The primitives of a house in one picture, each above its name."""
    names = primitive_names(house)
    columns = min(_COLUMNS, len(names))
    rows = -(-len(names) // columns)
    wide, high = _CELL[0], _CELL[1] + _LINE
    whole = Image.new("RGB", (columns * wide, rows * high), LIGHT.surface)
    draw, face = ImageDraw.Draw(whole), font("Regular", 17)
    spec = RenderSpec.from_options(resolution="{},{}".format(*_CELL), still=True, seed=0)
    with TemporaryDirectory() as folder:
        picture = Path(folder, "picture.png")
        for place, name in enumerate(names):
            x, y = place % columns * wide, place // columns * high
            render(still_of(code_of(name)), replace(spec, output=picture))
            whole.paste(Image.open(picture).convert("RGB"), (x, y))
            draw.text((x + wide / 2, y + _CELL[1]), name, LIGHT.muted, face, anchor="ma")
    return whole.quantize(128)


def still_of(code: str) -> type[Explainer]:
    """A scene that is what an example makes."""

    class Still(Explainer):
        def construct(self) -> None:
            self.add(_fitted(made_by(code), self.area))

    return Still


def _fitted(shown: Mobject, room: Area) -> Mobject:
    """As large as is good to look at, in the middle."""
    fitting = min(room.width / shown.width, room.height / shown.height)
    return shown.scale(min(_LARGEST, _SHARE * fitting)).move_to(room.center)


def _video(name: str) -> str:
    return (
        "```{raw} html\n"
        f'<video class="loop" loop muted playsinline controls preload="none" width="640" '
        f'height="360" poster="../_static/loops/{name}.png" src="../_static/loops/{name}.mp4" '
        f'aria-label="{name}"></video>\n```\n'
    )


def _loops() -> Iterator[tuple[str, type[Scene], RenderSpec]]:
    """Every loop's name, scene and spec."""
    spec = RenderSpec.from_options(resolution=_SIZE, fps=_FPS, seed=0)
    for entry in scenes():
        with configured(spec):
            yield f"scene-{entry.name}", load(entry), replace(spec, steps=(step_of(entry),))
    for name in primitive_names():
        yield f"primitive-{name}", loop_of(code_of(name)), spec


def _make(folder: Path) -> None:
    """Render the loops, each with the picture that stands for it until it plays."""
    for name, scene_class, spec in _loops():
        film, still = folder / f"{name}.mp4", folder / f"{name}.png"
        if film.exists() and still.exists():
            continue
        click.echo(name, err=True)
        made = render(scene_class, replace(spec, output=film), rendered_before=True)
        at = max(0.0, made.seconds - (1.0 if name.startswith("primitive") else 1 / _FPS))
        render(scene_class, replace(spec, format="png", output=still, at=at))


def _page_of(entry: SceneEntry) -> str:
    assert entry.path is not None
    steps = "\n".join(f"| `{s}` | {t} |" for s, t in zip(entry.steps, entry.says, strict=True))
    return (
        f"# {entry.name}\n\n{entry.summary}\n\n| Step | What it teaches |\n|---|---|\n{steps}\n\n"
        f"```{{literalinclude}} ../../../scenes/{entry.path.name}\n```\n"
    )


def write(folder: Path, *, films: bool = True) -> None:
    """Write the gallery's pages into a folder, and the loops below it."""
    (folder / "scenes").mkdir(parents=True, exist_ok=True)
    (folder / "gallery.md").write_text(page(), encoding="utf-8")
    for entry in scenes():
        (folder / "scenes" / f"{entry.name}.md").write_text(_page_of(entry), encoding="utf-8")
    if films:
        loops = folder / "static" / "loops"
        loops.mkdir(parents=True, exist_ok=True)
        _make(loops)


if __name__ == "__main__":
    if "--pictures" in sys.argv:
        asked = [house for house in HOUSES if house.rpartition(".")[2] in sys.argv]
        for house in asked or HOUSES:
            sheet(house).save(_PICTURES / _sheet_name(house), optimize=True)
    elif "--list" in sys.argv:
        _LISTED.write_text(listing(), encoding="utf-8")
    else:
        write(_GENERATED)
