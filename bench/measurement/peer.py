"""The same analysis with pandas, pingouin and statsmodels: `python peer.py FILE.parquet OUT.json`, in an environment
of its own. Omega is statsmodels' factor analysis; the mixed models are statsmodels' as well.
"""

import json
import resource
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pingouin
import statsmodels
import statsmodels.api as sm
from statsmodels.multivariate.factor import Factor

SIZES = (8, 8, 8, 8, 7, 7, 7, 7)


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def scale(table, names):
    items = table[names].astype("float64")
    items[names[-2:]] = 6 - items[names[-2:]]
    alpha = pingouin.cronbach_alpha(data=items, nan_policy="pairwise")[0]
    correlations = items.corr().to_numpy()
    factor = Factor(corr=correlations, n_factor=1, method="pa", nobs=len(items)).fit(maxiter=200, tol=1e-10)
    deviations = items.std().to_numpy()
    common = float((factor.loadings[:, 0] * deviations).sum()) ** 2
    omega = common / (common + float((factor.uniqueness * deviations**2).sum()))
    shares = items.groupby(table["school"]).var().mean(axis=1) / 2
    agreement = len(names) * (1 - shares) / (len(names) * (1 - shares) + shares)
    agreement = agreement.where(shares <= 1, 0).mean()
    score = items.mean(axis=1).where(items.notna().sum(axis=1) * 2 >= len(names))
    kept = score.notna()
    score, school = score[kept], table["school"][kept]
    model = sm.MixedLM(score, np.ones(len(score)), groups=school).fit(reml=True)
    first = next(iter(model.random_effects.values())).iloc[0]
    grand = float(model.fe_params.iloc[0])
    return {
        "alpha": float(alpha),
        "omega": omega,
        "rwg_j": float(agreement),
        "within": float(model.scale),
        "between": float(model.cov_re.iloc[0, 0]),
        "grand_mean": grand,
        "first_school": grand + float(first),
    }


def main():
    warnings.simplefilter("ignore")
    began = time.perf_counter()
    table = pd.read_parquet(sys.argv[1])
    reading = time.perf_counter() - began
    before, began = cpu(), time.perf_counter()
    names = [name for name in table.columns if name.startswith("q")]
    found, start = [], 0
    for size in SIZES:
        found.append(scale(table, names[start : start + size]))
        start += size
    taken, used = time.perf_counter() - began, cpu() - before
    versions = f"pandas {pd.__version__}, pingouin {pingouin.__version__}, statsmodels {statsmodels.__version__}"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"versions": versions, "reading_s": reading, "wall_s": taken, "cpu_s": used, "peak_mib": peak}
    Path(sys.argv[2]).write_text(json.dumps({**told, "scales": found}), encoding="utf-8")


if __name__ == "__main__":
    main()
