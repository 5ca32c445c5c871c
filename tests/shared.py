"""The real data that tests read: COLLEGIUM_SHARED, or the folder `shared` beside the repository."""

from __future__ import annotations

import os
from pathlib import Path

SHARED = Path(os.environ.get("COLLEGIUM_SHARED") or Path(__file__).resolve().parents[2] / "shared")

if not (SHARED / "data").is_dir():
    raise FileNotFoundError(
        f"The tests need the shared data in {SHARED}, which is not there. "
        "Set COLLEGIUM_SHARED to the folder that holds data/INDEX.md."
    )
