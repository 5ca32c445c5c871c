"""`collegium jobs`: see background jobs, and run them."""

from __future__ import annotations

import click

from collegium.cli.console import say, say_json, start_with_database

LISTED = 20


@click.group()
def jobs() -> None:
    """See and run background jobs.

    \b
    Examples:
      collegium jobs list --json
      collegium jobs work              on a machine of its own, beside `collegium serve --no-worker`
    """


@jobs.command("list")
@click.option(
    "--limit", default=LISTED, show_default=True, type=click.IntRange(1, 1000), help="How many, newest first."
)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def list_jobs(limit: int, as_json: bool) -> None:
    """List the latest jobs and how far they have come."""
    start_with_database()
    from collegium.base import jobs as base_jobs

    rows = base_jobs.list_latest(limit)
    if as_json:
        say_json(rows)
        return
    if not rows:
        say("No jobs yet.")
    for row in rows:
        percent = "" if row["percent"] is None else f" {row['percent']}%"
        error = f" ({row['error_code']})" if row["error_code"] else ""
        say(f"{row['created_at']:%Y-%m-%d %H:%M}  {row['state']:<8}{percent:<5} {row['name']}{error}")


@jobs.command()
@click.option("--until-input-ends", is_flag=True, hidden=True, help="Stop when standard input ends.")
def work(until_input_ends: bool) -> None:
    """Run background jobs until stopped."""
    start_with_database(quiet=False)
    from collegium.cli import job_worker

    job_worker.work(until_input_ends=until_input_ends)
