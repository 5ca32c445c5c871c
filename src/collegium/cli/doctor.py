"""`collegium doctor`."""

from __future__ import annotations

import click

from collegium.cli.console import Exit, Stop, say, say_json, start_django

MARKS = {"ok": "ok     ", "look": "look   ", "problem": "PROBLEM"}
COLOURS = {"ok": None, "look": "yellow", "problem": "red"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
@click.pass_context
def doctor(ctx: click.Context, as_json: bool) -> None:
    """Look at settings, database, mail, disk and versions, and say what to do.

    Changes nothing, and never shows a password or a key. Exit code 1 when there is a problem.

    \b
    Examples:
      collegium doctor
      collegium doctor --json | jq .is_well
    """
    try:
        start_django()
    except Stop as stop:
        # Without settings nothing else can be looked at.
        if as_json:
            finding = {"name": "settings", "state": "problem", "found": stop.message, "to_do": "Mend this setting."}
            say_json({"is_well": False, "counts": {"problem": 1}, "findings": [finding]})
        raise Stop(stop.message, Exit.FAILED) from stop
    from collegium.cli import checkup

    findings = list(checkup.examine())
    answer = checkup.summary(findings)
    if as_json:
        say_json(answer)
    else:
        for one in findings:
            say(click.style(f"{MARKS[one.state]} {one.name}: {one.found}", fg=COLOURS[one.state]))
            if one.to_do:
                say(f"{'':8}{one.to_do}")
        counts = answer["counts"]
        say(f"\nProblems: {counts['problem']}; to look at: {counts['look']}; well: {counts['ok']}.")
    if not answer["is_well"]:
        ctx.exit(Exit.FAILED)
