"""Counts on a cluster of two workers, one of which is killed on the way: `python -m tests.science.cluster_run FOLDER`.

FOLDER holds `parts` (Parquet), `answers.csv` and `wrong.csv`. A process of its own, because a virtual machine for Java
does not leave a process again. Prints what happened as JSON, and leaves the moments in FOLDER.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from pathlib import Path
from typing import Any

import psutil

from collegium.cli.analyse import analyse
from collegium.science.errors import UnusableInput
from collegium.science.measurement.engines import moments_of_table
from collegium.science.measurement.engines._packing import packed
from tests.science.tables import LAYOUT

QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dwhose={folder}"
PATIENCE = 120  # seconds


def session(folder: Path) -> Any:
    from pyspark.sql import SparkSession

    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.extraJavaOptions": QUICK_START.format(folder=folder),
        "spark.executor.extraJavaOptions": QUICK_START.format(folder=folder),
        "spark.local.dir": str(folder / "spark"),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.executorEnv.PYTHONPATH": str(Path.cwd()),
        # Compiling a plan takes longer than running it on so few rows.
        "spark.sql.codegen.wholeStage": "false",
        # Every file is a task of its own, so that the job has a middle.
        "spark.sql.files.maxPartitionBytes": "64k",
        "spark.sql.files.openCostInBytes": "64k",
    }
    building = SparkSession.builder.master("local-cluster[2,1,1024]").appName("test")
    for name, value in settings.items():
        building = building.config(name, value)
    return building.getOrCreate()


def executors() -> dict[int, psutil.Process]:
    found = {}
    for process in psutil.Process().children(recursive=True):
        try:
            if "CoarseGrainedExecutorBackend" in " ".join(process.cmdline()):
                found[process.pid] = process
        except psutil.NoSuchProcess:
            continue
    return found


def kill_one_in_the_middle(spark: Any, happened: dict[str, Any]) -> None:
    """Wait until some tasks are done and others not, and kill one of the two workers."""
    tracker = spark.sparkContext.statusTracker()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        for stage in map(tracker.getStageInfo, tracker.getActiveStageIds()):
            if stage and stage.numTasks > 10 and 2 <= stage.numCompletedTasks < stage.numTasks - 4:
                # One is left to do it all: nothing would be shown by a third, which takes long to start.
                scala = spark.sparkContext._jvm.PythonUtils.toScalaMap({})
                spark.sparkContext._jsc.sc().requestTotalExecutors(1, 0, scala)
                victim = next(iter(executors().values()))
                victim.kill()
                happened |= {"killed": victim.pid, "done": stage.numCompletedTasks, "tasks": stage.numTasks}
                return
        time.sleep(0.01)


def main() -> None:
    folder = Path(sys.argv[1])
    spark = session(folder)
    happened: dict[str, Any] = {}
    try:
        killer = threading.Thread(target=kill_one_in_the_middle, args=(spark, happened))
        killer.start()
        parts = moments_of_table(folder / "parts", LAYOUT, atom="school", engine="spark", spark=spark)
        killer.join()
        (folder / "parts.moments").write_bytes(packed(parts))
        text = moments_of_table(folder / "answers.csv", LAYOUT, atom="school", engine="spark", spark=spark)
        (folder / "text.moments").write_bytes(packed(text))
        # The command finds the cluster that is under way, as it finds the one that Spark's settings name.
        asked = [str(folder / "answers.csv"), "--group", "school", "--engine", "spark", "--out", str(folder / "report")]
        analyse.main(asked, standalone_mode=False)
        try:
            moments_of_table(folder / "wrong.csv", LAYOUT, atom="school", engine="spark", spark=spark)
        except UnusableInput as refused:
            happened["refused"] = [refused.code, refused.data["column"], refused.data["row"], refused.data["value"]]
    finally:
        spark.stop()
    print(json.dumps(happened))


if __name__ == "__main__":
    main()
