"""The mistakes that tests/mutate.py makes in `helpers`, by kind: what a learner would meet, and below it where and what.

    where: the expression or statements that stand there → what is written instead

The place is the name of a function, method, class, constant or module, with as much before it as makes it the only one
(`Adam.step`, `paths.compute.train`). What stands there is compared as a syntax tree, inside of it only, and stands in it
once: line breaks, comments and moves to another file don't matter. Statements in a row have a semicolon between them.
"""

from typing import NamedTuple

TABLE = """
<= instead of <
    where two entries are equal, both receive the whole gradient
        maximum: x > y → x >= y
    label 10 of 10 classes stops in the middle of NumPy instead of with a sentence
        one_hot: 0 <= label < classes → 0 <= label <= classes
    a gradient of nan passes the check
        helpers.gradients.check_gradient: not difference[worst] <= tolerance → difference[worst] > tolerance
    a network that always says one half is right about every 1
        binary_accuracy: y_pred > 0.5 → y_pred >= 0.5
    a secant that ends on the kink is said to cross it
        name_cause: low < kink < high → low < kink <= high
    on flat ground, random search wanders off
        random_search: new < losses[-1] → new <= losses[-1]
    who arrives at the last step that counts has not arrived
        races.compute.race: arrived > steps - STAYS → arrived >= steps - STAYS
    the last stop of a slider is refused
        Range.check: self.low <= value <= self.high → self.low <= value < self.high
forgotten copy
    all entries measured so far stay moved
        numerical_gradient: point.copy() → point
    all points of a path are its last one
        descend: weights.copy() → weights
    the learner's start moves along with the descent
        descend: numbers(start, "descend").astype(float) → numbers(start, "descend").astype(float, copy=False)
    a try that failed stays in the weights
        one_at_a_time: before.copy() → before
    the start that was given moves along with the training
        paths.compute.train: [array.copy() for array in weights] → list(weights)
    all points of the path are its last one
        explore_phases: here.copy() → here
    an attempt that changes its input spoils the check for all others
        feedback.run: copy.deepcopy → copy.copy
missing factor
    every measured slope is twice too large
        central_difference: 2 * step → step
    a gradient that is too small passes the check
        helpers.gradients.check_gradient: np.abs(found - measured) → found - measured
    the kink is four times flatter on one side
        surfaces.kink: 4 * relu(-y) → relu(-y)
    the promise is for a step of that length, not for that learning rate
        promised_and_actual: np.sum(gradient**2) → np.sqrt(np.sum(gradient**2))
    the intercept learns half as fast as the slope
        compute.line_gradient: np.mean(2 * errors) → np.mean(errors)
    an average that is a sum: steps ten times as long
        averaged: (1 - momentum) * gradient(w) → gradient(w)
    the edge of divergence lies elsewhere than in theory
        phases.compute.edge: 2 * momentum → momentum
    a weight that jumps is said to shrink faster than it does
        phases.compute.motion: abs(middle) → middle
    a plane is said to show less of the points than it does
        principal_axes: sizes**2 → sizes
    the nearest centre is not the nearest
        nearest_centre_share: 2 * points → points
    pictures of the same points are mirrored on another machine
        principal_axes: np.abs(axes) → axes
    every second row is every row
        strided.select: places.step * stride → stride
    the most similar digit is the one with the least ink
        read_drawing: 2 * rows → rows
    the slider stands at a neighbour of the stop that is nearest on its scale
        LogSlider.shown: math.log(stop / value) → stop - value
    where f is steep and x is large, the best secant that there is counts as a bad one
        name_cause: max(1, abs(f(x)), abs(x * f_slope(x))) → max(1, abs(f(x)))
missing sum
    a weight that is used twice learns from one of its uses
        tensor.backward: gradient if parent.gradient is None else parent.gradient + gradient → gradient
    of two broadcast axes, one is not summed on the way back
        unbroadcast: tuple(axis for axis, size in enumerate(value.shape) if size == 1) → tuple(axis for axis, size in enumerate(value.shape) if size == 1)[:1]
    an entry that is picked twice receives one gradient
        getitem: np.add.at(gradient, index, g) → gradient[index] += g
    a larger batch takes larger steps
        softmax_cross_entropy: g / samples → g
    a short last batch counts as much as a full one
        Sequential.fit: len(batch) → len(x) / steps
    the spread is another one than defined
        gradient_spread: np.sqrt(squared_distances.mean()) → np.sqrt(squared_distances).mean()
    the length of a path is that of the straight line between its ends
        walk_digits: np.linalg.norm(np.diff(points, axis=0), axis=1).sum() → np.linalg.norm(points[-1] - points[0])
    a node that is used twice shows the last gradient instead of the sum
        GraphWalk.received: np.add.at → np.put
off by one
    in large layers, a row of weights is never trained
        blocks: start + rows → start + max(1, rows - 1)
    a descent that is lost at its last step counts as whole
        descend: len(losses) <= steps → len(losses) < steps
    the best step is four stops too small
        compute.best_step: 4 + np.argmin(largest) → np.argmin(largest)
    weights are kept a step after the first instead of at every fifth
        paths.compute.train: step % every == 0 → (step - 1) % every == 0
    the arrow shows the next step's velocity
        roll_down: np.diff(places, prepend=places[0]) → np.diff(places, append=places[-1])
    a descent that is lost at the very end counts as whole
        fate_of: len(heights) <= STEPS → len(heights) < STEPS
    arrival is reported a step early
        lasts_from: len(holds) - holds[::-1].argmin(axis=0) → len(holds) - 1 - holds[::-1].argmin(axis=0)
    a loss that does not stay small is said to be small from the last step on
        phases.compute.small_from: STEPS + 1 → STEPS
    the picture is an edge ahead of its sentence
        GraphWalk.backward_edges: self.step - self.forward_steps - 1 → self.step - self.forward_steps
    the picture is an epoch behind the slider
        GrowingTraining.reach: len(self.weights) <= epoch → len(self.weights) < epoch
    the last part of a tensor cannot be picked
        view_tensor: shape[axis] - 1 → shape[axis] - 2
    the last rows of a tall product cannot be looked at
        multiply_matrices: max(0, min(row, rows - 1)) → max(0, min(row, columns - 1))
    accuracies stand one step beside the losses that they belong to
        training.compute.train_digits: enumerate(np.resize(order, (steps, batch_size)), 1) → enumerate(np.resize(order, (steps, batch_size)))
    the last power of ten is missing from a slider
        LogSlider.stops: math.ceil(math.log10(self.high)) + 1 → math.ceil(math.log10(self.high))
    a label at the edge of the picture is moved although it has room
        labels.spread: low - gap → low
rule of an optimizer
    Nesterov's step looks ahead with the velocity from before the gradient
        SGD.step: weights -= scratch; weights += np.multiply(velocity, momentum, out=scratch) → velocity += scratch; weights += momentum * velocity - scratch; velocity -= scratch
    Adagrad's steps differ from Keras' where gradients are small
        Adagrad.step: np.sqrt(np.add(accumulator, self.epsilon, out=scratch), out=scratch) → np.add(np.sqrt(accumulator, out=scratch), self.epsilon, out=scratch)
    RMSprop's steps differ from Keras' where gradients are small
        RMSprop.step: np.sqrt(np.add(average, self.epsilon, out=scratch), out=scratch) → np.add(np.sqrt(average, out=scratch), self.epsilon, out=scratch)
    Adam's first steps are thirty times too small
        Adam.step: (1 - beta_2**self.iterations) ** 0.5 → 1 - beta_2**self.iterations
    Adam counts a step for each array of weights, and corrects each one less
        Optimizer.update: memory, scratch = self.recall(position, parameter) → self.iterations += position > 0; memory, scratch = self.recall(position, parameter)
sign
    1 / w is trained uphill
        divide: -g → g
    a minimum is marked where there is none
        HIMMELBLAU_MINIMA: -1.848127 → 1.848127
    the quotient rule the wrong way round
        quotient_rule: f_slope(x) * g(x) - f(x) * g_slope(x) → f(x) * g_slope(x) - f_slope(x) * g(x)
    Nesterov's rule looks back instead of ahead
        lookahead: w + momentum * velocity → w - momentum * velocity
    the plane turns clockwise
        move_plane: [[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]] → [[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]]
state left over
    each run of a cell adds the widgets of its explorers to the file
        shown.end: [*shown_now] → [*before, *shown_now]
    an explorer that another cell still shows dies
        shown.end: box not in still_shown → True
    a second backward() adds to the gradients of the first
        tensor.backward: tensor.gradient = None → pass
    a second fit shows the losses of the first, too
        Sequential.fit: self.history = History() → pass
    a preset shows something else after the sliders were moved
        Explorer.preset: self.defaults | self.presets[name].settings → self.presets[name].settings
    after an error, the sliders say something else than the picture
        Explorer.move: self.result = self.compute(**settings); self._settings.values_by_name = settings → self._settings.values_by_name = settings; self.result = self.compute(**settings)
    a layer that has learned forgets it when another model uses it
        Sequential.build: (layer.units,) if layer.parameters else layer.build(shape, self.random) → layer.build(shape, self.random)
swapped
    1 - w is computed as w - 1
        helpers.operations: operation(left, right) → operation(right, left)
    small digits are averages of pixels far apart, in the right shape
        shrink: images.reshape(len(images), 14, 2, 14, 2) → images.reshape(len(images), 2, 14, 2, 14).transpose(0, 2, 1, 4, 3)
    network A stands where the map has B
        landscape.compute.heights: land.network_a - land.start, land.network_b - land.start → land.network_b - land.start, land.network_a - land.start
    the landscape's digits have the labels of others
        digit_landscape: labels[:MEASURED] → labels[-MEASURED:]
    the slider for up moves right
        promises.compute.stand: [right, up] → [up, right]
    the ball in the left hollow is said to be in the right one
        momentum.compute.crossings: (int(np.argmin(minima)), int(np.argmax(minima))) → (int(np.argmax(minima)), int(np.argmin(minima)))
    the chosen rate ends lowest and does not arrive first
        tune: zip(tried.losses[-STAYS:].mean(axis=0), tried.arrived, strict=True) → zip(tried.arrived, tried.losses[-STAYS:].mean(axis=0), strict=True)
    an edge carries the gradient of the wrong end
        GraphWalk.carried: self.gradients[self.edges[:, 1]] → self.gradients[self.edges[:, 0]]
    the slice through a head is noise: its bytes are swapped
        load_mri_slice: "<u2" → ">u2"
    the turn comes first, not last
        move_plane: scale * np.array([[1, 0], [shear, 1]]) @ rotation → scale * rotation @ np.array([[1, 0], [shear, 1]])
    the digit stands on its head
        digit_outline: images[0][::-1] → images[0]
    drawings are centred along the wrong axis
        centre_of_mass: [(image.sum(axis=0) * places).sum(), (image.sum(axis=1) * places).sum()] → [(image.sum(axis=1) * places).sum(), (image.sum(axis=0) * places).sum()]
    who cannot see the picture hears matplotlib's help
        Picture.__init__: sentence → figure.__doc__
    the glossary is not in the order of the alphabet
        gather_terms: sorted(terms) → terms
    a term has the words of the notebook that explains it last
        gather_terms: terms.get(singular(english), Term(english, chinese, sentence, ())) → Term(english, chinese, sentence, getattr(terms.get(singular(english)), "files", ()))
    words that are moved to the left of a point run over it
        labels.SIDES: ("right", "top") → ("left", "top")
test set leaks
    what only measures is trained on, too
        Sequential.fit: self.history = History() → self.history = History(); x, y = map(np.concatenate, zip((x, y), validation_data or (x[:0], y[:0])))
    test digits are training digits, and every network looks better than it is
        datasets.read: (test_images, test_labels) → (train_images[:1000], train_labels[:1000])
    learning rates are chosen by the test digits
        race_digits: tries[..., 0].argmin → tries[..., 1].argmax
    learning rates are chosen on a run that counts in the race
        TUNING_SEED: 100 → 0
    the new points are the old ones, and nothing overfits
        new_points_of: make_points(data, NEW_POINTS, seed=1) → make_points(data)
    the accuracy on new digits is that on old ones
        training.compute.train_digits: accuracy(test_labels, probabilities) → accuracy(train_labels[:1000], model.predict(train_images[:1000] / scale))
transpose
    stacks of matrices get the gradients of other stacks
        operations.matmul: columns.swapaxes(-1, -2) → columns.T
    three axes that change places in a ring do not come back
        operations.transpose: np.argsort(np.mod(axes, value.ndim)) → np.mod(axes, value.ndim)
    maps of square grids lie on their side
        losses_on_plane: [[loss(centre + x * along + y * across) for x in first] for y in second] → [[loss(centre + x * along + y * across) for y in second] for x in first]
    the map is mirrored beneath its points
        train_regions: np.meshgrid(line, line) → np.meshgrid(line, line, indexing="ij")
    shear moves points up instead of right
        move_plane: np.array([[1, 0], [shear, 1]]) → np.array([[1, 0], [shear, 1]]).T
unsafe number
    softmax of large scores is nan
        operations.softmax: x - x.max(axis=-1, keepdims=True, initial=-np.inf) → x
    a certain and right answer has a loss below 0
        surprise: operations.maximum(y_pred, EPSILON) → y_pred + EPSILON
    distances of bytes wrap round: 1 - 2 is 255
        mean_absolute_error: np.subtract(y_pred, y_true, dtype=float) → np.subtract(y_pred, y_true)
    a network of float32 computes its loss in float64
        losses.pair: y_true.astype(y_pred.dtype, copy=False) → y_true
    a kernel that dies leaves half an archive where the digits are looked for
        datasets.keep: os.replace(shutil.copy(downloaded, folder), cached) → shutil.copy(downloaded, cached)
    trembling by rounding counts as turning round
        momentum.compute.turns: np.abs(moves) > STIRS → moves != 0
wrong axis
    one sample with large scores turns the softmax of the others into nan
        operations.softmax: x.max(axis=-1, keepdims=True, initial=-np.inf) → x.max()
    one sample with large scores makes the loss of the others infinite
        softmax_cross_entropy: logits.max(axis=-1, keepdims=True) → logits.max()
    the softmax of one sample passes its gradient to all others
        operations.softmax: (g * value).sum(axis=-1, keepdims=True) → (g * value).sum()
    cross-entropy is averaged over the classes instead of the samples
        surprise: len(y_true) → y_pred.shape[-1]
    a row of labels and a column of answers make a table of all pairs
        counted: y_true.reshape(wanted) → y_true
    of many runs at once, those of later blocks have the learning rates of the first
        optimizers.part: block → blocks(parameter)[0]
    of several points, the first one's weights are taken for the first weights of all
        surfaces.split: (..., axis) → axis
    gradients of several points come out transposed, unnoticed for two points
        Surface.loss_and_gradient: -1 → 0
    digits fall instead of moving to the right
        make_clips: np.roll(images, 2 * frame, axis=2) → np.roll(images, 2 * frame, axis=1)
    one number counts as a whole array of it
        feedback.same: found.shape != expected.shape → False
wrong batches
    images are shuffled and their labels are not
        Sequential.fit: y[batch] → y[step * batch_size : (step + 1) * batch_size]
    the samples that fill no batch are never seen
        Sequential.fit: math.ceil(len(x) / batch_size) → max(1, len(x) // batch_size)
    every run prints other losses
        Sequential.__init__: np.random.default_rng(seed) → np.random.default_rng()
    all epochs have the same batches
        Sequential.fit: self.random → np.random.default_rng(0)
    the last samples of an epoch are never seen
        shuffled_batches: range(0, samples, batch_size) → range(0, samples - batch_size + 1, batch_size)
    colours do not belong to the moons
        make_points: np.repeat → np.tile
    images are shuffled and their labels are not
        training.compute.train_digits: train_labels[batch] → train_labels[np.sort(batch)]
    digits come in the order of the file
        training.compute.train_digits: np.random.default_rng(seed).permutation(len(train_labels)) → np.sort(train_labels).argsort()
wrong condition
    a last layer of sigmoids is trained as if it were softmax
        surprise: y_pred.operation == "softmax" → y_pred.operation in ("softmax", "sigmoid")
    a damaged archive is used
        datasets.read: array.dtype != np.uint8 or hashlib.sha256(array.data).hexdigest() != checksum → array.dtype != np.uint8 and hashlib.sha256(array.data).hexdigest() != checksum
    one of many descents diverges and all stop
        descend: np.isfinite(loss).any → np.isfinite(loss).all
    a loss of nan is not lost
        races.compute.race: ~(losses <= LOST_ABOVE) → losses > LOST_ABOVE
    an attempt that changes its input only sometimes counts as solved
        Exercise.answer_right: any → all
    a surface is drawn over the one before
        LivePicture.enter: name == scene → True
    nothing is counted as one thing: "0 step"
        Words.count: int(whole) → int(whole) or 1
    the highest labels leave the picture
        labels.spread: min(moved[place], last - gap) → moved[place]
    whoever goes on with a model that diverged is told to look at the loss function
        Sequential.fit: all(np.isfinite(parameter.value).all() for parameter in self.parameters) → True
    targets that belong to no sample are left out without a word
        check_samples: len(x) != len(np.atleast_1d(y)) → len(x) > len(np.atleast_1d(y))
    learning rates that fit no weight end in NumPy's own words
        optimizers.fits: np.broadcast_shapes(np.shape(setting), shape) == shape → True
    of inputs that nobody scaled, only photographs are noticed
        check_inputs: x.max() > 1 → x.max() > 200
    of a descent that diverges, the arrow of the longest step lies outside of the picture
        show_fastest: np.where(inside, lengths, -1) → lengths
    a path that leaves the picture at the top is said to be seen whole
        style.within: (low <= points) & (points <= high) → low <= points
wrong default
    Adam divides by zero
        Adam.__init__: number("beta_2", beta_2, 0, BELOW_ONE) → number("beta_2", beta_2, 0, 1)
    on the saddle, every descent without noise stays on the ridge for ever
        SURFACES: (-2.0, 0.01) → (-2.0, 0.0)
    a float32 network has float64 gradients
        unbroadcast: np.asarray(gradient, dtype=value.dtype) → np.asarray(gradient)
    rounding spoils measured gradients, and right derivatives fail the check
        default_step: np.cbrt → np.sqrt
    a large weight is moved by less than its rounding
        default_step: np.cbrt(np.finfo(np.float64).eps) * max(1.0, abs(entry)) → np.cbrt(np.finfo(np.float64).eps)
    first weights are larger than the text says
        Dense.build: features + self.units → features
    RMSprop forgets more slowly than Keras'
        RMSprop.__init__: 0.9 → 0.99
    white is 0.996
        shrink: 255 → 256
    a gradient costs less than the text says
        PASSES_A_STEP: 3 → 2
    random directions prefer the corners
        random_directions: np.random.default_rng(seed).normal(size=(count, *shape)) → np.random.default_rng(seed).uniform(-1, 1, size=(count, *shape))
    the spread of batch gradients falls faster than the text says
        batch_gradients: random.integers(samples, size=batch_size) → random.permutation(samples)[:batch_size]
    the share that the picture shows is not one of the path's variance
        share_on_plane: points.mean(axis=0) → plane.centre
    the transpose of a slice begins at the wrong number
        strided.transpose: tensor.start → 0
    784,001 parameters count as 784,000
        feedback.close: 0 if expected.dtype.kind in "biu" else 1e-5 → 1e-5
    a forgotten factor counts as rounding where numbers are small
        feedback.close: 1e-7 → 1e-2
"""


class Mistake(NamedTuple):
    kind: str
    meets: str
    where: str
    old: str
    new: str


def rows(table):
    """Yield the mistakes of a table."""
    kind = meets = None
    for line in table.strip().splitlines():
        indent = len(line) - len(line.lstrip())
        if indent == 0:
            kind = line
        elif indent == 4:
            meets = line.strip()
        else:
            where, _, change = line.strip().partition(": ")
            yield Mistake(kind, meets, where, *change.split(" → "))


MISTAKES = tuple(rows(TABLE))
