"""Manifests with anything wrong in them: a manifest, or one line; never another error.

MLANIM_MANIFESTS=2500 looks at as many; the seed is below.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

from mlanim.errors import MlanimError
from mlanim.publish.manifest import read_manifest
from tests.conftest import Call, one_line

SEED = 20261126
COUNT = int(os.environ.get("MLANIM_MANIFESTS", "50"))
MANIFEST = """output = "assets"
[defaults]
theme = "light"
quality = "l"
[[asset]]
scene = "demo"
output = "demo-{theme}.{format}"
matrix = { theme = ["light", "dark"], format = ["mp4", "webm"] }
[[asset]]
scene = "scenes/demo.py"
class = "Demo"
steps = ["second"]
format = "gif"
max_bytes = "1MB"
fps = 12.5
loop = 2
set = { side = 1.5, words = ["x", "y"] }
[[asset]]
scene = "demo"
for = "thread"
seed = 3
[[asset]]
scene = "demo"
output = "still.png"
at = 0.1
resolution = "64,36"
"""
KEYS = ["scene", "class", "output", "for", "format", "quality", "resolution", "aspect", "fps"]
KEYS += ["theme", "steps", "set", "params", "trace", "seed", "at", "still", "transparent"]
KEYS += ["codec", "loop", "hold", "max_bytes", "captions", "narrate", "matrix"]
TEXTS = ("", " ", "\\u0000", "~nobody/a.mp4", "../a.mp4", "{theme}", "{", "{0}", "{theme!r}")
TEXTS += ("{theme:>1000000000}", "a" * 300, "a" * 300 + ".mp4", "\\u202E", "thread", "scenes", ".")
PLAIN = ("1e400", "inf", "nan", "9" * 400, "9" * 5000, "-1", "true", "[]", "{}", "[[]]", "[1, 2]")
PLAIN += ("{side=true}", f"{{side={'9' * 400}}}", "{side=nan}", "1979-05-27", "0x10")
PLAIN += tuple(f"{{words={'[' * depth + ']' * depth}}}" for depth in (200, 5000))
PLAIN += (f'["first#{"9" * 400}"]',)
VALUES = (*(f'"{text}"' for text in TEXTS), *PLAIN)
LINES = ("[", "[[", "[[asset]]", "[asset.set]", "[[asset.matrix]]", f"[{'a.' * 100}a]")
LINES += (f"{'a.' * 100}a = 1", f"x = {'[' * 3000}")


def mutated(chance: random.Random) -> str:
    """The manifest with one to six things changed: values, keys, lines, signs, its end."""
    text = MANIFEST
    for _ in range(chance.choice([1, 1, 1, 2, 3, 6])):
        lines = text.split("\n")
        place, sign = chance.randrange(len(lines)), chance.randrange(max(1, len(text)))
        match chance.randrange(8):
            case 0 | 1 if "=" in lines[place]:
                lines[place] = f"{lines[place].partition('=')[0]}= {chance.choice(VALUES)}"
            case 2 | 3:
                lines.insert(place, f"{chance.choice(KEYS)} = {chance.choice(VALUES)}")
            case 4:
                lines.insert(place, chance.choice(LINES))
            case 5:
                del lines[place]
            case 6:
                odd = chance.choice('"[]{}=\0\\é#.\ufeff\r')
                lines = (text[:sign] + odd + text[sign + chance.randrange(9) :]).split("\n")
            case _:
                inner = f"{chance.choice(KEYS)}.{chance.choice(KEYS)}"
                lines.insert(place, f"{inner} = {chance.choice(VALUES)}")
        text = "\n".join(lines)
    return text


def tree(folder: Path) -> set[str]:
    found = {str(path.relative_to(folder)) for path in folder.rglob("*")}
    return {name for name in found if "__pycache__" not in name}


def test_any_manifest_is_read_or_refused_in_a_line(call: Call, desk: Path) -> None:
    chance = random.Random(SEED)
    file = desk / "m.toml"
    file.touch()
    before = tree(desk)
    for number in range(COUNT):
        file.write_text(mutated(chance), encoding="utf-8")
        try:
            read_manifest(Path("m.toml"))
        except MlanimError as error:
            assert "\n" not in str(error) and len(str(error)) < 1500, number
        if number % 25 == 0:
            done = call("build", "m.toml", "--dry-run")
            assert done.exit_code in (0, 1, 2)
            assert done.exit_code == 0 or "run again" not in one_line(done), number
    assert tree(desk) == before
