"""The prose of docs/calibration.md: what was done, why so, and what cannot be known from it."""

WHAT_IT_IS = """\
The headline match rates of {year} fix the level of the model, and nothing else here is checked against what
happened to anyone. **Aggregates only; not validated on outcomes.** The parameters below were fitted so that
a made-up population, sent through the same core that scores users, matches at the published rates. It is
not identified without that population, so the whole of it is stated in `fixtures/parameters.csv`
(`population.*`), most of it judgement with a range."""

HOW = """\
Each person is an applicant of whom everything is known. {people} of each kind and seed, {seeds} seeds, are
drawn by a Latin hypercube from the stated marginals: specialties, homes by Census division, scores, fails
and years out (which hang together by one common strength, `population.correlation`), clinical experience,
letters, rotations, ties, visas, publications, applications sent. They are scored against the whole
catalogue, gates included. A program that a strict rule closes is not applied to. Of the others each takes
her number of programs, one track a program, by what she believes of them: her log-odds there and what she
has heard of the program's hidden openness. Her belief correlates with the truth by
`population.openness_known`, with an error of her own. Signals, in the numbers of {year}
(`fixtures/signals.csv`), go to the best of what she sees. Each program draws its hidden openness once a
seed, for all who apply. Then, with the actual openness u of every program and luck z shared by all of hers,

    P(match) = 1 − E_z Π_j (1 − w σ(η_j + s_j u_j + signal_j + σ_luck z))

A level common to all log-odds changes no choice, so everyone is scored once and the intercept alone is
looked for. The population applies in the season now scored ({season}) and its pass marks; advanced
positions count as matches; a recalibration on outcomes, if there is one, is put aside."""

CANNOT = """\
- Whether the chances at one program are right: only the sum over lists is fitted.
- Whether the factors are: a stronger effect of scores with a weaker one of ties fits the same rates.
- The model's spread: openness and luck trade against each other and against the level (see the
  sensitivity).
- The specialty mix of the population was set so that the shares of matches it implies lie near the headline
  shares; their agreement below is not a check.
- Programs do not compete for the same applicants here, and nobody's place is taken by another: a market is
  simulated elsewhere.
- The headline rates are of all specialties; the catalogue has 14.
- Graduates of US schools are described coarsely: they only set the offsets of their kinds."""

RANGES = """\
The ranges hold what is judged about the population, not what is judged about the model: every
`population.*` parameter at its low and at its high end, one at a time ({sensitivity_people} people of a
kind, the same in each), everything refitted; the largest shifts either way, and half the spread over the
seeds, added up in squares as independent. What the model's own parameters would do to the fit is shown
below and left out of these ranges, since an answer's range draws those parameters itself."""
