"""The same measures with networkx: `python peer.py TIES.csv`, in an environment of its own. Prints JSON."""

import csv
import json
import resource
import sys
from pathlib import Path

import networkx as nx


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def measure(people, edges):
    graphs = {}

    def build():
        graphs["ties"] = nx.DiGraph()
        graphs["ties"].add_nodes_from(range(people))
        graphs["ties"].add_edges_from(edges)
        graphs["pairs"] = graphs["ties"].to_undirected()

    parts = {
        "graph": build,
        "density": lambda: nx.density(graphs["ties"]),
        "reciprocity": lambda: nx.overall_reciprocity(graphs["ties"]),
        "components": lambda: (
            list(nx.strongly_connected_components(graphs["ties"])),
            list(nx.connected_components(graphs["pairs"])),
        ),
        "transitivity": lambda: nx.transitivity(graphs["pairs"]),
        "cores": lambda: nx.core_number(graphs["pairs"]),
        "betweenness": lambda: nx.betweenness_centrality(graphs["ties"], normalized=False),
        "constraint": lambda: nx.constraint(graphs["ties"]),
        "weak points": lambda: (list(nx.articulation_points(graphs["pairs"])), list(nx.bridges(graphs["pairs"]))),
    }
    taken = {}
    for name, part in parts.items():
        before = cpu()
        part()
        taken[name] = cpu() - before
    return taken


def main():
    with Path(sys.argv[1]).open(newline="", encoding="utf-8") as file:
        rows = [[int(cell) for cell in row] for row in csv.reader(file)]
    measure(30, [(place, (place * 7 + 1) % 30) for place in range(30)])  # loads what is loaded at first use
    parts = measure(rows[0][0], rows[1:])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"version": f"networkx {nx.__version__}", "cpu_s": sum(parts.values()), "peak_mib": peak, "parts": parts}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
