"""A theme from a file: what it changes, what it refuses, and the colours that would pass."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

from mlanim import fonts
from mlanim.colour import contrast, delta_e76, from_hex
from mlanim.errors import UsageError
from mlanim.theme import MEETING, READABLE, Theme, get_theme

UNIVERSITY = """
base = "light"
surface = "#FFFDF7"
[roles]
encoder = "#003A70"
decoder = "#9D2235"
"""


FILES = {
    "uni.toml.ttf": b"no font",
    "uni.png": b"no picture",
    "huge.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
    + (9000).to_bytes(4, "big")
    + (12000).to_bytes(4, "big"),
    "cut.svg": b"<svg><rect width='20'",
    "page.svg": b"<html/>",
    "empty.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><g><path d=''/></g></svg>",
    "aside.svg": b"<svg><defs><rect width='9' height='9'/></defs><circle r='0'/></svg>",
    "words.svg": b"<svg><rect fill='url(#blue)'/><text>Uni</text></svg>",
}


def theme_of(folder: Path, text: str) -> Theme:
    file = folder / "uni.toml"
    file.write_text(text, encoding="utf-8")
    return get_theme(str(file))


def refused(folder: Path, text: str) -> str:
    with pytest.raises(UsageError) as error:
        theme_of(folder, text)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_two_colours_of_a_university_move_the_others_out_of_their_way(tmp_path: Path) -> None:
    theme = theme_of(tmp_path, UNIVERSITY)
    assert theme.name == "uni" and theme.role("encoder").ink == "#003A70"
    for roles in MEETING.values():
        for one, other in combinations(roles, 2):
            inks = (from_hex(theme.role(one).ink), from_hex(theme.role(other).ink))
            for eye in ("deuteranopia", "protanopia"):
                assert delta_e76(*inks, eye) >= 20, (one, other)
    for role in theme.roles.values():
        assert contrast(from_hex(role.ink), from_hex(theme.surface)) >= READABLE
        assert contrast(from_hex(role.ink), from_hex(role.fill)) >= READABLE


def test_what_a_file_does_not_say_is_the_bases(tmp_path: Path) -> None:
    theme = theme_of(tmp_path, 'base = "dark"\ngap = 0.3\n[sizes]\ntitle = 0.4\n')
    dark = get_theme("dark")
    assert theme.roles == dark.roles and theme.surface == dark.surface
    assert (theme.gap, theme.sizes.title, theme.sizes.body) == (0.3, 0.4, dark.sizes.body)


def test_a_colour_that_does_not_read_is_refused_with_the_nearest_that_does(tmp_path: Path) -> None:
    told = refused(tmp_path, '[roles]\nencoder = "#FFEE00"\n')
    assert "encoder #FFEE00 has 1.2:1 on the surface #FFFFFF" in told
    near = told.rpartition("is ")[2]
    assert contrast(from_hex(near), from_hex("#FFFFFF")) >= READABLE
    assert theme_of(tmp_path, f'[roles]\nencoder = "{near}"\n').role("encoder").ink == near


def test_colours_that_look_alike_to_some_are_refused(tmp_path: Path) -> None:
    told = refused(tmp_path, '[roles]\nencoder = "#003A70"\ndecoder = "#003B72"\n')
    assert "decoder #003B72 is ΔE 1 from encoder under deuteranopia, and needs 20; the" in told
    assert "encoder #003A70" not in told  # one of the two may stay


def test_what_is_offered_for_several_roles_passes_together(tmp_path: Path) -> None:
    wrong = {"encoder": "#FFEE00", "decoder": "#FFEE01", "hidden": "#FFEE02"}
    told = refused(tmp_path, "[roles]\n" + "\n".join(f'{r} = "{c}"' for r, c in wrong.items()))
    offered = dict(zip(wrong, re.findall(r"passes is (#\w+)", told), strict=True))
    theme = theme_of(tmp_path, "[roles]\n" + "\n".join(f'{r} = "{c}"' for r, c in offered.items()))
    assert {role: theme.role(role).ink for role in offered} == offered


def test_texts_read_on_every_fill(tmp_path: Path) -> None:
    told = refused(tmp_path, '[roles]\nencoder = { ink = "#003A70", fill = "#336699" }\n')
    near = told.rpartition("the nearest fill that passes is ")[2]
    pair = f'{{ ink = "#003A70", fill = "{near}" }}'
    assert theme_of(tmp_path, f"[roles]\nencoder = {pair}\n").role("encoder").fill == near
    pale = theme_of(tmp_path, 'ink = "#707070"\n')  # 4.9:1 on white: fills become paler for it
    for role in pale.roles.values():
        assert contrast(from_hex(pale.ink), from_hex(role.fill)) >= READABLE


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('surfce = "#FFFFFF"', "unknown key 'surfce': did you mean 'surface'?"),
        ('base = "lite"', "base = 'lite': did you mean 'light'?"),
        ('surface = "white"', 'write a colour as "#0B1B33"'),
        ('surface = "#777777"', "ink #1B1F27 has 3.7:1 on the surface #777777"),
        ('[roles]\nencodr = "#003A70"', "unknown key 'encodr'"),
        ('[roles]\nencoder = { fill = "#FFFFFF" }', "encoder has no ink"),
        ('[fonts]\nsans = "Source Sanz 3"', "did you mean 'Source Sans 3'"),
        ('[fonts]\nsans = "none.ttf"', "there is no such file"),
        ('[fonts]\nsans = "uni.toml.ttf"', "there is no font in such a file"),
        ('[fonts]\nsans = "bold.ttf"', "is the Semibold face of Source Sans 3"),
        ("[sizes]\nsmall = 0.1", "a number from 0.178 to 0.6"),
        ("[sizes]\nbody = 0.5", "each at least as large as the one before"),
        ('[logo]\nfile = "none.svg"', "there is no such file"),
        ('[logo]\nfile = "a.pdf"', "give the path of an .svg or .png"),
        ('[logo]\nfile = "huge.png"', "has 9000 x 12000 pixels: save it with at most 4096 a side"),
        ('[logo]\nfile = "uni.png"', "there is no PNG in it"),
        ('[logo]\nfile = "cut.svg"', "is no SVG: unclosed token"),
        ('[logo]\nfile = "page.svg"', "it begins with <html>"),
        ('[logo]\nfile = "empty.svg"', "nothing is drawn in it"),
        ('[logo]\nfile = "aside.svg"', "nothing is drawn in it"),
        ('[logo]\nfile = "words.svg"', "text and gradients, patterns or masks in it would not be"),
        ("watermark = 3", "a text of up to 60 characters"),
        ("roles = 1", "write a table, [roles]"),
        ("base = ", "is no TOML"),
    ],
)
def test_a_broken_file_is_refused_in_one_line(tmp_path: Path, text: str, told: str) -> None:
    bold = next(file for file in fonts.FILES if "Sans3-Semibold" in file.name)
    (tmp_path / "bold.ttf").symlink_to(bold)
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    assert told in refused(tmp_path, text)


def test_a_font_of_a_file_is_called_by_its_family(tmp_path: Path) -> None:
    mono = next(file for file in fonts.FILES if "CodePro-Regular" in file.name)
    (tmp_path / "own.ttf").write_bytes(mono.read_bytes())
    theme = theme_of(tmp_path, '[fonts]\nsans = "own.ttf"\n')
    assert theme.fonts.sans == fonts.MONO
    assert theme.font_files == (str(tmp_path / "own.ttf"),)


def test_a_file_of_a_windows_editor_is_read(tmp_path: Path) -> None:
    assert theme_of(tmp_path, "\ufeffgap = 0.3\n").gap == 0.3


def test_a_family_is_known_however_it_is_written(tmp_path: Path) -> None:
    assert theme_of(tmp_path, '[fonts]\nsans = "source SANS 3"\n').fonts.sans == fonts.SANS


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        get_theme(str(tmp_path / "no.toml"))
    with pytest.raises(UsageError, match=r"did you mean 'dark'\?, or a .toml file"):
        get_theme("drak")
