"""`mlanim words`: what a scene shows and says, to be written in another language."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import click

from mlanim.cli.options import scene_options
from mlanim.errors import UsageError
from mlanim.named_path import named_path
from mlanim.render.stage.asked_scene import open_scene


@click.command("words", context_settings={"default_map": {"quality": "l"}})
@click.argument("scene")
@click.argument("class_name", metavar="[CLASS]", required=False)
@scene_options
@click.option("-o", "--output", metavar="FILE.toml", help="Where to write them. Default: stdout.")
@click.option("--quiet", is_flag=True, help="No progress.")
@click.option("--json", "as_json", is_flag=True, help="The texts as JSON on stdout.")
def command(
    scene: str,
    class_name: str | None,
    output: str | None,
    quiet: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Write the words of a scene: headings, labels, what its steps say, what text alternatives
    tell, what it and its steps are called, and what its page says; each text once.

    Put your own behind each `=`, and give the file to --words. Numbers and what stands in quotes
    are places, {1}, {2} and so on, which may stand in another order. What is given by --words or
    --language already is filled in.
    """
    target = None
    if output is not None:
        target = named_path(output, "-o", "give the path of a .toml file")
        if target.suffix.lower() != ".toml":
            raise UsageError(f"-o {output}", "words are written as .toml")
    with open_scene(scene, class_name, **options) as opened:
        from mlanim.publish.buttons import DECK
        from mlanim.publish.page.wording import ARTICLE
        from mlanim.publish.sayings import Sayings
        from mlanim.render.asked.destination import check_destination
        from mlanim.render.stage.observer import Observers
        from mlanim.render.stage.progress import ProgressBar
        from mlanim.replacing import replacing
        from mlanim.review.wording import titles_of, words_of
        from mlanim.words.files import read_words, written

        if target is not None:
            check_destination(opened.spec.where / target, folder=False)
        known = read_words(opened.spec.words)
        with ProgressBar(opened.steps, quiet=quiet) as progress:
            looks = Observers([progress, Sayings()])  # which asks for the words of alternatives
            found = words_of(opened.scene_class, opened.spec, progress=looks)
        there = {one.template for one in found}
        more = (*titles_of(opened.entry), *ARTICLE.found(), *DECK.found())
        found += [one for one in more if one.template not in there]
        name = class_name or opened.entry.name
        begin = f"# The words of {name}. What stands for each, write behind its =.\n\n"
        text = begin + written(found, known.entries) + "\n"
        if target is not None:
            with replacing(opened.spec.where / target) as temporary:
                temporary.write_text(text, encoding="utf-8")
    if as_json:
        record = {"path": output, "words": [asdict(one) for one in found]}
        click.echo(json.dumps(record, ensure_ascii=False))
    else:
        click.echo(text.rstrip() if target is None else target)
