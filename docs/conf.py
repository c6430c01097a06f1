"""Sphinx configuration. Everything that is said of a result comes from verifying the book during the build."""

import os
from pathlib import Path

import pypandoc

from symbolic_mqb import __version__

# nbsphinx calls pandoc, which pypandoc-binary brings
os.environ["PATH"] += os.pathsep + str(Path(pypandoc.get_pandoc_path()).parent)

project = "symbolic_mqb"
author = "the symbolic_mqb authors"
release = version = __version__
extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.mathjax",
    "sphinx-mathjax-offline",
    "symbolic_mqb.sphinxext",
    "nbsphinx",
]
exclude_patterns = ["_build", "**.ipynb_checkpoints", "report.md"]
mqb_files = ["mine.py"]
html_theme = "furo"
html_title = "symbolic_mqb"
html_show_sphinx = False
html_copy_source = False
html_static_path: list[str] = []
html_theme_options = {"footer_icons": []}
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
default_role = "code"

nbsphinx_execute = "always"
nbsphinx_requirejs_path = ""
nbsphinx_timeout = 300


def plain_bars(app, what, name, obj, options, lines):
    """|z| and |ψ⟩ in docstrings are mathematics, not substitutions."""
    lines[:] = [line.replace("|", "\\|") for line in lines]


def setup(app):
    """MathJax as SVG: no font has to be fetched."""
    app.connect("config-inited", lambda _, config: setattr(config, "mathjax_path", "mathjax/tex-svg.js"), priority=900)
    app.connect("autodoc-process-docstring", plain_bars)
