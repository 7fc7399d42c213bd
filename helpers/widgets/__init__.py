"""Explorers: live views that a notebook shows with one line."""

from helpers.widgets.training_live import TrainingLive

__all__ = ["TrainingLive"]
