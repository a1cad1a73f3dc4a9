"""Builds the site into docs/_build/html: python docs/build.py [--no-films]"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import gallery
import reference
from sphinx.cmd.build import build_main

HERE = Path(__file__).parent
GENERATED = HERE / "_generated"


def main() -> int:
    """Make films and pages, then the site."""
    films = "--no-films" not in sys.argv
    gallery.write(GENERATED, films=films)
    reference.write(GENERATED / "reference")
    (GENERATED / "static").mkdir(exist_ok=True)
    done = build_main(["-q", "-b", "html", str(HERE), str(HERE / "_build/html")])
    if not done:
        print(HERE / "_build/html/index.html")
    return done


if __name__ == "__main__":
    sys.exit(main())
