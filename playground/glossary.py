"""One noun and one symbol for every thing, and what else it is called elsewhere.

Labels of controls and titles of charts read their words here, the reference shows the table, and
a test holds every page to it: a word of `elsewhere` stands on none of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from playground.language import tr


@dataclass(frozen=True)
class Concept:
    """A thing with its noun, its symbol in LaTeX, and one sentence that says what it is."""

    name: str
    """The noun in English, by which the thing is known to us."""
    tex: str
    sentence: str
    """The meaning in English."""
    others: tuple[str, ...] = ()
    """English words for the same thing that others use and we do not."""
    source: str = ""

    @property
    def noun(self) -> str:
        """As the visitor reads it."""
        return tr(self.name)

    @property
    def meaning(self) -> str:
        """What it is, in the language of the visitor."""
        return tr(self.sentence)

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """What others call it in the language of the visitor, and we do not."""
        return tuple(map(tr, self.others))


POLYAK = "Polyak 1964, USSR Computational Mathematics and Mathematical Physics 4(5):1"

# ---- what descends, and on what ---------------------------------------------------------------

LOSS = Concept(
    "loss",
    "f",
    "What is made small: a number for every choice of the parameters.",
    ("cost function", "cost J", "objective", "error function"),
)
EXCESS_LOSS = Concept(
    "excess loss", "f - f^*", "Loss above the lowest minimum.", ("suboptimality", "optimality gap")
)
PARAMETER = Concept(
    "parameter",
    "x",
    "A number that training changes: x and y here, the weights of a network.",
)
RULE = Concept(
    "optimizer",
    "",
    "The rule that turns gradients into steps.",
    ("optimiser", "solver"),
)
RUNNER = Concept("runner", "", "One optimizer with its settings, in a race from one start.")
GRADIENT = Concept("gradient", "g", "The direction of steepest ascent, one derivative a parameter.")
SLOPE = Concept("slope", "|g|", "Length of the gradient.", ("gradient norm", "gradient magnitude"))
CURVATURE = Concept(
    "curvature",
    r"\lambda_i",
    "How fast the slope changes along a direction: an eigenvalue of the Hessian.",
)
SHARPNESS = Concept(
    "largest curvature",
    r"\lambda_{\mathrm{max}}",
    "The largest eigenvalue of the Hessian, which limits the learning rate.",
    ("spectral norm of the Hessian",),
)
ELONGATION = Concept(
    "elongation",
    r"\kappa",
    "How much steeper a valley is across than along, λ_max/λ_min.",
    ("condition number",),
    "Nesterov 2004, Introductory Lectures on Convex Optimization, section 2.1",
)
MINIMUM = Concept(
    "minimum", "x^*", "A place that no neighbour is lower than; the lowest is f*.", ("optimum",)
)
SADDLE = Concept(
    "saddle",
    "",
    "A place of zero gradient that is a minimum along one direction and a maximum along another.",
    (),
    "Dauphin et al. 2014, arXiv:1406.2572",
)
PLATEAU = Concept("plateau", "", "A stretch so flat that the steps nearly stop.", ("flat region",))
BASIN = Concept(
    "basin", "", "All starts whose descents end in one minimum.", ("attraction region",)
)
WINDOW = Concept("window", "", "The part of the plane that is looked at.", ("viewport",))

# ---- how it goes ------------------------------------------------------------------------------

LEARNING_RATE = Concept(
    "learning rate",
    r"\eta",
    "How far to go along the direction.",
    ("step size", "stepsize", "lr"),
    "Robbins & Monro 1951, Annals of Mathematical Statistics 22:400",
)
EFFECTIVE_RATE = Concept(
    "effective rate", "", "What multiplies the direction of a parameter, whatever the rule."
)
SCHEDULE = Concept(
    "schedule", "", "A factor on the learning rate that changes with the update.", ("annealing",)
)
UPDATE = Concept(
    "update", "t", "One application of the rule, counted from 1.", ("iteration", "training step")
)
STEP = Concept(
    "step", r"\Delta", "What one update adds to the parameters; a run of T makes T steps."
)
STEPS = Concept("steps", "T", "Number of updates of a run.", ("number of iterations",))
MOMENTUM = Concept(
    "momentum",
    r"\mu",
    "Share of the velocity kept at each step.",
    ("momentum coefficient", "inertia weight"),
    POLYAK,
)
VELOCITY = Concept(
    "velocity", "b", "The remembered sum of gradients that momentum moves by.", ("buffer",), POLYAK
)
BETA_1 = Concept(
    "memory of the gradient",
    r"\beta_1",
    "Share of the average gradient m that is kept at each step.",
    ("first moment decay",),
    "Kingma & Ba 2015, arXiv:1412.6980",
)
BETA_2 = Concept(
    "memory of the squares",
    r"\beta_2",
    "Share of the average squared gradient v that is kept at each step.",
    ("second moment decay", "smoothing constant"),
    "Kingma & Ba 2015, arXiv:1412.6980",
)
STABILISER = Concept(
    "stabiliser",
    r"\epsilon",
    "Keeps the division finite where gradients vanish.",
    ("fudge factor", "epsilon"),
)
WEIGHT_DECAY = Concept(
    "weight decay",
    r"\lambda",
    "A pull of every parameter towards zero.",
    (),
    "Krogh & Hertz 1991, NeurIPS 4:950",
)
CLIPPING = Concept(
    "gradient clipping",
    "c",
    "Holding the gradient to at most a given size before the rule sees it.",
    (),
    "Pascanu, Mikolov & Bengio 2013, arXiv:1211.5063",
)
NOISE = Concept(
    "noise", r"\sigma", "What a gradient has besides the true one: here Gaussian, or of a batch."
)
SEED = Concept("seed", "", "Which random draw.", ("random state",))

# ---- what happens -----------------------------------------------------------------------------

LIMIT = Concept(
    "limit",
    "",
    "The η·λ above which a rule no longer settles; that of gradient descent is 2.",
    ("stability threshold",),
)
GAUGE = Concept(
    "stability gauge",
    r"\eta\lambda",
    "Learning rate times largest curvature, to be compared with the limit.",
)
EDGE = Concept(
    "edge of stability",
    "",
    "Training that goes on while η·λ_max hovers about the limit.",
    (),
    "Cohen et al. 2021, arXiv:2103.00065",
)
DIVERGENCE = Concept(
    "divergence", "", "Steps that grow until the loss leaves all bounds.", ("blow-up",)
)

# ---- networks ---------------------------------------------------------------------------------

UNIT = Concept("unit", "n", "One coordinate of a layer.", ("neuron", "node"))
DEPTH = Concept("depth", "L", "Number of layers.", ())
ACTIVATION = Concept(
    "activation",
    r"\varphi",
    "The function between two layers.",
    ("nonlinearity", "transfer function"),
)
INITIALISATION = Concept(
    "initialisation", "", "How the first weights are drawn.", ("initialization", "initializer")
)
EXAMPLE = Concept(
    "example",
    "n",
    "One input with what is wanted of it.",
    ("data point", "training point"),
)
BATCH = Concept(
    "batch size",
    "B",
    "Examples whose mean gradient makes one update.",
    ("minibatch size", "mini-batch size"),
)
EPOCH = Concept("epochs", "", "Passes through all examples.")
KEPT = Concept(
    "share kept",
    "p",
    "Share of the units that a dropout mask leaves.",
    ("keep probability", "retention rate"),
    "Srivastava et al. 2014, Journal of Machine Learning Research 15:1929",
)
PENALTY = Concept(
    "penalty", r"\lambda", "What is added to the loss for large weights.", ("regularisation term",)
)

GLOSSARY: tuple[Concept, ...] = tuple(
    sorted((t for t in list(vars().values()) if isinstance(t, Concept)), key=lambda term: term.name)
)
"""Every term, by its English noun."""
