"""The loss one chooses: cross-entropy and squared error."""
