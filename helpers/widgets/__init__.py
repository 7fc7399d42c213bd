"""Explorers: live views that a notebook shows with one line."""

from helpers.widgets.broadcast_live import BroadcastLive
from helpers.widgets.digit_slicer import DigitSlicer
from helpers.widgets.dot_live import DotLive
from helpers.widgets.draw_a_digit import DrawADigit
from helpers.widgets.machine_check import MachineCheck
from helpers.widgets.plane_live import PlaneLive
from helpers.widgets.regions_live import RegionsLive
from helpers.widgets.reordering_live import ReorderingLive
from helpers.widgets.tensor_viewer import TensorViewer
from helpers.widgets.training_live import TrainingLive

__all__ = [
    "BroadcastLive",
    "DigitSlicer",
    "DotLive",
    "DrawADigit",
    "MachineCheck",
    "PlaneLive",
    "RegionsLive",
    "ReorderingLive",
    "TensorViewer",
    "TrainingLive",
]
