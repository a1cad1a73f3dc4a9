"""The PowerPoint deck: each step a slide with its film, which starts by itself, and its notes."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from mlanim.errors import MlanimError
from mlanim.publish.escaping import one_line
from mlanim.publish.slides import Deck, Slide
from mlanim.render.asked.destination import check_destination
from mlanim.replacing import replacing

__all__ = ["check_pptx", "write_pptx"]

_SHORT_SIDE = 6858000  # in EMU, 7.5 inches: what PowerPoint itself gives a slide
_LONGEST = 255  # characters of a property, says the format
_TITLED = 5  # the layout with nothing but a title

# PowerPoint's own form for a film that starts when its slide comes: in the main sequence, after
# nothing, the command to play; besides, the media node for as long as it runs.
_TIMING = """
<p:timing xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:tnLst><p:par>
<p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot"><p:childTnLst>
<p:seq concurrent="1" nextAc="seek"><p:cTn id="2" dur="indefinite" nodeType="mainSeq"><p:childTnLst>
<p:par><p:cTn id="3" fill="hold"><p:stCondLst><p:cond delay="indefinite"/>
<p:cond evt="onBegin" delay="0"><p:tn val="2"/></p:cond></p:stCondLst><p:childTnLst>
<p:par><p:cTn id="4" fill="hold"><p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst>
<p:par><p:cTn id="5" presetID="1" presetClass="mediacall" presetSubtype="0" fill="hold"
 nodeType="afterEffect"><p:stCondLst><p:cond delay="0"/></p:stCondLst><p:childTnLst>
<p:cmd type="call" cmd="playFrom(0.0)"><p:cBhvr><p:cTn id="6" dur="{milliseconds}" fill="hold"/>
<p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl></p:cBhvr></p:cmd>
</p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:par>
</p:childTnLst></p:cTn>
<p:prevCondLst><p:cond evt="onPrev" delay="0">
<p:tgtEl><p:sldTgt/></p:tgtEl></p:cond></p:prevCondLst>
<p:nextCondLst><p:cond evt="onNext" delay="0">
<p:tgtEl><p:sldTgt/></p:tgtEl></p:cond></p:nextCondLst>
</p:seq>
<p:video><p:cMediaNode vol="80000"><p:cTn id="7" fill="hold" display="0"><p:stCondLst>
<p:cond delay="indefinite"/></p:stCondLst></p:cTn><p:tgtEl><p:spTgt spid="{shape}"/></p:tgtEl>
</p:cMediaNode></p:video>
</p:childTnLst></p:cTn></p:par></p:tnLst></p:timing>
"""


def check_pptx() -> None:
    """Refuse early where python-pptx is not installed.

    Raises:
        MlanimError: with the extra that has it.
    """
    try:
        import pptx  # noqa: F401
    except ImportError as error:
        raise MlanimError(
            "a .pptx needs python-pptx", 'pip install "mlanim[slides]"', "or name a .html"
        ) from error


def write_pptx(deck: Deck, output: Path) -> None:
    """Write the deck; the slides have the film's aspect.

    Raises:
        MlanimError: the place is not writable, or python-pptx is not installed.
    """
    check_pptx()
    check_destination(output, folder=False)
    from pptx import Presentation
    from pptx.util import Emu

    show: Any = Presentation()
    scale = _SHORT_SIDE / min(deck.width, deck.height)
    show.slide_width, show.slide_height = (
        Emu(int(deck.width * scale)),
        Emu(int(deck.height * scale)),
    )
    show.core_properties.title = one_line(deck.title)[:_LONGEST]
    show.core_properties.comments = one_line(deck.summary)[:_LONGEST]
    for slide in deck.slides:
        _add(show, slide, deck.surface)
    with replacing(output) as temporary:
        show.save(str(temporary))


def _add(show: Any, slide: Slide, surface: str) -> None:
    from lxml import etree
    from pptx.dml.color import RGBColor

    page = show.slides.add_slide(show.slide_layouts[_TITLED])
    page.background.fill.solid()
    page.background.fill.fore_color.rgb = RGBColor.from_string(surface.lstrip("#"))
    # Behind the film, for outlines, lists of slides and screen readers: it shows its own heading.
    title = page.shapes.title
    title.left, title.top, title.width = 0, 0, show.slide_width
    title.height = show.slide_height // 6
    title.text_frame.text = one_line(slide.title)
    # The poster is the picture of its end: what is printed, exported or looked over is whole.
    film = page.shapes.add_movie(
        io.BytesIO(slide.film),
        0,
        0,
        show.slide_width,
        show.slide_height,
        poster_frame_image=io.BytesIO(slide.last),
        mime_type="video/mp4",
    )
    part = slide.part
    film.name = one_line(slide.way)
    film._element.nvPicPr.cNvPr.set("descr", one_line(slide.seen))  # its text alternative
    root = page._element
    for timing in root.findall("{*}timing"):
        root.remove(timing)
    milliseconds = round(1000 * (part.end - part.start))
    timing = _TIMING.format(shape=film.shape_id, milliseconds=milliseconds)
    root.append(etree.fromstring(timing))
    page.notes_slide.notes_text_frame.text = one_line(part.say)
