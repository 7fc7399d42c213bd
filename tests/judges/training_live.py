"""The judge of TrainingLive: it trains once more, with loops of its own, and with longer steps where these are called too small."""

import functools

import numpy as np

from helpers.widgets import TrainingLive
from judges.shared.digits import cross_entropy, descend, draw_kernel, load_digits, run_network
from judges.shared.judging import Judge
from judges.shared.reading import Form, misrounded, reads, untrue

TRAINING = Form(
    r"(?P<steps>\d+) steps of (?P<batch>\d+) (?P<noun>digits?), learning rate (?P<rate>[\d.]+), momentum (?P<momentum>[\d.]+): "
    r"the loss is (?P<first>[\d.]+) on the first batch and (?P<last>[\d.,]+) on the last ten, and (?P<share>\d+) of 100 test digits "
    r"are read correctly(?P<guess>, no better than guessing)?\.(?P<trouble> .+)?"
)
STOPPED = Form(
    r"(?P<batch>\d+) (?P<noun>digits?) a step, learning rate (?P<rate>[\d.]+), momentum (?P<momentum>[\d.]+): the loss grew beyond all "
    r"numbers at step (?P<steps>\d+): the steps are far too large\."
)
TOO_SMALL = Form(
    r" The steps are too small to arrive anywhere in so few of them: measured every 20 steps, the loss of the test digits falls each "
    r"time, and in all only by (?P<fall>[\d.]+)\."
)
FLAT = (
    " The steps threw the weights out onto flat ground: all 32 hidden units give 0 for every test digit, and so all get the same "
    "answer."
)
ONE_ANSWER = Form(
    r" The network gives (?P<same>\d+) of 100 test digits the same answer(?:: (?P<silent>\d+) of its 32 hidden units give 0 for all "
    r"of them)?\."
)


@functools.cache
def training_data():
    train_images, train_labels, test_images, test_labels = load_digits()
    scaled = [(images.reshape(len(images), 784) / np.float32(255)) for images in (train_images, test_images)]
    order = np.random.default_rng(0).permutation(len(train_labels))
    random = np.random.default_rng(0)
    W1 = draw_kernel(random, 784, 32).astype(np.float32)
    W2 = draw_kernel(random, 32, 10).astype(np.float32)
    weights = [W1, np.zeros(32, np.float32), W2, np.zeros(10, np.float32)]
    return (*scaled, train_labels, test_labels, order, weights)


@functools.lru_cache(maxsize=20)
def train(learning_rate, momentum, batch_size, nudge=0.0):
    """Return the loss of each batch, and of the test digits: their losses every 20 steps, answers, and hidden units."""
    x, test_x, labels, test_labels, order, weights = training_data()
    drawn = (order[np.arange(step * batch_size, (step + 1) * batch_size) % len(order)] for step in range(60))
    weights = [array * np.float32(1 + nudge) for array in weights]
    losses, checks, last = [], [], None
    with np.errstate(all="ignore"):
        way = descend(weights, ((x[batch], labels[batch]) for batch in drawn), learning_rate, momentum)
        checks.append(cross_entropy(run_network(weights, test_x)[1], test_labels))
        for step, (loss, weights) in enumerate(way, 1):
            losses.append(float(loss))
            if not np.isfinite(loss):
                break
            if step % 20 == 0:
                last = run_network(weights, test_x)
                checks.append(cross_entropy(last[1], test_labels))
    return np.array(losses), np.array(checks), last


def judge_training_live(settings, sentence, pictured):
    stopped = "beyond all numbers" in sentence
    said = (STOPPED if stopped else TRAINING).read(sentence)
    found = hold_training(settings, said, *train(**settings))
    if 0 < len(found) < 4 and not stopped:
        # A run is chaotic where others, from starts as far apart as two numbers round in float32, end elsewhere.
        runs = [train(**settings, nudge=times * 1e-6) for times in (0, 1, -1, 2, -2)]
        spread = 2 * np.ptp([losses[-10:].mean() for losses, _, _ in runs])
        if spread > 1e-3:
            found = min((hold_training(settings, said, *run, spread) for run in runs), key=len)
    return found


def hold_training(settings, said, losses, checks, last, spread=0.0):
    labels = load_digits()[3]
    found = misrounded(
        said,
        ("batch", settings["batch_size"]),
        ("rate", settings["learning_rate"], {"digits": 3}),
        ("momentum", settings["momentum"], {"digits": 6}),
        ("steps", len(losses)),
    )
    if "trouble" not in said or not np.isfinite(losses[-1]):
        return found + untrue(overflow="trouble" not in said and not np.isfinite(losses[-1]))
    hidden, scores = last
    answers = scores.argmax(axis=1)
    share = 100 * (answers == labels).mean()
    same = 100 * np.bincount(answers).max() / len(labels)
    silent = int((hidden.max(axis=0) == 0).sum())
    tail = losses[-10:].mean()
    found += misrounded(
        said,
        ("first", losses[0], {"decimals": 2, "slack": 1e-3}),
        ("last", tail, {"decimals": 2, "slack": 1e-3 + 1e-4 * tail + spread}),
        ("share", share, {"decimals": 0, "slack": 0.2 + 100 * spread}),
    )
    found += untrue(
        noun=said["noun"] == ("digit" if settings["batch_size"] == 1 else "digits"),
        no_better_than_guessing=said["guess"] is None or share < 12.2,
        guessing_is_not_passed_over=said["guess"] is not None or share > 11.5,
    )
    trouble = said["trouble"]
    if trouble is None:
        return found + untrue(trouble_is_not_passed_over=silent < 32 and same < 90.3)
    if trouble == FLAT:
        return found + untrue(flat_ground=silent == 32 and same == 100)
    if "same answer" in trouble:
        said = ONE_ANSWER.read(trouble)
        found += misrounded(said, ("same", same, {"decimals": 0, "slack": 0.3}))
        return found + untrue(silent_units=said["silent"] is None or int(said["silent"]) == silent)
    said = TOO_SMALL.read(trouble)
    found += misrounded(said, ("fall", checks[0] - checks[-1], {"decimals": 2, "slack": 1e-3}))
    # What too small steps leave undone, longer steps of the same kind get done.
    longer = train(**settings | {"learning_rate": 4 * settings["learning_rate"]})
    return found + untrue(
        falls_from_check_to_check=(np.diff(checks) < 1e-5).all(),
        little_is_read=share < 25.3,
        longer_steps_arrive_further=longer[1][-1] < checks[-1],
    )


TRAINING_LIVE = Judge(
    TrainingLive,
    reads(judge_training_live),
    special=({"learning_rate": 10.0, "momentum": 0.99, "batch_size": 1},),
    stops={
        "Move the learning rate from its smallest value to its largest.": tuple(
            {"learning_rate": rate} for rate in (0.001, 0.01, 0.1, 0.5, 2.0, 5.0)
        ),
        "Press *crawls*, then raise the momentum to 0.9.": (
            {"learning_rate": 0.001, "momentum": 0.9},
            {"learning_rate": 0.3, "momentum": 0.9},
            {"learning_rate": 1.0},
            {"learning_rate": 1.0, "momentum": 0.9},
        ),
        "Press *one digit a step*, then double the batch size again and again.": tuple(
            {"learning_rate": 0.1, "batch_size": size} for size in (2, 8, 32, 128)
        ),
    },
    tries=12,
)
