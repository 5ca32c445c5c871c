"""The examples in the docstrings run, and the library works without Django and without what is slow to load."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import subprocess
import sys

import pytest

from collegium import science

MODULES = sorted(module.name for module in pkgutil.walk_packages(science.__path__, "collegium.science."))


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name), raise_on_error=False).failed == 0


def test_importing_it_loads_neither_django_nor_what_is_slow() -> None:
    imports = "; ".join(f"import {name}" for name in MODULES)
    slow = ("django", "duckdb", "igraph", "pyarrow", "pyspark", "scipy")
    ask = f"import sys; {imports}; print([name for name in {slow} if name in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
