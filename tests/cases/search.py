"""Ways to better weights (2.4)."""

import numpy as np

from helpers.studies.search import plots as search

STEPS = np.arange(100)
PASSES = np.arange(2000)
RATES = np.array([0.01, 0.03, 0.1, 0.3, 1, 3, 10])
WEIGHT = np.linspace(-3, 3, 61)

PICTURES = {
    "batch-losses": (
        search.show_batch_losses,
        (2.1 * np.exp(-STEPS / 20) + 0.2 + 0.1 * np.cos(STEPS), 2.3),
        "In 100 steps the loss falls from 2.4 to about 0.2: downwards on the whole, up and down from batch to batch, "
        "because each batch holds other digits.",
    ),
    "one-update": (
        search.show_one_update,
        (RATES, RATES**2 / 40 - RATES / 10, RATES**2 / 5 - RATES / 20),
        "One update lowers the loss on its own batch up to a learning rate of 3. The loss on all digits falls by at "
        "most 0.003, and is higher from 0.3 on. With the largest one tried, 10, both are higher than before.",
    ),
    "search": (
        search.show_search,
        (
            {
                "luck": 2.3 * np.exp(-PASSES / 900),
                "one weight\nat a time": 2.3 * np.exp(-PASSES / 1500),
                "downhill": 2.3 * np.exp(-(PASSES // 3) / 90),
            },
        ),
        "After 1,000 forward passes the loss is about 0.8 with luck, 1.2 with one weight at a time, 0.1 with downhill.",
    ),
    "slice": (
        search.show_slice,
        (WEIGHT, 0.4 + WEIGHT**2 / 20 + WEIGHT / 70, 0.9 - 0.1 * np.round(np.abs(WEIGHT)) / 3, 0.5),
        "While one weight moves to 61 values, the loss takes 61 different values, and the accuracy only 4: a slope on "
        "the left, stairs on the right.",
    ),
}
