"""SymPy at the surface: every term as a SymPy expression and back, the paper's functions, proved results applied.

to_sympy, from_sympy, notice, latex     terms and SymPy expressions
He, H, WeierstrassTransform, DickeMatrixElement
apply_theorem                            a proved result on a SymPy expression
Equation, AtMost, Less, Unequal, …       statements that SymPy never decides
"""

from __future__ import annotations

from .application import Applied, apply_theorem
from .errors import ConditionUnmet, NotApplicable, TranslationError
from .from_sympy import from_sympy, notice
from .functions import H, He
from .objects import (
    AdjointOperator,
    BigO,
    BraKet,
    Defined,
    Density,
    DerivativeAt,
    Dicke,
    Dirac,
    Entry,
    Evolved,
    FunctionSymbol,
    IdentityOperator,
    MatrixOperator,
    OperatorProduct,
    OperatorSymbol,
    OperatorValue,
    Outer,
    Permuted,
    TaylorCoefficient,
    TensorPower,
    TensorProduct,
    Trace,
    TraceOf,
    TupleItem,
    TupleSum,
    TupleSymbol,
    Word,
)
from .statements import (
    AtMost,
    Equation,
    Eventually,
    IsInteger,
    IsReal,
    Less,
    Povm,
    ProjectiveMeasurement,
    Statement,
    TendsTo,
    Unequal,
    WeakLimit,
)
from .to_sympy import latex, to_sympy
from .transforms import DickeMatrixElement, WeierstrassTransform

__all__ = [
    "AdjointOperator",
    "Applied",
    "AtMost",
    "BigO",
    "BraKet",
    "ConditionUnmet",
    "Defined",
    "Density",
    "DerivativeAt",
    "Dicke",
    "DickeMatrixElement",
    "Dirac",
    "Entry",
    "Equation",
    "Eventually",
    "Evolved",
    "FunctionSymbol",
    "H",
    "He",
    "IdentityOperator",
    "IsInteger",
    "IsReal",
    "Less",
    "MatrixOperator",
    "NotApplicable",
    "OperatorProduct",
    "OperatorSymbol",
    "OperatorValue",
    "Outer",
    "Permuted",
    "Povm",
    "ProjectiveMeasurement",
    "Statement",
    "TaylorCoefficient",
    "TendsTo",
    "TensorPower",
    "TensorProduct",
    "Trace",
    "TraceOf",
    "TranslationError",
    "TupleItem",
    "TupleSum",
    "TupleSymbol",
    "Unequal",
    "WeakLimit",
    "WeierstrassTransform",
    "Word",
    "apply_theorem",
    "from_sympy",
    "latex",
    "notice",
    "to_sympy",
]
