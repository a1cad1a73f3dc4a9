"""An author's day, from an empty folder to assets, an article's film and slides."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import Result

from mlanim.publish.snippet import SCRIPT
from tests.conftest import Call

SMALL = ("-r", "320,180", "--fps", "10")

MANIFEST = """
output = "assets"
[defaults]
resolution = "320,180"
fps = 10
[[asset]]
scene = "beam-search"
output = "beam-{theme}.{format}"
matrix = { theme = ["light", "dark"], format = ["mp4", "webm"] }
[[asset]]
scene = "beam-search"
steps = ["softmax"]
format = "gif"
max_bytes = "1MB"
output = "softmax.gif"
set = { scores = [3.0, 2.0, 1.0] }
[[asset]]
scene = "greedy"
output = "greedy.svg"
"""


def done(result: Result) -> str:
    assert result.exit_code == 0, result.stderr
    return result.stdout


def states(result: Result) -> dict[str, str]:
    told = json.loads(done(result))
    return {Path(asset["path"]).name: asset["state"] for asset in told["assets"]}


def test_a_day(call: Call, desk: Path) -> None:
    for name in ("beam-search", "greedy"):
        assert done(call("new", name)) == f"scenes/{name.replace('-', '_')}.py\n"
    assert "media/beam-search/beam-search.mp4" in done(call("render", "beam-search", *SMALL))
    assert "nothing found" in done(call("check", "beam-search", "-q", "l", "--fps", "5"))

    (desk / "article.toml").write_text(MANIFEST)
    assert set(states(call("build", "article.toml", "--json")).values()) == {"made"}
    assets = desk / "assets"
    assert (assets / "softmax.gif").read_bytes().startswith(b"GIF89a")
    assert (assets / "softmax.gif").stat().st_size <= 1_000_000
    assert (assets / "greedy.svg").read_text().startswith("<?xml")
    light, dark = (assets / f"beam-{theme}.webm" for theme in ("light", "dark"))
    assert light.read_bytes() != dark.read_bytes()

    assert set(states(call("build", "article.toml", "--json")).values()) == {"unchanged"}
    greedy = desk / "scenes/greedy.py"
    greedy.write_text(greedy.read_text() + "# touched\n")
    found = states(call("build", "article.toml", "--json"))
    assert found.pop("greedy.svg") == "made"
    assert set(found.values()) == {"unchanged"}

    done(call("embed", "beam-search", "-o", "film", "--theme", "light", *SMALL))
    assert {"beam-search.webm", "beam-search.mp4", "beam-search.png", "beam-search.vtt"} < {
        path.name for path in (desk / "film").iterdir()
    }
    assert f'src="film/{SCRIPT}"' in (desk / "film/snippet.html").read_text()

    done(call("slides", "beam-search", "-o", "deck.html", *SMALL))
    assert (desk / "deck.html").read_text().count("Softmax turns the scores into weights") >= 1
