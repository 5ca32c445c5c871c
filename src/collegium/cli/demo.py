"""`collegium demo`."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from collegium.cli import demo_database
from collegium.cli.console import Exit, Stop, remark, say, say_json, start_django

if TYPE_CHECKING:
    from collegium.people.models import Community

LOOPBACK = "127.0.0.1"


@click.command()
@click.option("--serve", "serve_it", is_flag=True, help="Show it in the browser until Ctrl-C.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to show it at.")
@click.option("--reset", is_flag=True, help="Throw away what was changed in the demo, and build it anew up to today.")
@click.option("--seed", type=int, help="Tell the story with other people; needs --reset where there is a demo already.")
@click.option("--json", "as_json", is_flag=True, help="Answer with the links as JSON.")
def demo(serve_it: bool, port: int, reset: bool, seed: int | None, as_json: bool) -> None:
    """Build the demo community, and show it.

    Six schools, their alliance and their district over two school years, in a database of its own
    (demo.sqlite3 in the data folder). No other database is ever touched, and nobody's mail is used.

    \b
    Examples:
      collegium demo --serve
      collegium demo --serve --port 8001 --reset
    """
    data_dir = Path(os.environ.get("COLLEGIUM_DATA_DIR") or "var").expanduser().absolute()
    path = demo_database.point_settings_at(data_dir, host=LOOPBACK, port=port)
    demo_database.check_holds_only_demo(path)
    if reset:
        demo_database.remove(path)
    start_django()
    from collegium.cli import preparation

    if serve_it:
        from collegium.cli import server

        server.check_port(LOOPBACK, port)
    preparation.prepare(migrate=True)
    community = find_or_build(seed)
    links = list_links(community)
    if not serve_it:
        show_links(community.name, links, as_json=as_json, is_served=False)
        return
    server.serve(
        host=LOOPBACK,
        port=port,
        processes=1,
        with_jobs=True,
        on_start=lambda: show_links(community.name, links, as_json=as_json, is_served=True),
    )


def find_or_build(seed: int | None) -> Community:
    """Return the demo of this database, building it when it is not there yet."""
    from collegium.base import tenancy, time
    from collegium.people import demo as people_demo
    from collegium.people.models import Community

    with tenancy.across_communities():
        built = people_demo.get_built()
        if built is None:
            remark("Building the demo community.")
            return build(people_demo.SEED if seed is None else seed, time.today())
        if seed is not None and seed != built.seed:
            raise Stop(
                f"There is a demo with seed {built.seed} already; --reset --seed {seed} replaces it.", Exit.REFUSED
            )
        if built.version != people_demo.story.VERSION:
            remark("This demo was built by another version of Collegium; --reset builds it anew.")
        elif time.today() - built.today > dt.timedelta(days=60):
            remark(f"The story of this demo ends on {built.today}; --reset tells it up to today.")
        return Community.objects.get(id=built.community_id)


def build(seed: int, today: dt.date) -> Community:
    """Tell the story, room by room: all of it or, when stopped, nothing."""
    from django.db import transaction

    from collegium.connect import demo as connect_demo
    from collegium.decide import demo as decide_demo
    from collegium.enquire import demo as enquire_demo
    from collegium.guide import demo as guide_demo
    from collegium.intend import demo as intend_demo
    from collegium.listen import demo as listen_demo
    from collegium.people import demo as people_demo

    with transaction.atomic():
        community = people_demo.build(seed=seed, today=today)
        listen_demo.build(community, seed=seed, today=today)
        connect_demo.build(community, seed=seed, today=today)
        intend_demo.build(community, seed=seed, today=today)
        decide_demo.build(community, seed=seed, today=today)
        enquire_demo.build(community, seed=seed, today=today)
        guide_demo.build(community, seed=seed, today=today)
    return community


def list_links(community: Community) -> list[dict[str, str]]:
    """Return the one-click sign-in links of the people whom the story puts forward."""
    from django.conf import settings

    from collegium.base import tenancy
    from collegium.people import demo as people_demo
    from collegium.people.services import demo_links

    with tenancy.across_communities():
        return [
            {"label": label, "name": person.full_name, "url": settings.BASE_URL + demo_links.path_of(person)}
            for label, person in people_demo.list_cast(community.id)
        ]


def show_links(name: str, links: list[dict[str, str]], *, as_json: bool, is_served: bool) -> None:
    """Print the address and the links."""
    from django.conf import settings

    if as_json:
        say_json({"address": f"{settings.BASE_URL}/", "links": links})
        return
    say(f"\n{name}, the demo community: six schools, their alliance and their district.\n")
    say(f"  {settings.BASE_URL}/\n" if is_served else "  Show it with: collegium demo --serve\n")
    say("Sign in with one click as")
    wide = max((len(link["label"]) for link in links), default=0)
    for link in links:
        say(f"  {link['label']:<{wide}}  {link['name']:<18} {link['url']}")
    if is_served:
        say("\nCtrl-C stops it.")
