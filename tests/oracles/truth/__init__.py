"""Independent knowledge of a run: what is true, by means that a diagnosis does not use.

Nothing here imports `playground.diagnosis` or `playground.surfaces.critical`: minima come from
SciPy, the future from going on, the domain from asking the function.
"""
