"""Explorers: live views that a notebook shows with one line."""

from helpers.studies.batches.batch_size_live import BatchSizeLive
from helpers.studies.chapter.machine_check import MachineCheck
from helpers.studies.drawing.draw_a_digit import DrawADigit
from helpers.studies.graphs.graph_live import GraphLive
from helpers.studies.landscape.landscape_live import LandscapeLive
from helpers.studies.momentum.ball_live import BallLive
from helpers.studies.momentum.momentum_live import MomentumLive
from helpers.studies.operations.broadcast_live import BroadcastLive
from helpers.studies.operations.dot_live import DotLive
from helpers.studies.operations.plane_live import PlaneLive
from helpers.studies.operations.reordering_live import ReorderingLive
from helpers.studies.paths.weight_space_live import WeightSpaceLive
from helpers.studies.phases.phase_live import PhaseLive
from helpers.studies.promises.surface_live import SurfaceLive
from helpers.studies.races.race_live import RaceLive
from helpers.studies.rates.learning_rate_live import LearningRateLive
from helpers.studies.regions.regions_live import RegionsLive
from helpers.studies.secants.tangent_live import TangentLive
from helpers.studies.tensors.digit_slicer import DigitSlicer
from helpers.studies.tensors.tensor_viewer import TensorViewer
from helpers.studies.training.training_live import TrainingLive

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
