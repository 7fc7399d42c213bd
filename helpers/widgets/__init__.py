"""Explorers: live views that a notebook shows with one line."""

from helpers.widgets.ball_live import BallLive
from helpers.widgets.batch_size_live import BatchSizeLive
from helpers.widgets.broadcast_live import BroadcastLive
from helpers.widgets.digit_slicer import DigitSlicer
from helpers.widgets.dot_live import DotLive
from helpers.widgets.draw_a_digit import DrawADigit
from helpers.widgets.graph_live import GraphLive
from helpers.widgets.landscape_live import LandscapeLive
from helpers.widgets.learning_rate_live import LearningRateLive
from helpers.widgets.machine_check import MachineCheck
from helpers.widgets.momentum_live import MomentumLive
from helpers.widgets.phase_live import PhaseLive
from helpers.widgets.plane_live import PlaneLive
from helpers.widgets.race_live import RaceLive
from helpers.widgets.regions_live import RegionsLive
from helpers.widgets.reordering_live import ReorderingLive
from helpers.widgets.surface_live import SurfaceLive
from helpers.widgets.tangent_live import TangentLive
from helpers.widgets.tensor_viewer import TensorViewer
from helpers.widgets.training_live import TrainingLive
from helpers.widgets.weight_space_live import WeightSpaceLive

__all__ = [
    "BallLive",
    "BatchSizeLive",
    "BroadcastLive",
    "DigitSlicer",
    "DotLive",
    "DrawADigit",
    "GraphLive",
    "LandscapeLive",
    "LearningRateLive",
    "MachineCheck",
    "MomentumLive",
    "PhaseLive",
    "PlaneLive",
    "RaceLive",
    "RegionsLive",
    "ReorderingLive",
    "SurfaceLive",
    "TangentLive",
    "TensorViewer",
    "TrainingLive",
    "WeightSpaceLive",
]
