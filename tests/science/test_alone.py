"""The statistics work after ``pip install`` alone: no settings, no Django, nothing read from the environment."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SURVEY = """
import sys

class Barred:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"django", "click", "environs", "psycopg"}:
            raise ImportError(f"{name} is not there")

sys.meta_path.insert(0, Barred())
from collegium.science.disclosure.atoms import form_atoms
from collegium.science.disclosure.release import release_mean
from collegium.science.measurement.engines import moments_of_table
from collegium.science.measurement.estimates import group_estimates
from collegium.science.measurement.layout import Facet, Item, Layout
from collegium.science.measurement.reliability import alpha
from collegium.science.networks.layout import lay_out
from collegium.science.networks.network import Network
from collegium.science.networks.positions import betweenness

layout = Layout(
    items=tuple(Item(key=key, lowest=1, highest=5) for key in "abc"), facets=(Facet(key="trust", items=tuple("abc")),)
)
moments = moments_of_table("answers.csv", layout, atom="school")
scores = moments.facet_scores("trust")
print(round(alpha(moments.cross("trust")).value, 3), round(group_estimates(scores).grand_mean.value, 3))
print(release_mean(float(scores.mean[0]), int(scores.n[0]), lowest=1, highest=5).mean.value)
print(len(form_atoms({"hill": 9, "vale": 3}, [[("hill", "vale")]], {"all": ["hill", "vale"]}).atoms))
web = Network.of(3, [(0, 1), (1, 2)])
print(betweenness(web).people.value.tolist(), lay_out(web).places.shape)
print(sorted(name for name in sys.modules if name.split(".")[0] == "collegium" and "science" not in name))
"""
ROWS = "school,a,b,c\n" + "".join(
    f"{school},{1 + n % 5},{1 + (n + n // 7) % 5},{1 + n % 4}\n" for school in ("hill", "vale") for n in range(20)
)


def test_a_survey_and_a_web_of_ties_are_analysed_without_a_site(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text(ROWS)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DJANGO", "COLLEGIUM"))}
    done = subprocess.run(
        [sys.executable, "-c", SURVEY], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "['collegium']"
    assert len(done.stdout.splitlines()) == 5
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answers.csv"]
