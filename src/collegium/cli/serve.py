"""`collegium serve`."""

from __future__ import annotations

import os

import click

from collegium.cli.console import say, start_django


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on.")
@click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes that answer pages."
)
@click.option(
    "--no-worker", is_flag=True, help="Run no background jobs here; `collegium jobs work` runs them elsewhere."
)
@click.option("--migrate", is_flag=True, help="Bring a PostgreSQL database up to date first. SQLite always is.")
def serve(host: str, port: int, workers: int, no_worker: bool, migrate: bool) -> None:
    """Run the site and its background jobs.

    Checks the settings, brings the embedded database and the assets up to date, and serves until Ctrl-C (a second
    Ctrl-C does not wait for what is running). Put a reverse proxy with https in front of it for anything but a look.

    \b
    Examples:
      collegium serve
      collegium serve --port 8080 --workers 2
      COLLEGIUM_DATABASE_URL=postgres://... collegium serve --migrate
    """
    os.environ.setdefault("COLLEGIUM_BASE_URL", f"http://127.0.0.1:{port}")
    start_django(quiet=False)
    from django.conf import settings

    from collegium.cli import preparation, server

    server.check_port(host, port)
    preparation.prepare(migrate=migrate)
    server.serve(
        host=host,
        port=port,
        processes=workers,
        with_jobs=not no_worker,
        on_start=lambda: say(f"Collegium is at {settings.BASE_URL}/ (Ctrl-C stops it)."),
    )
