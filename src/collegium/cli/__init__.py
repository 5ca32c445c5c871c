"""The command line, built on services and science."""

import gc
import os


def main() -> None:
    """Run the command line."""
    # Thousands of modules are loaded and none of them is garbage; looking for it often was a fifth of a start.
    gc.set_threshold(50_000, 20, 20)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collegium.site.settings")
    from collegium.cli.commands import collegium

    collegium(prog_name="collegium")
