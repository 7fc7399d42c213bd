"""Many learners: the measuring still measures. What it measures is no test; docs/measurements.md holds it."""

import load

EXPLORER = "from helpers.widgets import PhaseLive\n\nPhaseLive()"


def test_a_learner_is_measured():
    """Else `make load` waits for pictures that never come, takes something else for them, or reads no memory."""
    measured = load.run(
        load.measure(1, 1, "1", ["import os\nassert os.environ['OMP_NUM_THREADS'] == '1'", EXPLORER])
    )
    assert 0 < len(measured.responses) <= measured.sent <= measured.moves
    assert min(measured.responses) > 0.001 and measured.spent > 0.1
    assert 10e6 < measured.private[0] <= measured.resident[0] < 1e9
    assert load.write_row(1, "1", measured).count("|") == load.HEADER.splitlines()[0].count("|")
