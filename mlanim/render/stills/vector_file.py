"""Vector files of one frame: an SVG for the web, a PDF page for print."""

from __future__ import annotations

import io
from dataclasses import dataclass

import cairo

from mlanim.explainer import Explainer
from mlanim.render.plays.sections import steps_of
from mlanim.render.stills.cropping import Crop
from mlanim.render.stills.seeking import Glimpse
from mlanim.render.stills.svg_text import tidied, titled
from mlanim.render.stills.vector_page import draw_page
from mlanim.steps import step_title
from mlanim.words.table import ENGLISH

__all__ = ["Caption", "caption_of", "pdf", "svg"]

_POINTS = 72 / 96  # for a pixel, as CSS has it: an SVG and a PDF print equally large


@dataclass(frozen=True)
class Caption:
    """What a picture is called, and what it shows, for those who cannot see it."""

    title: str
    description: str


def caption_of(glimpse: Glimpse, at: float | None) -> Caption:
    """Scene, step and time of a frame; `at` is the time that was asked for, None the end."""
    scene = glimpse.scene
    words = scene.theme.words if isinstance(scene, Explainer) else ENGLISH
    when = words.said("at the end" if at is None else f"at {at:g} s", "alternative")
    title, said = type(scene).__name__, ""
    steps = steps_of(scene)
    running = [step for step in steps if step.shown and step.last_play is None]
    ended = [step for step in steps if step.shown] if at is None else []
    if running or ended:
        step = (running or ended)[-1]
        called = step.title or words.said(step_title(step.path), "step")
        title, said = f"{title}: {called if words.entries else step.path}", step.say
    return Caption(title, f"{title}, {when}. {said}".strip())


def svg(glimpse: Glimpse, caption: Caption, crop: Crop) -> bytes:
    """A part of the frame as an SVG whose viewBox is in pixels."""
    camera = glimpse.scene.camera
    target = io.BytesIO()
    surface = cairo.SVGSurface(target, crop.width, crop.height)
    surface.set_device_offset(-crop.left, -crop.top)
    surface.set_document_unit(cairo.SVGUnit.PX)
    draw_page(surface, camera, glimpse.layers())
    surface.finish()
    text = tidied(target.getvalue().decode())
    return titled(text, caption.title, caption.description).encode()


def pdf(glimpse: Glimpse, caption: Caption, crop: Crop) -> bytes:
    """A part of the frame as a PDF of one page, of that shape."""
    camera = glimpse.scene.camera
    target = io.BytesIO()
    surface = cairo.PDFSurface(target, crop.width * _POINTS, crop.height * _POINTS)
    surface.set_device_offset(-crop.left * _POINTS, -crop.top * _POINTS)
    surface.set_metadata(cairo.PDFMetadata.TITLE, caption.title)
    surface.set_metadata(cairo.PDFMetadata.SUBJECT, caption.description)
    surface.set_metadata(cairo.PDFMetadata.CREATOR, "mlanim")
    surface.set_metadata(cairo.PDFMetadata.CREATE_DATE, "")  # the same frame, the same bytes
    draw_page(surface, camera, glimpse.layers(), scale=_POINTS)
    surface.finish()
    return target.getvalue()
