"""The same tallies with pref_voting and pabutools, in an environment of its own.

`python peer.py expected SHARED` prints what they find in every PrefLib file of the shared data and in made-up budgets,
as JSON: `tests/science/choices_expected.json`. `python peer.py time BALLOTS.csv` prints how long they take.
"""

import csv
import json
import random
import re
import resource
import sys
from importlib.metadata import version
from pathlib import Path


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def orders_of(path):
    """An independent reader: candidates from 1, each ballot a dict from candidate to rank."""
    size, ballots = 0, []
    for line in path.read_text().splitlines():
        if line.startswith("# NUMBER ALTERNATIVES:"):
            size = int(line.split(":")[1])
        elif line and not line.startswith("#"):
            count, _, order = line.partition(":")
            ranks = {}
            for rank, part in enumerate(re.findall(r"\{[^}]*\}|\d+", order), start=1):
                for candidate in re.findall(r"\d+", part):
                    ranks[int(candidate)] = rank
            ballots.append((int(count), ranks))
    return size, ballots


def profile_of(size, ballots):
    from pref_voting.profiles_with_ties import ProfileWithTies

    profile = ProfileWithTies(
        [ranks for _, ranks in ballots], [count for count, _ in ballots], candidates=list(range(1, size + 1))
    )
    profile.use_extended_strict_preference()
    return profile


def found_in(path):
    from pref_voting.iterative_methods import split_irv, split_irv_put
    from pref_voting.margin_based_methods import beat_path

    size, ballots = orders_of(path)
    profile = profile_of(size, ballots)
    found = {
        "condorcet": profile.condorcet_winner(),
        "copeland": [int(profile.copeland_scores()[each]) for each in range(1, size + 1)],
        "schulze": [int(each) for each in beat_path(profile)],
        "runoff": [int(each) for each in split_irv(profile)],
    }
    # Every order of breaking ties: this peer follows orders, not sets, and needs for ever with many options.
    found["each way"] = [int(each) for each in split_irv_put(profile)] if size <= 10 else None
    if found["condorcet"] is not None:
        found["condorcet"] = int(found["condorcet"])
    return found


def budgets():
    """Made-up budgets, ties among them, and what the method of equal shares buys."""
    from pabutools.election import ApprovalBallot, ApprovalProfile, Cardinality_Sat, Cost_Sat, Instance, Project
    from pabutools.rules import method_of_equal_shares
    from pabutools.tiebreaking import TieBreakingRule

    chance = random.Random(20261127)
    cases = []
    for case in range(60):
        size, people = chance.randint(2, 9), chance.randint(2, 25)
        steps = 10 if case % 3 else 1000  # few different costs make ties
        costs = [chance.randint(1, 12) * steps // 10 + 1 for _ in range(size)]
        budget = chance.randint(min(costs), sum(costs))
        rows = [[int(chance.random() < 0.4) for _ in range(size)] for _ in range(people)]
        projects = [Project(f"p{place:02}", cost) for place, cost in enumerate(costs)]
        instance = Instance(projects, budget_limit=budget)
        profile = ApprovalProfile(
            [ApprovalBallot([projects[place] for place in range(size) if row[place]]) for row in rows], instance
        )
        support = {project: sum(row[place] for row in rows) for place, project in enumerate(projects)}
        ties = TieBreakingRule(
            lambda _instance, _profile, project, support=support: (-support[project], project.cost, project.name)
        )
        found = {}
        for name, sat in (("cost", Cost_Sat), ("one", Cardinality_Sat)):
            alone = method_of_equal_shares(instance, profile, sat_class=sat, tie_breaking=ties)
            found[name] = sorted(int(project.name[1:]) for project in alone)
        cases.append({"costs": costs, "budget": budget, "rows": rows, **found})
    return cases


def expected(shared):
    folder = Path(shared) / "data" / "ballots_preflib"
    files = sorted(path for path in folder.glob("*/*") if path.suffix in {".soc", ".soi", ".toc", ".toi"})
    made = {
        "made by": f"pref_voting {version('pref_voting')}, pabutools {version('pabutools')}",
        "preflib": {f"{path.parent.name}/{path.name}": found_in(path) for path in files},
        "budgets": budgets(),
    }
    print(json.dumps(made, separators=(",", ":")))


def timed(file):
    from pref_voting.iterative_methods import instant_runoff
    from pref_voting.margin_based_methods import beat_path
    from pref_voting.profiles import Profile

    before = cpu()
    with Path(file).open(newline="") as stream:
        rows = list(csv.reader(stream))[1:]
    rankings = [sorted(range(len(row)), key=lambda place, row=row: int(row[place])) for row in rows]
    profile = Profile(rankings)
    parts = {"read": cpu() - before}
    for name, method in (("schulze", beat_path), ("instant runoff", instant_runoff)):
        before = cpu()
        method(profile)
        parts[name] = cpu() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"version": f"pref_voting {version('pref_voting')}", "parts": parts, "peak_mib": peak}))


if __name__ == "__main__":
    {"expected": expected, "time": timed}[sys.argv[1]](sys.argv[2])
