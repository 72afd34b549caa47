"""The lines of a training's verdict: its rules decide by them and its findings show them.

What is measured is that of a network: no minimum is known, so the loss is compared with its own
beginning and with what usual weights could win.  η·λ_max is in units in which the limit is 2.
"""

FIFTH = 5
"""The end of a training is its last fifth."""
TENTH = 10
"""Its beginning is the first tenth."""
TINY = 1e-300
"""Keeps a ratio finite where its divisor is zero."""

HELPS = 0.98
"""Times the loss at the end, and at first, below which a change must end to be named."""
MUCH_CALMER = 10.0
"""The rate divided by this is tried where the change that was thought of did not help."""

DIVERGED = 2.0
"""Times the first loss that the last one is."""

FLAT = 0.02
"""Share of the loss that the slope would win over the length of usual weights."""
ALIKE = 1e-9
"""Usual weights: units that differ by less are the same, but for rounding."""
DEAD = 0.5
"""Share of hidden units that answer nothing."""
UNLEARNT = 0.1
"""Share of the first loss above which something is left to learn …"""
UNMOVED = 0.9
"""… and above which nothing was learnt."""
SMALL_WEIGHTS = 0.5
"""Usual weights: below, no signal passes."""

RATE_ALIVE = 0.05
"""Share of the highest rate below which a schedule has ended the training."""
NOISE = 1.0
"""Times the slope that the noise of a batch is where it sets the floor …"""
NOISE_FALL = 0.1
"""… and the loss no longer falls: its logarithm by less in the last fifth."""

GAUGES = 20
"""Fewer measurements of η·λ_max have no median."""
EDGE_ALIVE = 1e-3
"""Share of the first slope that is left at the edge of stability."""
EDGE_BEGINS, EDGE_BELOW, EDGE_ABOVE = 1.8, 1.85, 2.25
"""η·λ_max at first, and its median of the second half (Cohen et al. 2021, arXiv:2103.00065)."""

QUIET = 0.01
"""Share of the first slope that is left at rest …"""
REST_FALL = 0.05
"""… where the logarithm of the loss changes by less in the last fifth."""
BENDS_DOWN = 0.05
"""Share of λ_max that −λ_min is at a saddle."""

FLIPS = 0.6
"""Share of gradients that oppose the one before."""
ABOVE = 0.25
"""Share of the measured updates at which η·λ_max lies above the limit."""
STRONG = 0.1
"""Share of the first slope that is left of a bounce."""

SLOW = 3.0
"""Times the updates made that halving the loss may take."""

BURST = 5.0
"""Times its median of the updates before that a gradient leaps to."""
BURST_BEFORE, BURST_BEGIN, BURST_PEAK = 50, 20, 10
"""Updates of that median, the first that can be one, and those about it that are lower."""
BURST_CALM, BURST_CALMED = 10, 0.35
"""Updates for which it falls back below this share of the peak."""
BURST_RISE = 1.2
"""Times the loss before that it rises to."""
BURST_ABOUT = 20
"""Updates before and after a leap in which η·λ_max is looked for."""
