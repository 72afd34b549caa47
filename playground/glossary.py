"""One noun and one symbol for every thing, and what else it is called elsewhere.

Labels of controls and titles of charts read their words here, the reference shows the table, and
a test holds every page to it: a word of `elsewhere` stands on none of them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """A thing with its noun, its symbol in LaTeX, and one sentence that says what it is."""

    noun: str
    tex: str
    meaning: str
    elsewhere: tuple[str, ...] = ()
    """Words for the same thing that others use and we do not."""
    source: str = ""


POLYAK = "Polyak 1964, USSR Computational Mathematics and Mathematical Physics 4(5):1"

# ---- what descends, and on what ---------------------------------------------------------------

LOSS = Term(
    "loss",
    "f",
    "What is made small: a number for every choice of the parameters.",
    ("cost function", "cost J", "objective", "error function"),
)
EXCESS_LOSS = Term(
    "excess loss", "f - f^*", "Loss above the lowest minimum.", ("suboptimality", "optimality gap")
)
PARAMETER = Term(
    "parameter",
    "x",
    "A number that training changes: x and y here, the weights of a network.",
)
RULE = Term(
    "optimizer",
    "",
    "The rule that turns gradients into steps.",
    ("optimiser", "solver"),
)
RUNNER = Term("runner", "", "One optimizer with its settings, in a race from one start.")
GRADIENT = Term("gradient", "g", "The direction of steepest ascent, one derivative a parameter.")
SLOPE = Term("slope", "|g|", "Length of the gradient.", ("gradient norm", "gradient magnitude"))
CURVATURE = Term(
    "curvature",
    r"\lambda_i",
    "How fast the slope changes along a direction: an eigenvalue of the Hessian.",
)
SHARPNESS = Term(
    "largest curvature",
    r"\lambda_{\max}",
    "The largest eigenvalue of the Hessian, which limits the learning rate.",
    ("spectral norm of the Hessian",),
)
ELONGATION = Term(
    "elongation",
    r"\kappa",
    "How much steeper a valley is across than along, λ_max/λ_min.",
    ("condition number",),
    "Nesterov 2004, Introductory Lectures on Convex Optimization, section 2.1",
)
MINIMUM = Term(
    "minimum", "x^*", "A place that no neighbour is lower than; the lowest is f*.", ("optimum",)
)
SADDLE = Term(
    "saddle",
    "",
    "A place of zero gradient that is a minimum along one direction and a maximum along another.",
    (),
    "Dauphin et al. 2014, arXiv:1406.2572",
)
PLATEAU = Term("plateau", "", "A stretch so flat that the steps nearly stop.", ("flat region",))
BASIN = Term("basin", "", "All starts whose descents end in one minimum.", ("attraction region",))
WINDOW = Term("window", "", "The part of the plane that is looked at.", ("viewport",))

# ---- how it goes ------------------------------------------------------------------------------

LEARNING_RATE = Term(
    "learning rate",
    r"\eta",
    "How far to go along the direction.",
    ("step size", "stepsize", "lr"),
    "Robbins & Monro 1951, Annals of Mathematical Statistics 22:400",
)
EFFECTIVE_RATE = Term(
    "effective rate", "", "What multiplies the direction of a parameter, whatever the rule."
)
SCHEDULE = Term(
    "schedule", "", "A factor on the learning rate that changes with the update.", ("annealing",)
)
UPDATE = Term(
    "update", "t", "One application of the rule, counted from 1.", ("iteration", "training step")
)
STEP = Term("step", r"\Delta", "What one update adds to the parameters; a run of T makes T steps.")
STEPS = Term("steps", "T", "Number of updates of a run.", ("number of iterations",))
MOMENTUM = Term(
    "momentum",
    r"\mu",
    "Share of the velocity kept at each step.",
    ("momentum coefficient", "inertia weight"),
    POLYAK,
)
VELOCITY = Term(
    "velocity", "b", "The remembered sum of gradients that momentum moves by.", ("buffer",), POLYAK
)
BETA_1 = Term(
    "memory of the gradient",
    r"\beta_1",
    "Share of the average gradient m that is kept at each step.",
    ("first moment decay",),
    "Kingma & Ba 2015, arXiv:1412.6980",
)
BETA_2 = Term(
    "memory of the squares",
    r"\beta_2",
    "Share of the average squared gradient v that is kept at each step.",
    ("second moment decay", "smoothing constant"),
    "Kingma & Ba 2015, arXiv:1412.6980",
)
STABILISER = Term(
    "stabiliser",
    r"\epsilon",
    "Keeps the division finite where gradients vanish.",
    ("fudge factor", "epsilon"),
)
WEIGHT_DECAY = Term(
    "weight decay",
    r"\lambda",
    "A pull of every parameter towards zero.",
    (),
    "Krogh & Hertz 1991, NeurIPS 4:950",
)
CLIPPING = Term(
    "gradient clipping",
    "c",
    "Holding the gradient to at most a given size before the rule sees it.",
    (),
    "Pascanu, Mikolov & Bengio 2013, arXiv:1211.5063",
)
NOISE = Term(
    "noise", r"\sigma", "What a gradient has besides the true one: here Gaussian, or of a batch."
)
SEED = Term("seed", "", "Which random draw.", ("random state",))

# ---- what happens -----------------------------------------------------------------------------

LIMIT = Term(
    "limit",
    "",
    "The η·λ above which a rule no longer settles; that of gradient descent is 2.",
    ("stability threshold",),
)
GAUGE = Term(
    "stability gauge",
    r"\eta\lambda",
    "Learning rate times largest curvature, to be compared with the limit.",
)
EDGE = Term(
    "edge of stability",
    "",
    "Training that goes on while η·λ_max hovers about the limit.",
    (),
    "Cohen et al. 2021, arXiv:2103.00065",
)
DIVERGENCE = Term(
    "divergence", "", "Steps that grow until the loss leaves all bounds.", ("blow-up",)
)

# ---- networks ---------------------------------------------------------------------------------

UNIT = Term("unit", "n", "One coordinate of a layer.", ("neuron", "node"))
DEPTH = Term("depth", "L", "Number of layers.", ())
ACTIVATION = Term(
    "activation",
    r"\varphi",
    "The function between two layers.",
    ("nonlinearity", "transfer function"),
)
INITIALISATION = Term(
    "initialisation", "", "How the first weights are drawn.", ("initialization", "initializer")
)
EXAMPLE = Term(
    "example",
    "n",
    "One input with what is wanted of it.",
    ("data point", "training point"),
)
BATCH = Term(
    "batch size",
    "B",
    "Examples whose mean gradient makes one update.",
    ("minibatch size", "mini-batch size"),
)
EPOCH = Term("epochs", "", "Passes through all examples.")
KEPT = Term(
    "share kept",
    "p",
    "Share of the units that a dropout mask leaves.",
    ("keep probability", "retention rate"),
    "Srivastava et al. 2014, Journal of Machine Learning Research 15:1929",
)
PENALTY = Term(
    "penalty", r"\lambda", "What is added to the loss for large weights.", ("regularisation term",)
)

GLOSSARY: tuple[Term, ...] = tuple(
    sorted((t for t in list(vars().values()) if isinstance(t, Term)), key=lambda term: term.noun)
)
"""Every term, by its noun."""
