"""Opens one spreadsheet in a process of its own and prints its visible sheets as JSON lines.

The library keeps a whole sheet in memory, and a small crafted file can ask it for more than the machine has. Here it
meets ceilings on memory and time, and only this process ends. Run by `sheets`, never imported; needs nothing of ours.
"""

from __future__ import annotations

import datetime
import io
import json
import sys
from pathlib import Path

EXIT_DAMAGED = 4
EXIT_ENCRYPTED = 5
EXIT_MACROS = 6


def limit_this_process(memory: int, seconds: int) -> None:
    """Set the ceilings, on systems that have them."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def as_text(value: object) -> str:
    """A cell as a person would type it; dates in ISO form."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time(0):
        return value.date().isoformat()
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return str(value)


def print_sheets(path: str) -> int:
    """Print every visible sheet: a line that names it, then a line for each row. Returns the exit code."""
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", write_through=False)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(Path(path).read_bytes())) as book:
            if any(sheet.typ in (SheetTypeEnum.MacroSheet, SheetTypeEnum.Vba) for sheet in book.sheets_metadata):
                return EXIT_MACROS
            for meta in book.sheets_metadata:
                if meta.visible != SheetVisibleEnum.Visible or meta.typ != SheetTypeEnum.WorkSheet:
                    continue
                sheet = book.get_sheet_by_name(meta.name)
                out.write(json.dumps({"sheet": meta.name}) + "\n")
                for row in sheet.iter_rows():
                    out.write(json.dumps([as_text(cell) for cell in row]) + "\n")
    except PasswordError:
        return EXIT_ENCRYPTED
    except MemoryError:
        raise
    except BaseException as error:  # noqa: BLE001 - a panic of the library is not an Exception
        print(repr(error), file=sys.stderr)
        return EXIT_DAMAGED
    out.flush()
    return 0


if __name__ == "__main__":
    limit_this_process(int(sys.argv[2]), int(sys.argv[3]))
    sys.exit(print_sheets(sys.argv[1]))
