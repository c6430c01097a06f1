"""The derivations of "Macroscopically nonlocal quantum correlations", proved line by line.

`symbolic_mqb.results` and `symbolic_mqb.tactics.reasons` hold the words of a derivation,
`symbolic_mqb.notation` the symbols, `symbolic_mqb.book` finds and proves results,
`symbolic_mqb.sympy_bridge` is where SymPy users start.
"""

__version__ = "0.1.0"
