"""The closed list of what may be said about a run, in the order in which it is asked."""

MEANING = {
    "diverged": "the point left for good, or loss and gradient grow without bound",
    "noise_floor": "as low as the gradient noise lets it: the mean gradient no longer matters",
    "edge_of_stability": "the curvature rose until the step just fits, and hovers there",
    "converged": "it stands at the lowest known minimum",
    "local_minimum": "it stands at a minimum that is not the lowest",
    "saddle": "it stands where the slope vanishes but a way down remains",
    "oscillating": "it bounces between the walls, far above the minimum: not a critical point",
    "limit_cycle": "it circles a minimum at the scale of its step and comes no closer",
    "plateau": "the slope is too small to get anywhere, far from any minimum",
    "step_collapse": "the effective step has shrunk on the way and the rest would take too long",
    "slow": "the step is too small for this curvature",
    "in_progress": "healthy, not finished",
    "overshoot": "inertia carried it past the minimum and uphill on the other side",
    "burst": "after a quiet stretch the gradient leapt up, and the method recovered by itself",
}

EVENTS = ("overshoot", "burst")
OUTCOMES = tuple(label for label in MEANING if label not in EVENTS)
LABELS = (*OUTCOMES, *EVENTS)
