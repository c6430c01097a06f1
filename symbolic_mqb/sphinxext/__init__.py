"""A Sphinx extension that shows checked derivations: put ``symbolic_mqb.sphinxext`` among your extensions.

Directives and a role, in the domain ``mqb``:

``.. mqb:result:: LABEL …``
    results with their verdict, what is printed, what is proved, the derivation and the evidence;
``.. mqb:section:: NAME``
    all results of a section of the paper, in its order;
``.. mqb:errata::``, ``.. mqb:comparison::``, ``.. mqb:graph::``, ``.. mqb:trusted::``, ``.. mqb:verdicts::``
    the errors of the print, print against proof, what uses what, the trusted base, the tally;
``:mqb:ref:`LABEL```
    a link to where a result is shown.

``mqb_files`` in ``conf.py`` lists derivation files of your own (relative to it): their labels can be shown as
well. Everything is verified once when the documentation is built; what does not pass is a warning.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import __version__
from . import directives, nodes
from .checked import outdated, verify_all
from .domain import MqbDomain

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_HERE = Path(__file__).parent
#: MathJax typesets what comes into view, so that a page of a hundred formulas opens at once.
_MATHJAX = {
    "loader": {"load": ["ui/lazy"]},
    "tex": {"inlineMath": [["$", "$"], ["\\(", "\\)"]], "processEscapes": True},
    "options": {
        "ignoreHtmlClass": "tex2jax_ignore|mathjax_ignore|document",
        "processHtmlClass": "tex2jax_process|mathjax_process|math|output_area",
    },
}


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the domain, its directives and the style (called by Sphinx)."""
    app.add_config_value("mqb_files", [], "env", types=frozenset({list, tuple}))
    app.add_config_value("mqb_digits", 50, "env", types=frozenset({int}))
    app.add_domain(MqbDomain)
    nodes.register(app)
    directives.register(app)
    app.connect("config-inited", _configure)
    app.connect("builder-inited", _assets)
    app.connect("builder-inited", verify_all)
    app.connect("env-get-outdated", outdated)
    app.connect("doctree-resolved", nodes.resolve)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def _configure(app: Sphinx, config: Any) -> None:
    if "mathjax3_config" in config and not config.mathjax3_config:
        config.mathjax3_config = _MATHJAX


def _assets(app: Sphinx) -> None:
    if app.builder.format == "html":
        app.config.html_static_path.append(str(_HERE / "static"))
        app.add_css_file("mqb.css")
        app.add_js_file("mqb.js", loading_method="defer")
