"""Reference trajectories of PyTorch and optax, and what they were made of."""
