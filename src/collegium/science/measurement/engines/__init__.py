"""Moments of tables too large for memory: the same whole numbers from NumPy, DuckDB and Apache Spark."""

from collegium.science.measurement.engines.coding import BETWEEN
from collegium.science.measurement.engines.table import choose_engine, moments_of_table

__all__ = ["BETWEEN", "choose_engine", "moments_of_table"]
