"""The root of the command line."""

from __future__ import annotations

from typing import Any

import click

from collegium import __version__
from collegium.cli.console import Exit, Stop
from collegium.cli.lazy import LazyGroup

COMMANDS = {
    "serve": ("collegium.cli.serve:serve", "Run the site and its background jobs."),
    "demo": ("collegium.cli.demo:demo", "Build the demo community, and show it with --serve."),
    "jobs": ("collegium.cli.jobs:jobs", "See and run background jobs."),
}


class Root(LazyGroup):
    """Puts what can go wrong anywhere into words; a traceback means that we made a mistake."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        from django.db import InterfaceError, OperationalError

        from collegium.base.errors import CollegiumError, sentence

        try:
            return super().invoke(ctx)
        except CollegiumError as error:
            raise Stop(sentence(error), Exit.REFUSED if error.status in {404, 422} else Exit.FAILED) from error
        except (OperationalError, InterfaceError) as error:
            raise Stop(
                f"The database did not answer as it should: {str(error).strip()}\n"
                "Nothing half-done was kept. `collegium doctor` says what it can see from here."
            ) from error


@click.group(
    cls=Root, lazy=COMMANDS, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="collegium")
def collegium() -> None:
    """Leading together: listen, connect, intend, decide, enquire, share, grow.

    Settings come from the environment; docs/reference/settings.md lists them.

    \b
    Examples:
      collegium demo --serve          look at the demo community
      collegium serve                 run a site of your own
      collegium COMMAND --help        what a command does

    Exit codes: 0 done; 1 failed, or needs attention; 2 refused, nothing was done; 3 a file could not be read.
    """
