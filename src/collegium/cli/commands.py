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
    "people": ("collegium.cli.people:people", "Begin a community; add and invite people; give roles."),
    "roster": ("collegium.cli.roster:roster", "Import, export and take back rosters."),
    "analyse": ("collegium.cli.analyse:analyse", "Analyse a survey from a file, without a site or a database."),
    "network": ("collegium.cli.network:network", "Say what a web of ties says, from files."),
    "chart": ("collegium.cli.chart:chart", "Chart numbers over time from a file, and say what changed."),
    "tally": ("collegium.cli.tally:tally", "Count ballots from a file, and say by which rules."),
    "guide": ("collegium.cli.guide:guide", "Check and try the rules behind the next moves."),
    "backup": ("collegium.cli.backup:backup", "Write everything to one verified file, while the server runs."),
    "restore": ("collegium.cli.backup:restore", "Put a backup in the place of what the database holds."),
    "doctor": ("collegium.cli.doctor:doctor", "Look at the installation and say what to do."),
    "jobs": ("collegium.cli.jobs:jobs", "See and run background jobs."),
}


class Root(LazyGroup):
    """Puts what can go wrong anywhere into words; a traceback means that we made a mistake."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if (stop := in_words(error)) is None:
                raise
            raise stop from error


def in_words(error: Exception) -> Stop | None:
    """Return an error that a person can do something about as words, and None for any other."""
    from django.db import InterfaceError, OperationalError

    from collegium.base.errors import CollegiumError, sentence

    if isinstance(error, CollegiumError):
        return Stop(sentence(error), Exit.REFUSED if error.status in {404, 422} else Exit.FAILED)
    if isinstance(error, OperationalError | InterfaceError):
        return Stop(
            f"The database did not answer as it should: {str(error).strip()}\n"
            "Nothing half-done was kept. `collegium doctor` says what it can see from here."
        )
    return None


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
