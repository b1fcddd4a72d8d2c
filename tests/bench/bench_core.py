"""What the core costs beside other ways to do its work: ``python -m tests.bench.bench_core``.

CPU time in this process, interleaved, medians, as ratios; both sides of a ratio are checked to give the same
numbers first. The catalogue is the real one, built from the fixtures in a scratch database; the applicant is
the first sample profile.
"""

import dataclasses
import tempfile
from typing import Any

from tests.bench.measure import Work, line, medians, setup, title

KEEP = 200
TIMES_LARGER = 50_000 / 5_500  # the growth the bar speaks of
ROUNDS = 60


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        setup(folder)
        report()


def report() -> None:
    """Print the ratios."""
    from django.conf import settings

    from applicants.personas import PERSONAS
    from applicants.services import profile_validate
    from matching.catalogue import catalogue_current
    from matching.inputs import applicant_of
    from matching.reference import model_for
    from matching.scoring.applicant import Options
    from matching.scoring.score import score

    season = settings.SEASON
    model, columns = model_for(season), catalogue_current().columns(season)
    profile = profile_validate(PERSONAS[0].document, season=season)
    applicant = dataclasses.replace(applicant_of(profile), research_publications=1)
    work: dict[str, Work] = {
        "best": lambda _: best_rows(applicant, columns, model),
        "probabilities": lambda _: probable_rows(applicant, columns, model),
        "matrix": matrix_read(columns),
        "whole": lambda _: score(applicant, Options(), columns, model),
        "list": one_list(applicant, columns, model, signals=False),
        "signals": one_list(applicant, columns, model, signals=True),
        **pandas_side(applicant, columns, model),
        **learned_sides(applicant, columns, model),
        **growth(applicant, model, season),
    }
    times = medians(work, rounds=ROUNDS)
    title(f"One applicant, {len(columns)} tracks, the best {KEEP} with contributions, on one core")
    line(
        "central log-odds and contributions / reading the matrix once",
        times["best"] / times["matrix"],
        at_most=60,
    )
    line("vectorised pandas, the same work / ours", times["pandas"] / times["probabilities"], at_least=25)
    line("scikit-learn's pipeline / ours, weights known", times["scikit-learn"] / times["sums"], at_least=60)
    line("scikit-learn's pipeline / ours from the profile on", times["scikit-learn"] / times["best"])
    line("one scope's list of 80 / one scoring", times["list"] / times["best"], at_most=5)
    line("the same with its signals placed", times["signals"] / times["best"])
    line("the whole answer / central log-odds with contributions", times["whole"] / times["best"])
    line("50,000 tracks / 5,500 tracks", times["large"] / times["small"], at_most=10)
    for name in ("matrix", "best", "probabilities", "list", "whole"):
        line(f"of it: {name}", times[name] * 1e6, unit=" µs", digits=0)


def best_rows(applicant: Any, columns: Any, model: Any) -> Any:
    """Central log-odds of every track, and the contributions of the best: no averaging, no draws."""
    import numpy as np

    from matching.scoring.score import catalogue_score

    scored = catalogue_score(applicant, columns, model.central)
    odds = np.where(scored.screening.out, -np.inf, scored.log_odds)
    rows = np.sort(np.argpartition(odds, -KEEP)[-KEEP:])
    return rows, scored.terms.contributions(rows)


def probable_rows(applicant: Any, columns: Any, model: Any) -> Any:
    """The same with averaged probabilities, exactly for the rows kept."""
    import numpy as np

    from matching.scoring.examine import examine
    from matching.scoring.probability import screen_probability
    from matching.scoring.score import catalogue_score

    scored = catalogue_score(applicant, columns, model.central)
    p = screen_probability(scored.log_odds, scored.sd, sigma=model.parameters.values["luck.sigma"])
    p[scored.screening.out] = 0.0
    rows = np.sort(np.argpartition(-p, KEEP)[:KEEP])
    return examine(scored.terms, scored.sd, rows, model)


def matrix_read(columns: Any) -> Work:
    """One pass over what log-odds are made of: every track's features, specialty and place, as one matrix."""
    import numpy as np

    parts = [columns.features, columns.specialty[:, None], columns.cell[:, None]]
    matrix = np.ascontiguousarray(np.concatenate(parts, axis=1), dtype=np.float64)
    return lambda _: float(matrix.sum())


def one_list(applicant: Any, columns: Any, model: Any, *, signals: bool) -> Work:
    """A list of 80 from every program open to the applicant, prefilter and quadrature included."""
    import numpy as np

    from matching.scoring.applicant import Options
    from matching.scoring.choice import best_tracks, contenders, scope_of
    from matching.scoring.examine import examine
    from matching.scoring.listing import lists_make
    from matching.scoring.probability import screen_probability
    from matching.scoring.score import catalogue_score

    options = Options(signals=signals)
    scored = catalogue_score(applicant, columns, model.central)
    p = screen_probability(scored.log_odds, scored.sd, sigma=model.parameters.values["luck.sigma"])
    rows = np.flatnonzero(scope_of(columns, applicant, options).asked & ~scored.screening.out)
    examined = examine(scored.terms, scored.sd, rows, model)

    def pick(_: int) -> object:
        programs = best_tracks(columns, rows, scored.log_odds)
        kept = contenders(columns, programs, p, scored.usual, options.max_applications)
        return lists_make(examined, kept, applicant, options, columns, model, (3,), scored.sd)

    return pick


def pandas_side(applicant: Any, columns: Any, model: Any) -> dict[str, Work]:
    """The same work in vectorised pandas, once it is known to give the same contributions."""
    import numpy as np

    from matching.scoring.registry import FACTORS
    from tests.bench.pandas_score import frame_of, pandas_score

    frame = frame_of(columns, model)
    examined = probable_rows(applicant, columns, model)
    table = pandas_score(frame, applicant, model, KEEP)
    names = [factor.name for factor in FACTORS]
    found = table.best.reindex(columns=names, fill_value=0.0).loc[[columns.ids[row] for row in examined.rows]]
    worst = np.abs(found.to_numpy() - examined.contributions).max(axis=0)
    differing = {name: float(error) for name, error in zip(names, worst, strict=True) if error > 1e-6}
    assert not differing, f"pandas and the core differ: {differing}"
    return {"pandas": lambda _: pandas_score(frame, applicant, model, KEEP)}


def learned_sides(applicant: Any, columns: Any, model: Any) -> dict[str, Work]:
    """From the same columns to every track's probability, the weights of each column known on both sides.

    The pipeline is fitted to our own log-odds' signs and then given our weights, so that both sides compute
    the same function; what touches single programs by name is left out of both.
    """
    import numpy as np
    from scipy.special import expit

    from matching.scoring.score import catalogue_score
    from matching.scoring.terms import Terms

    terms = catalogue_score(applicant, columns, model.central).terms
    plain = Terms(
        columns, terms.base, terms.constant, terms.specialty, terms.cell, terms.feature, [], terms.aged
    )
    pipeline, frame = pipeline_of(plain, columns)

    def sums(_: int) -> Any:
        return expit(plain.log_odds())

    assert np.allclose(pipeline.predict_proba(frame)[:, 1], sums(0), atol=1e-12)
    return {"sums": sums, "scikit-learn": lambda _: pipeline.predict_proba(frame)}


def pipeline_of(terms: Any, columns: Any) -> tuple[Any, Any]:
    """scikit-learn's way: scale numbers, encode names, and one weight a column: those of ``terms``."""
    import numpy as np
    import pandas as pd
    from sklearn.compose import make_column_transformer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    frame = pd.DataFrame(columns.features).add_prefix("feature_")
    numbers = [str(name) for name in frame.columns]
    frame["specialty"] = [columns.specialties[code] for code in columns.specialty]
    frame["cell"] = [f"{cell:03d}" for cell in columns.cell]
    scaler = StandardScaler()
    encoder = OneHotEncoder(handle_unknown="ignore")
    pipeline = make_pipeline(
        make_column_transformer((scaler, numbers), (encoder, ["specialty", "cell"])),
        LogisticRegression(max_iter=50),
    )
    pipeline.fit(frame, terms.log_odds() > np.median(terms.log_odds()))
    scaled, encoded = pipeline[0].transformers_[0][1], pipeline[0].transformers_[1][1]
    weight = sum_weights(terms)
    specialties = [columns.specialties.index(name) for name in encoded.categories_[0]]
    cells = [int(name) for name in encoded.categories_[1]]
    pipeline[1].coef_ = np.concatenate(
        [weight["feature"] * scaled.scale_, weight["specialty"][specialties], weight["cell"][cells]]
    )[None, :]
    pipeline[1].intercept_ = np.array([weight["feature"] @ scaled.mean_])
    return pipeline, frame


def sum_weights(terms: Any) -> dict[str, Any]:
    totals = terms.totals
    return {"feature": totals.weight[0], "specialty": totals.specialty[0], "cell": totals.cell[0]}


def growth(applicant: Any, model: Any, season: str) -> dict[str, Work]:
    """The same scoring over made catalogues of 5,500 and 50,000 tracks: real ones, repeated under new ids."""
    from matching.catalogue import catalogue_current
    from matching.scoring.columns import columns_build
    from programs.geography import DIVISION_BY_STATE

    tracks = catalogue_current().tracks
    found: dict[str, Work] = {}
    for name, size in (("small", 5_500), ("large", round(5_500 * TIMES_LARGER))):
        made = [
            dataclasses.replace(
                tracks[i % len(tracks)], id=f"sp{i:05d}", program_key=f"made{i}", same_as=None
            )
            for i in range(size)
        ]
        columns = columns_build(made, parameters=model.parameters, season=season, divisions=DIVISION_BY_STATE)
        found[name] = lambda _, columns=columns: probable_rows(applicant, columns, model)  # type: ignore[misc]
    return found


if __name__ == "__main__":
    main()
