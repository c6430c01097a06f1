"""The derivations of "Macroscopically nonlocal quantum correlations", proved line by line.

`symbolic_mqb.results` and `symbolic_mqb.tactics.reasons` hold the words of a derivation,
`symbolic_mqb.notation` the symbols, `symbolic_mqb.book` finds and proves results,
`symbolic_mqb.sympy_bridge` is where SymPy users start.
"""

__version__ = "0.1.0"


def load_ipython_extension(ipython: object) -> None:
    """`%load_ext symbolic_mqb`: terms and theorems are typeset in Jupyter."""
    from .render.jupyter import register

    register(ipython)
