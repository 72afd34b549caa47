"""Networks: surfaces one cannot see, with the same protocol on parameters ``(P, ...)``."""

from playground.networks.activations import Activation
from playground.networks.initialisations import Initialisation
from playground.networks.loss import Loss
from playground.networks.mlp import MLP
from playground.networks.training import Data, Training, train, training_moments

__all__ = [
    "MLP",
    "Activation",
    "Data",
    "Initialisation",
    "Loss",
    "Training",
    "train",
    "training_moments",
]
