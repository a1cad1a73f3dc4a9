"""Sphinx's configuration; `./run docs` builds the site into docs/_build."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import mlanim

project = "mlanim"
version = release = mlanim.__version__
extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
]
html_theme = "furo"
html_title = "mlanim"
html_static_path = ["_static", "_generated/static"]
html_css_files = ["docs.css"]
html_js_files = ["loops.js"]
exclude_patterns = ["_build", "notebooks", "examples"]
myst_heading_anchors = 3
myst_links_external_new_tab = False
suppress_warnings = ["myst.xref_missing"]  # links to files of the repository
default_role = "code"  # single backticks, as the docstrings have them
autodoc_preserve_defaults = True  # a theme by its name, not by all its colours
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"exclude-members": "__init__, __new__"}
toc_object_entries = False
