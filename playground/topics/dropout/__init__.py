"""Dropout: what it does to activations, and to a training."""
