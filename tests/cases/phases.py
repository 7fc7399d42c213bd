"""Phases of momentum (2.4.3b)."""

import numpy as np

from helpers.studies.phases import plots as phases
from helpers.studies.phases.compute import SMALL, STEPS, explore_phases
from helpers.widgets import PhaseLive

FIRST_PHASES = explore_phases(0.3, 0.0, 0.2, 4.0)

LIVE = {
    "phase": (phases.PhasePlot, FIRST_PHASES, explore_phases(0.1, 0.9, 0.5, 2.0)),
}


def same_phase_point(names, result):
    steps = len(result.losses)
    np.testing.assert_allclose(names["way"].points[:steps], result.weights, rtol=1e-9, atol=1e-300)
    np.testing.assert_allclose(names["way"].losses[:steps], result.losses, rtol=1e-9, atol=1e-300)
    assert (
        min(names["small_from"], STEPS + 1)
        == result.small_from
        == np.flatnonzero(
            np.append(~(result.losses <= SMALL * result.losses[0]), [True] * (STEPS + 1 - steps))
        )[-1]
        + 1
    )


SAME = {PhaseLive: same_phase_point}
