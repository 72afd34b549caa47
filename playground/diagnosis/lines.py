"""The lines: every number that decides what is said of a descent, once, and why it is this one.

A rule reads its line here when it is asked, and the finding shows the same value.  Where no other
source is named the line lies in a gap: of the runs labelled by independent means (the same run
continued, started again, without its noise) those on either side of it are far from it, and half
or twice the value judges 97 to 98 in 100 as before.  Lengths are in diagonals of the window or in
ways travelled, losses in drops f₀ − f* that the run could make, so that no line has a unit.
"""

# ---- stretches of a run -----------------------------------------------------------------------
FIFTH = 5
"""The end of a run is its last fifth …"""
SOME = 10
"""… of at least ten updates, below which no share of flips means anything."""
TWENTIETH = 20
"""The amplitude is that of the last twentieth of the points."""
QUARTER = 4
"""Two quarters are compared to see a cycle repeat."""
THIRD = 3
"""The middle third is what a runaway is compared with."""
TENTH = 10
"""The early slope is the steepest of the first tenth."""
LAST_STRIDES = 3
"""A last stride is of three updates, so that a flip does not hide it."""
LOOK_BACK = 5
"""It still falls if it is lower than four updates ago."""
FIRST_STEPS = 3
"""The first steps, and the last slopes, are at least three."""

# ---- what counts as the same number -----------------------------------------------------------
TINY = 1e-300
"""Keeps a ratio finite where its divisor is zero."""
SINGULAR = 1e-12
"""An eigenvalue this much smaller than the other is zero: rounding leaves 1e-16 of the other."""
ROUNDING = 1e-6
"""A wall must be gentler by more than this to be gentler."""
EQUAL = 1e-6
"""Share of the relief within which two minima are equally low."""
RIM = 41
"""Places along each side of the window at which the relief is seen."""
TIP_AWAY, TIP_NEARER = 1e-6, 0.1
"""Windows from a minimum, and share of that: between them the slope of a cone does not fade."""

# ---- near and far -----------------------------------------------------------------------------
DOMAIN = 1e4
"""A point this many windows away has left for good."""
DECAY_HOLDS = 2.0
"""Rate times decoupled decay beyond which decay alone multiplies a point by more than one."""
CAME_BACK = 0.1
"""Share of the drop left, below which a run that was far away and ends in the window came back."""
FAR_OUT = 1.0
"""Windows outside the window from which a growing slope is that of a runaway."""
NEAR_GONE = 100.0
"""Windows within which a point whose loss is not a number is where the loss is not defined."""
ARRIVED = 0.01
"""Share of the way that may be left at a minimum (syllabus, section 9)."""
LEAST_WAY = 1e-3
"""Windows: the way is at least this, else a start at the minimum would have none."""
LOWEST = 0.01
"""Share of the drop within which a minimum is the lowest (syllabus, section 9)."""
FLOOR = 1e-4
"""Share of the drop within which it lies on the floor of a valley."""
BESIDE = 0.02
"""Windows from a known critical point within which it is meant."""
AT_CRITICAL = 0.01
"""Windows within which it is at the critical point of the local quadratic (section 9)."""
NEARER = 0.2
"""Share of the way to the nearest minimum at which a saddle is, at most, that it stands at."""
SHOULDER_STILL = 0.002
"""Windows: the amplitude of what rests on a shoulder, where slopes vanish on the way down."""
INFLECTION, FLATTER = 2.0, 0.1
"""Ways to the nearest minimum at which Newton's step leads nowhere; slope at its target if not."""
LEVEL_REACH = 10.0
"""Newton's steps to a minimum without curvature, at most: that of x⁴ is at 3, of x⁸ at 7."""
NO_WAY = 1e-6
"""Share of the way that is called less than a millionth."""

# ---- diverged ---------------------------------------------------------------------------------
CALM_GONE = 10.0
"""Times its median: a slope below this was not growing when the numbers ended."""
RUNAWAY_STEPS = 8
"""Fewer updates have no middle to compare with."""
STEEPER = 3.0
"""Times the slope of the middle third that the last slopes have in a runaway."""
FAR_ABOVE = 10.0
"""Drops above the lowest from which a growing slope is that of a runaway."""
BOUNCE_STEPS = 4
"""Fewer updates are no bounce."""
ALWAYS_FLIPS = 0.8
"""Share of flips of a bounce that may grow without end; a chaotic one flips less."""
GROWTH = 1e-4
"""Per update: a bounce that grows by less is at its limit."""
AT_PEAK = 0.99
"""Share of the highest slope of the second half that the last one has in a growing bounce."""
WALLS_SEEN = 10.0
"""Windows to which a gentler wall is looked for …"""
WALLS = 64
"""… at so many amplitudes."""
AS_PREDICTED = 1.5
"""Times |1 − ηλ|: growth below this is what the quadratic predicts."""
GROWTH_SEEN = 20
"""Updates over which growth is averaged."""

# ---- noise ------------------------------------------------------------------------------------
NOISE_STEPS = 20
"""Half of fewer updates have no mean and variance to compare."""
NOISE_GRADIENT, NOISE_BOUNCING = 30.0, 10.0
"""Times σ: larger gradients are not made by noise, nor are the second if they flip more than …"""
NOISE_FLIPS = 0.6
"""… in this share: noise alone flips half of them."""
RATE_ALIVE = 0.05
"""Share of the highest rate below which a schedule has ended the run."""
OWED_TO_NOISE, COMES_DOWN_BY = 0.5, 0.1
"""Share of its unrest, and of the height noise adds, that a run on its floor has without it; height
of its last quarter over the one before, of a floor."""
HELD_RATE, SINKS = 0.95, 0.2
"""Rate to come over that of late, of one that lasts; share by which later on it is no floor."""
NOISE_ARRIVED = 1e-4
"""Share of the drop below which noise no longer counts."""

# ---- edge of stability ------------------------------------------------------------------------
EDGE_STEPS = 50
"""Fewer updates have no time to hover."""
EDGE_BELOW, EDGE_ABOVE = 0.925, 1.125
"""Times the limit, between which the median of the second half hovers: 1.85 and 2.25 of plain
descent (syllabus, section 9; Cohen et al. 2021, arXiv:2103.00065, figure 1)."""
EDGE_BEGINS = 0.9
"""Times the limit: the ground of the first fifth was flatter than this."""
EDGE_ALIVE = 1e-3
"""Times the first slopes that the last ones have; below, it has arrived."""

# ---- plateau ----------------------------------------------------------------------------------
FLAT = 0.02
"""Slope × window over the remaining loss (syllabus, section 9)."""
STRAIGHT = 0.5
"""½ λ window² over the remaining loss: more curvature would end the plateau within the window."""
CROSSES = 0.1
"""Windows made in the last fifth, at a pace that is kept, of what lies on no plateau."""
NEVER_LEFT = 0.01
"""Share of the drop that is done on the plateau of the start."""

# ---- standing ---------------------------------------------------------------------------------
STILL, CALMING, SHRINKS = 2e-3, 0.02, 0.9
"""Amplitude over the way of what stands, or of what shrinks by the last from stretch to stretch."""
CREEPS_IN, DIED = 1e-3, 0.1
"""Share of the way left, and made by the last stride, closing in; of a width that died away."""
STRAYS = 2.0
"""Times what is left at the end, that it was away in its last steps, of what is kept moving."""
BENDS_DOWN = 1e-6
"""Times the other curvature: a negative one closer to zero is rounding."""
ROUNDED = 1e-10
"""Relief over window: a smaller slope is rounding, which leaves 1e-16 of what it is made of."""
STIRRED, STIRRED_BY_DECAY = 0.2, 0.01
"""Windows within which rounding stirs a rule that divides by the slope, and decay any rule."""
BALANCED = 0.005
"""Share of what decay alone would move, that is made where the rule holds against it."""
AT_THE_RIM = 0.98
"""Share of 1/λ from which it stands at the rim of what decay leaves."""

# ---- bounces and cycles -----------------------------------------------------------------------
FLIPPING = 0.55
"""Share of flips of a bounce: a swing with inertia has fewer, noise half."""
NEARLY_ALL_FLIPS = 0.9
"""Share of flips from which one factor per step describes the bounce."""
HIGH = 0.01
"""Share of the drop above which it is not at the minimum (section 9)."""
HELD, HELD_AT_MOST, KEPT_UP = 0.6, 1.7, 0.25
"""Amplitude over that of the stretch before of a cycle that is kept up (section 9); its width over
amplitude."""
STRONG = 0.1
"""Share of the early slope that is left of a bounce outside a valley (section 9)."""
CYCLE = 1e-3
"""Amplitude over the way of a cycle that is seen."""
CYCLE_FLIPS = 0.3
"""Share of flips of a cycle about a minimum, of period six or less."""
CYCLE_DRIFT = 0.25
"""Share of its width by which a cycle may move on."""
CYCLE_SHRUNK, CYCLE_GROWN = 0.75, 1.5
"""Width over that of the quarter before."""
TURNS = 4
"""Crossings of the middle in a quarter: two whole periods."""
NO_LOWER, TO_AND_FRO, SWINGS = 0.97, 0.5, 10.0
"""Mean loss over that of the quarter before of what gains nothing, way over length of its path,
and times the last loss that it has been higher of late."""
BOUNCE_SHRUNK, BOUNCE_GROWN = 0.9, 1.1
"""The same of a linear rule, whose slow swing would die out …"""
BOUNCE_FLIPS = 0.2
"""… and which only walls keep up."""

# ---- pace -------------------------------------------------------------------------------------
SLOW, SURELY_SOON, SURELY_SLOW, LOOK_FURTHER = 3.0, 1.0, 8.0, 100
"""Times the updates made that may still be needed (section 9), sure or else looked at so far."""
COLLAPSE, RATES_SEEN = 2.5, 16
"""Times by which the effective step has fallen (section 9), since so many moments of the run."""
SMALL_STEP, NO_ROOM = 0.3, 0.5
"""Share of the limit below which the step is small, and above which there is no room to double."""
SLOWING = 0.2
"""Share of speed/distance at which it must be slowing down to be on its way into a minimum."""
STEADY = 1e-9
"""Per update: slowing down by less is rounding."""
SLACKENS = 0.9
"""Pace over that of the stretch before, of a fall as a power of time: of 1/t it is 0.78."""
DOWNHILL = 0.05
"""Times the other curvature: a more negative one makes it leave faster and faster."""
AS_QUADRATIC = 1.1
"""Newton's step over the way to the minimum, up to which the curvature here is that of the way."""
RING_NEAR = 0.3
"""Share of the way to the goal within which a swing is about it."""
RING_REACH = 1.5
"""Times the way the run would make at its pace: the goal is within reach."""
RING = 0.01
"""Share of the way that a swing must have to be seen."""
AS_WIDE = 0.1
"""Share by which an amplitude may have changed that is called kept."""

# ---- the run carried on, for sentences ----------------------------------------------------------
LOOK_AHEAD, STAYS, CLOSE, STOPS = 3000, 1000, 0.05, 0.999
"""Updates to look ahead, and where it has arrived; share of the way it keeps to, and that stops."""
ENDED = 0.02
"""Share of its highest below which a rate is at its end, if its schedule has the run's length."""
RISEN = 5.0
"""Drops above the start, to which a loss has risen that is not healthy though it came back."""

# ---- events -----------------------------------------------------------------------------------
EVENT_STEPS = 5
"""Fewer updates are no story."""
SWING, CLIMBS, VALLEY, SAME_WAY = 0.05, 0.01, 2.0, 0.95
"""Share of the starting distance along a mode on the other side (section 9), of steps along the
gradient; times that walls are steeper than the floor, cosine of their turn in a straight valley."""
LINGERS = 0.05
"""Share of the steps that were spent at a saddle, of what lingered there."""
THROWN = 1.0
"""Drops above the start, to which the loss rose of what was thrown up."""
RETURNS = 2.0
"""Times by which a rate is higher than it was."""
BURST_STEPS, BURST_BEGIN = 20, 12
"""Fewer updates have no quiet stretch; the first update at which a leap may be called one."""
BURST, QUIET = 5.0, 50
"""Times the median of the quiet stretch (section 9), of so many updates before."""
FLIPS_SEEN, FLIPS_BEFORE = 6, 3
"""Of the last six updates half must have flipped: the gradient alternates as it grows."""
RISE = 1e-3
"""Share of the range of the loss by which it rises …"""
RISE_BACK = (10, 5)
"""… above the lower of its values so many updates before."""
CALMED, CALM_STEPS, BURST_ENDS = 0.35, 20, 200
"""Share of the peak below which the slope falls back, and stays for so many updates, within."""
BURST_REASON, CAME_DOWN, KEEPS_SIZE = 20, 2.0, 3.0
"""Updates before the peak in which the reason is looked for; times its least size that it has been
before, and by which it changes from step to step at most."""
