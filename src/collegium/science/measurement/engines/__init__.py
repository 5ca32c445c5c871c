"""Moments of tables too large for memory: the same whole numbers from NumPy, DuckDB and Apache Spark.

Beside the two statistics, what a program needs that offers them: how a table is found before it is read (`Table`,
`parquet`), and how a cell is understood (`as_text`, `GAPS`, and `BETWEEN`, which joins the parts of an atom's name).
"""

from collegium.science.measurement.engines._coding import BETWEEN, GAPS, as_text
from collegium.science.measurement.engines._reading import Table, parquet
from collegium.science.measurement.engines.table import choose_engine, moments_of_table

__all__ = ["BETWEEN", "GAPS", "Table", "as_text", "choose_engine", "moments_of_table", "parquet"]
