"""What the core costs beside other ways to do its work: ``python -m tests.bench.bench_core``.

CPU time in this process, interleaved, medians, as ratios. The catalogue is the real one, built from the
fixtures in a scratch database; the applicant is the first sample profile.
"""

import dataclasses
import tempfile
from collections.abc import Callable
from typing import Any

from tests.bench.bench_api import line, medians, setup

KEEP = 200


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        setup(folder)
        report()


def report() -> None:
    """Print the ratios, after checking that both ways give the same numbers."""
    import numpy as np
    from django.conf import settings

    from applicants.personas import PERSONAS
    from applicants.services import profile_validate
    from matching.catalogue import catalogue_current
    from matching.inputs import applicant_of
    from matching.reference import model_for
    from matching.scoring.applicant import Options
    from matching.scoring.examine import examine
    from matching.scoring.model import Model
    from matching.scoring.probability import screen_probability
    from matching.scoring.score import catalogue_score, score
    from tests.bench.pandas_score import frame_of, pandas_score

    season = settings.SEASON
    model: Model = model_for(season)
    columns = catalogue_current().columns(season)
    profile = profile_validate(PERSONAS[0].document, season=season)
    applicant = dataclasses.replace(applicant_of(profile), research_publications=1)
    sigma = model.parameters.values["luck.sigma"]

    def ours(_: int) -> Any:
        scored = catalogue_score(applicant, columns, model)
        p = screen_probability(scored.log_odds, scored.sd, sigma=sigma)
        p[scored.screening.out] = 0.0
        rows = np.sort(np.argpartition(-p, KEEP)[:KEEP])
        return examine(scored.terms, scored.sd, rows, model)

    frame = frame_of(columns, model)

    def theirs(_: int) -> Any:
        return pandas_score(frame, applicant, model, KEEP)

    check(ours(0), theirs(0), columns.ids)
    options = Options()
    learned = logistic(columns, season)
    work: dict[str, Callable[[int], object]] = {
        "ours": ours,
        "pandas": theirs,
        "matrix": lambda _: float(columns.features.sum()),
        "scikit-learn": learned,
        "whole": lambda _: score(applicant, options, columns, model),
    }
    times = medians(work, rounds=40)
    print(f"One applicant, {len(columns)} tracks, {KEEP} explained ({times['ours'] * 1e3:.2f} ms of CPU)")
    line("vectorised pandas, the same work, against ours", times["pandas"] / times["ours"], at_least=25)
    line("scikit-learn's logistic pipeline against ours", times["scikit-learn"] / times["ours"])
    line("the whole answer with lists and ranges against ours", times["whole"] / times["ours"])


def check(examined: Any, table: Any, ids: tuple[str, ...]) -> None:
    """Both ways chose the same rows and gave them the same contributions."""
    import numpy as np

    from matching.scoring.registry import FACTORS

    names = [factor.name for factor in FACTORS]
    found = table.best.reindex(columns=names, fill_value=0.0).loc[[ids[row] for row in examined.rows]]
    worst = np.abs(found.to_numpy() - examined.contributions).max(axis=0)
    differing = {name: float(error) for name, error in zip(names, worst, strict=True) if error > 1e-6}
    assert not differing, f"pandas and the core differ: {differing}"


def logistic(columns: Any, season: str) -> Callable[[int], object]:
    """A logistic regression over the same columns, fitted on random labels: only its speed matters."""
    import numpy as np
    import pandas as pd
    from sklearn.compose import make_column_transformer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    frame = pd.DataFrame(columns.features).add_prefix("feature_")
    frame["specialty"] = [columns.specialties[code] for code in columns.specialty]
    frame["cell"] = columns.cell.astype(str)
    numbers = [name for name in frame.columns if str(name).startswith("feature_")]
    pipeline = make_pipeline(
        make_column_transformer(
            (StandardScaler(), numbers), (OneHotEncoder(handle_unknown="ignore"), ["specialty", "cell"])
        ),
        LogisticRegression(max_iter=200),
    )
    pipeline.fit(frame, np.random.default_rng(int(season)).integers(0, 2, len(frame)))
    return lambda _: pipeline.predict_proba(frame)


if __name__ == "__main__":
    main()
