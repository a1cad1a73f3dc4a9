"""The script that `mlanim new` writes: short, idiomatic, and taught by its comments."""

from __future__ import annotations

import keyword
import re
from pathlib import Path

from mlanim.catalogue import bundled_folder
from mlanim.errors import MlanimError, UsageError, did_you_mean

__all__ = ["scene_script", "write_scene"]

_LONGEST = 100  # letters of a name
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")

_SCRIPT = '''"""{title}: say in one line what the scene explains."""

from __future__ import annotations

import numpy as np

from mlanim import Explainer, parameter
from mlanim import motion as do  # verbs: functions that return animations
from mlanim import primitives as show  # nouns: things with named parts, drawn from arrays


class {class_name}(Explainer):
    """{title}: the line that `mlanim list` shows."""

    # A parameter is a `--set` name, a row of `mlanim show`, and an argument in Python.
    scores: list[float] = parameter([2.0, 1.0, 0.1], "one score for each word")

    def construct(self):
        # Compute first, with NumPy. Whatever is on screen comes from these arrays.
        scores = np.array(self.scores)
        weights = np.exp(scores) / np.exp(scores).sum()

        # self.body is the frame below the heading, whatever its shape: 16:9, 1:1, 9:16.
        upper, lower = self.body.rows(1, 1.4)

        # A step is a chapter, a caption, and what `--steps scores` renders alone.
        with self.step("scores", say="Each word has a score. It may be any number."):
            box = show.TensorBox(
                scores, role="score", theme=self.theme, orientation="row", cell=1.1
            )
            self.turn_to("Scores", upper.place(box))
            self.wait(2.5)

        with self.step("softmax", say="Softmax turns the scores into weights that sum to one."):
            bars = show.SoftmaxBars(weights, theme=self.theme)
            lower.place(bars)
            self.play(self.retitle("Softmax"), do.softmax(box.numbers or box.cells, bars))
            self.wait(2.5)

        # Now:  mlanim render {name} -q l      mlanim storyboard {name}      mlanim check {name}
'''


def scene_script(name: str, source: str | None = None) -> str:
    """The text of a new scene; with `source`, that of a bundled scene under a new name.

    Raises UsageError for a name that is none, or a bundled scene that there is not.

    >>> "class BeamSearch(Explainer):" in scene_script("beam-search")
    True
    """
    if not _NAME.fullmatch(name) or keyword.iskeyword(name):
        wish = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        hint = f"such as {wish!r}" if _NAME.fullmatch(wish) else "such as 'my-scene'"
        raise UsageError(f"a scene named {name!r}", f"lower-case words with hyphens, {hint}")
    if len(name) > _LONGEST:
        raise UsageError(f"a scene named {name!r} is too long", f"at most {_LONGEST} letters")
    class_name = "".join(word.capitalize() for word in name.split("-"))
    if source is None:
        title = name.replace("-", " ").capitalize()
        return _SCRIPT.format(title=title, class_name=class_name, name=name)
    bundled = {path.stem.replace("_", "-"): path for path in bundled_folder().glob("[a-z]*.py")}
    if source not in bundled:
        raise UsageError(f"no bundled scene {source!r}", did_you_mean(source, sorted(bundled)))
    text = bundled[source].read_text(encoding="utf-8")
    return re.sub(r"^class \w+\(Explainer\):", f"class {class_name}(Explainer):", text, flags=re.M)


def write_scene(name: str, source: str | None = None, folder: Path | None = None) -> Path:
    """Write scenes/<name>.py in a folder (the working one), and never over a file.

    Raises UsageError for a bad name or a file that is there, MlanimError where nothing can be
    written.
    """
    text = scene_script(name, source)
    path = (folder or Path()) / "scenes" / f"{name.replace('-', '_')}.py"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(f"{path} is there already", "choose another name, or move it") from None
    except OSError as error:
        raise MlanimError(f"{path}: {error.strerror}", "go to a folder you can write to") from error
    return path
