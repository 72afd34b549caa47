"""Mini-batches: the noise they make, what it costs and what it leaves."""
