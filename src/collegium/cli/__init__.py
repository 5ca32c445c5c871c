"""The command line, built on services and science."""

import os


def main() -> None:
    """Run the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collegium.site.settings")
    from collegium.cli.commands import collegium

    collegium(prog_name="collegium")
