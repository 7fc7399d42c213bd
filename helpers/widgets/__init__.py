"""Explorers: live views that a notebook shows with one line."""

from helpers.widgets.machine_check import MachineCheck
from helpers.widgets.training_live import TrainingLive

__all__ = ["MachineCheck", "TrainingLive"]
