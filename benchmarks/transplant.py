"""Changed code in the place of a module's own, wherever the package already uses it."""

from __future__ import annotations

import importlib
import sys
import types
from typing import Any


def transplant(module: str, text: str) -> None:
    """Give the functions of an imported module the code of another text, wherever they are already in use."""
    real = importlib.import_module("symbolic_mqb." + module.replace("/", "."))
    other = types.ModuleType(real.__name__)
    other.__dict__.update(__file__=real.__file__, __package__=real.__package__)
    sys.modules[real.__name__] = other  # a dataclass looks for its module
    try:
        exec(compile(text, str(real.__file__), "exec"), other.__dict__)
    finally:
        sys.modules[real.__name__] = real
    own = {n for n, x in vars(real).items() if not hasattr(x, "__qualname__") or x.__module__ == real.__name__}
    package = [m for key, m in sys.modules.items() if key.startswith("symbolic_mqb.")]
    for name in own - {"RULES"}:
        if not name.startswith("__"):
            _replace(package, name, vars(real)[name], vars(other)[name])
    _decorate_again(module, real)
    for known in package:
        for x in list(vars(known).values()):
            if hasattr(x, "cache_clear"):
                x.cache_clear()


def _replace(package: list[types.ModuleType], name: str, old: Any, new: Any) -> None:
    """Put `new` in the place of `old`: code into code, methods into classes, other values under their name."""
    if isinstance(old, type):
        for key, x in vars(new).items():
            if isinstance(x, property):
                _replace(package, key, vars(old)[key].fget, x.fget)
            elif isinstance(x, (types.FunctionType, staticmethod)):
                _replace(package, key, getattr(old, key), getattr(new, key))
    elif callable(old) and hasattr(old, "__code__" if not hasattr(old, "__wrapped__") else "__wrapped__"):
        while hasattr(old, "__wrapped__"):
            old, new = old.__wrapped__, new.__wrapped__
        old.__code__, old.__defaults__, old.__kwdefaults__ = new.__code__, new.__defaults__, new.__kwdefaults__
    elif type(old) is not object:  # a sentinel stays what it is
        if type(new) is not type(old) and type(new).__name__ == type(old).__name__:  # of the other text's class
            object.__setattr__(new, "__class__", type(old))
        for module in package:
            if vars(module).get(name) is old:
                setattr(module, name, new)


def _decorate_again(module: str, real: types.ModuleType) -> None:
    """Rules and questions hold the code that the decorators `rule` and `tracked` once gave them."""
    if module == "kernel/theorem":
        for made in importlib.import_module("symbolic_mqb.rules").RULES.values():
            again = real.rule(made.__wrapped__)
            made.__code__ = again.__code__
            for cell, new in zip(made.__closure__, again.__closure__, strict=True):
                cell.cell_contents = new.cell_contents
    if module == "kernel/questions":
        kinds = [real.Questions]
        for kind in kinds:
            kinds += kind.__subclasses__()
            for key, made in list(vars(kind).items()):
                if "tracked.<locals>" in getattr(getattr(made, "__code__", None), "co_qualname", ""):
                    setattr(kind, key, real.tracked(made.__wrapped__))
