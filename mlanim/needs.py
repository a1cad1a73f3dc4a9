"""What mlanim needs of a machine, each looked for in the way in which it will be used."""

from __future__ import annotations

import os
import platform
import shlex
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from mlanim import fonts

__all__ = ["Need", "needs"]

_ENCODERS = {"libx264": "mp4", "libvpx-vp9": "webm", "gif": "gif", "png": "png"}
# Beginnings of families that have Chinese letters, beside all that are named after them: CJK.
_CJK = ("PingFang", "Yu Gothic", "WenQuanYi", "Microsoft YaHei", "SimSun", "Source Han")
_PACKAGE = Path(__file__).parent


@dataclass(frozen=True)
class Need:
    """One need: what was found of it, or what is missing and the command that mends it.

    An optional need that is missing takes something away and breaks nothing.
    """

    name: str
    found: str = ""
    missing: str = ""
    mend: str = ""
    optional: bool = False


def needs(folder: Path | None = None) -> Iterator[Need]:
    """Look for every need; `folder` is where files will be written, by default the working one."""
    yield _try("Python", _python, "install Python 3.11 or later")
    yield _try("cairo", _cairo, _libraries("pycairo"))
    yield _try("pango", _pango, _libraries("manimpango"))
    yield _try("manim", _manim, _pip("manim[typst]>=0.22,<0.23"))
    yield _try("pillow", _pillow, _pip("pillow>=11,<13"))
    for name, package in _PACKAGES.items():
        yield _try(name, lambda name=name: _package(name), _pip(package))  # type: ignore[misc]
    for encoder, use in _ENCODERS.items():
        yield _try(f"{use} encoder", lambda e=encoder: _encoder(e), _pip("av>=15"))  # type: ignore[misc]
    yield _try("fonts", _fonts, "install mlanim again")
    yield _try("trained weights", _weights, "install mlanim again")
    yield _try("output folder", lambda: _writable(folder or Path.cwd()), "cd to your own folder")
    cjk = _install("fonts-noto-cjk", "font-noto-sans-cjk") or "install a Noto CJK font"
    yield _try("Chinese, Japanese, Korean", _cjk_font, cjk, optional=True)


_PACKAGES = {
    "numpy": "numpy>=2.1",
    "typst": "manim[typst]>=0.22,<0.23",
    "sklearn": "scikit-learn>=1.4",
    "contourpy": "contourpy>=1.2",
    "networkx": "networkx>=3.2",
    "safetensors": "safetensors>=0.4",
    "scipy": "scipy>=1.13",
    "srt": "srt>=3.5",
}


def _try(name: str, look: Callable[[], str], mend: str, *, optional: bool = False) -> Need:
    """Look for a need; whatever goes wrong is what is missing."""
    try:
        return Need(name, found=look(), optional=optional)
    except Exception as error:
        missing = " ".join(str(error).split()) or type(error).__name__
        return Need(name, missing=missing, mend=mend, optional=optional)


def _python() -> str:
    if sys.hexversion < 0x030B0000:
        raise LookupError(f"{platform.python_version()} is too old")
    return platform.python_version()


def _cairo() -> str:
    cairo = import_module("cairo")
    return f"{cairo.cairo_version_string()} (pycairo {cairo.version})"


def _pango() -> str:
    pango = import_module("manimpango")
    return f"{pango.pango_version()} (ManimPango {pango.__version__})"


def _manim() -> str:
    found = _version("manim")
    if not found.startswith("0.22."):
        raise LookupError(f"{found} does not fit: 0.22 is needed")
    import_module("manim")
    return found


def _pillow() -> str:
    found = _version("pillow")
    if int(found.partition(".")[0]) >= 13:
        raise LookupError(f"{found} breaks Manim's images: 12 or earlier is needed")
    import_module("PIL.Image")
    return found


def _package(name: str) -> str:
    module = import_module(name)
    return str(getattr(module, "__version__", "")) or _version(name)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        raise LookupError("not installed") from None


def _encoder(name: str) -> str:
    """Open the encoder: a build of FFmpeg may know a codec and lack its encoder."""
    av = import_module("av")
    av.codec.Codec(name, "w")
    return f"{name} (PyAV {av.__version__})"


def _fonts() -> str:
    fonts.register()
    return f"{fonts.SANS}, {fonts.MONO}"


def _weights() -> str:
    files = list(_PACKAGE.rglob("weights/*.npz"))
    if not files:
        raise LookupError(f"no weights in {_PACKAGE}")
    return f"{len(files)} files"


def _writable(folder: Path) -> str:
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise LookupError(f"cannot write to {folder}: {error.strerror}") from None
    return str(folder)


def _cjk_font() -> str:
    families: list[str] = import_module("manimpango").list_fonts()
    found = [font for font in families if "CJK" in font or font.startswith(_CJK)]
    if not found:
        raise LookupError("no font has their letters")
    return found[0]


def _pip(package: str) -> str:
    return f"{shlex.quote(sys.executable)} -m pip install --upgrade '{package}'"


def _libraries(package: str) -> str:
    """Build a binding again once its library is there; Windows has wheels and needs no library."""
    apt = "build-essential pkg-config python3-dev libcairo2-dev libpango1.0-dev"
    library = _install(apt, "cairo pango pkg-config")
    rebuild = f"{shlex.quote(sys.executable)} -m pip install --force-reinstall {package}"
    return f"{library} && {rebuild}" if library else rebuild


def _install(apt: str, brew: str) -> str:
    """Write the command of this system's own package manager; Windows has none to count on."""
    if platform.system() == "Darwin":
        return f"brew install {brew}"
    if platform.system() == "Windows":
        return ""
    return f"{'' if os.geteuid() == 0 else 'sudo '}apt-get install {apt}"
