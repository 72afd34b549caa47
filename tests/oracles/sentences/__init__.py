"""A judge of sentences: what is told of random runs beside facts that are computed independently.

``python -m tests.oracles.sentences --seed N --count 100`` prints every run with its sentences and
its facts for a reader, the claims that a machine can refute, and their counts by kind.
"""
