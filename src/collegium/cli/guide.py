"""`collegium guide`: what the rules behind the next moves do."""

from __future__ import annotations

from dataclasses import asdict

import click

from collegium.cli.console import Exit, Stop, say, say_json, start_django


@click.group()
def guide() -> None:
    """Look at the rules behind the next moves.

    \b
    Examples:
      collegium guide lint                            can every rule fire?
      collegium guide simulate --unit a-school        when would each have fired?
    """


@guide.command()
def lint() -> None:
    """Say which rules can never fire, or ask for an indicator that no room has.

    \b
    Example:
      collegium guide lint
    """
    start_django()
    from collegium.base import indicators
    from collegium.guide.moves import list_shipped
    from collegium.guide.moves.lint import list_faults

    moves = list_shipped()
    faults = list_faults(moves, {each.key for each in indicators.list_indicators()})
    for fault in faults:
        say(fault)
    if faults:
        raise Stop(f"{len(faults)} faults in {len(moves)} rules.", Exit.REFUSED)
    say(f"{len(moves)} rules, and each of them can fire.")


@guide.command()
@click.option("--unit", "slug", default="", help="Only this unit, by the name in its address.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def simulate(slug: str, as_json: bool) -> None:
    """Say when each rule would have fired, by what was read of the units of this database over time.

    \b
    Example:
      collegium guide simulate --unit thornmere-academy
    """
    start_django()
    from collegium.base import tenancy
    from collegium.guide.queries import simulating
    from collegium.people.models import Community

    with tenancy.across_communities():
        communities = Community.objects.order_by("name").values_list("id", flat=True)
        fired = [each for community_id in communities for each in simulating.simulate(community_id)]
    shown = [each for each in fired if slug in ("", each.slug)]
    if as_json:
        say_json([{**asdict(each), "on": each.on.isoformat()} for each in shown])
        return
    for each in shown:
        say(f"{each.on}  {each.slug}")
        for word, keys in (("warns", each.warnings), ("suggests", each.moves), ("lets wait", each.waiting)):
            if keys:
                say(f"    {word}: {', '.join(keys)}")
