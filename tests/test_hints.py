"""Hints are true of the attempts that they stand at: of the code, and of what comes out.

A table of mistakes can be right in each of its halves and still have two hints in each other's place. So what a hint
says in so many words is looked up in its attempt, and what stands out in an attempt is looked up in its hint.
"""

import ast
import functools
import inspect
import itertools
import re
from typing import NamedTuple

import numpy as np
import pytest
from test_exercises import EXERCISES

from helpers.exercises import python_says
from helpers.exercises.feedback import run

# What a hint says of the code, and what then stands in the attempt; \1 is what the hint's first bracket has found.
SAID_OF_CODE = {
    r"\b[Yy]ou( also)? divided|^Only .* (is|was) divided": r"/|divided|4 \* best_step",
    r"^(You (looked at|took|returned)|That is) the (parameters of the )?last (?!step that|epoch|step whose|velocity)|the last \w* ?only|^Only the last (batch|product|loss)": r"-1|-2:|last",
    r"\b[Yy]ou( also)? multiplied|^The (gradient|learning rate) also multiplies": r"\*|@|prod|steps, steps|^\(16",
    r"^You (looked at|took|returned|sliced|counted) (the |only )*(middle of |parameters of |relu of )?the first|first (image|point|sample|entry|row|column|layer|batch) only|always (take|return) the first": r"\b0\]|:1\]|:2\]|: ?\w*size\]|\[:|0, |, 0\)",
    r"^You added (?!one|the (whole|bytes)|b\b|\d|all sizes)|^You (summed|added) everything": r"\+|sum|@|weighted|len\(x\)|-kernel_0",
    r"uphill|climb|points downhill": r"\+|-step|-learning|sign=1|^-|^learning_rate|- X|2 \* weight|velocity",
    r"^You transposed|^Your matrix is transposed|(table|result) is transposed|multiplied by the transposed|lie on their side|columns now": r"\.T\b|predictions, labels|@ g|y, x",
    r"[Yy]ou rounded|(is|are) rounded|whole part|`?//`? (throws|threw)|and // threw|as // does": r"//|\bint\b|round|floor|ceil",
    r"share 1 - momentum|multiplied by 1 - momentum\.|weights that add up to 1": r"1 - momentum",
    r"power of beta is|power of beta\.|^You corrected every|bias correction": r"power|\*\* count_up|keep, step|1 - keep|/ beta",
    r"^You took (the|a) root|[Tt]he root is too much|divided by the root|^The root covers": r"sqrt|\*\* ?0\.5|norm|with_root",
    r"Nesterov": r"nesterov|momentum \* \(new|1 \+ 2",
    r"sigmoid itself|value of sigmoid|neuron's output|before subtraction in Python: put brackets around 1": r"sigmoid\(|1 - ",
    r"measured? the (slope|gradient) once|kept the (slope|height)|use the slope at the start": r"_:|count \*|steps \*",
    r"error is squared|squared, too|^You squared|only y is squared": r"\*\* ?2|step \* gradient",
    r"^You moved all|the whole row moves": r"\w \+ h|\+ size|index\[:1\]|1\.0",
    r"square enters|Gradient and square|average of the squares takes|along the present gradient|came in twice|averages as they came": r"new=",
    r"[Yy]ou took (the |a )?means?\b|^You used one mean|by the mean of|[Yy]ou averaged the (?!sq|two)": r"mean|/ \(",
    r"one side only|moved down only|forward difference, from|backward difference": r"\bf\(x\)|loss\((w|W)\)",
    r"bias subtracted|subtracted the bias|Your b has the wrong sign|error lacks": r"- b|, 0\)",
    r"filled (up )?with|fill up|are filled": r"take|append|-batch_size|samples \* epochs|only",
    r"forgets the old one|old velocity has no effect|without momentum: no": r":= \(?-learning|0\.0, steps",
    r"shares are swapped": r"1 - (rho|beta), (rho|beta)|0\.1, 0\.001",
    r"one (step|sample) too many|[Oo]ne step too many|one too large|[Cc]ount (batches |rows and columns )?from 1\b|samples? too (long|late)": r"\+ 1|n - 1",
    r"sums? over the batch|[Yy]ou add(ed)? up over": r"np\.sum|len\(x\)",
    r"kept the negative": r"minimum|-matrix",
    r"is multiplied by the learning rate once more|comes in only|steps are too short": r"\+ learning_rate \*",
    r"shifted by one": r"\+ 1|8:22|6:20|- 1",
    r"[Mm]omentum shrinks": r"momentum \* \(",
    r"moved the (slope|intercept) first": r"order=",
    r"takes in the weights?|weight itself pushes": r"learning_rate \* w|velocity, w,",
    r"sorted by the probability of the label|by how far the answer": r"of_the_label",
    r"^That is the second difference": r"- 2 \*",
    r"^Division|Python divides (before|by)|Python divides y": r"/|[-+] (momentum|beta)",
    r"negative entries (out|around)|turned -2": r"> 0\]|abs",
    r"moved? .*by the old velocity|velocity from before": r"\+ velocity, |w \+ v,",
    r"in your (loss|gradient) (the|only)|In your (loss|gradient)": r"y ?\*\* ?2|2 \* w|\*\* 2 \*|line_gradient|errors|- y\) \*\* 2",
    r"[Yy]ou doubled|^You .*\btimes 2\b|^Your .*\btimes 2\b": r"\* 2|2 \*|20",
    r"last velocity|without the velocity|the new velocity, and": r"- roll|\[1\]|^momentum",
    r"rate smaller|PyTorch's smaller|slower than": r"\* \(1 - momentum\)",
    r"one step behind|[Oo]ne step is missing|one step too few|one too small|one sample (too few|short)": r"- 1",
    r"velocity is put in place|put the (distance|move) in place": r", v\)|lambda x: -?f",
    r"^You (walked|asked for the gradient of one|measured kernel and bias apart)": r" for |norm",
    r"gave the loss (this )?one weight": r"\[(index|place)\]",
    r"(?:slope|took .*) at (\w)\. (?!You)(?=It|What)": r"\(\1\)",
    r"[Bb]rackets behind brackets|sliced the rows twice": r"\]\[",
    r"missing axes at the end": r"at_the_end",
    r"zip stops": r"overlap",
    r"back to front\. Turn|the sizes in the wrong order": r"^turned",
    r"[Mm]ind the sizes of 0": r"larger_if_one_is_1|min\(size",
    r"equal shapes": r"left == right",
    r"shape with more axes": r"key=len",
    r"if one shape has fewer axes": r"len\(left\) == len\(right\)",
    r"keep all axes|one behind the other": r"left \+ right",
    r"NumPy (multiplied|find)": r"np\.",
    r"always take the (larger|left) size": r"max|aligned",
    r"compare the first axes": r"left\[0\] == right\[0\]",
    r"compare the last axes": r"left\[-1\] == right\[-1\]",
    r"is a single number": r"== \(\)",
    r"the other way around, right": r"right, left",
    r"suits two matrices|works for two matrices|Matrices come out": r"\(left\[0\], right\[-?1\]\)",
    r"know which shapes fit": r"is None else",
    r"^You begin at the last axes": r"turned\(",
    r"^W is right": r"W1 @ W2",
    r"^The bias is right": r"b1 @ W2 \+ b2",
    r"first layer's weights first": r"W2 @ W1",
    r"std got no axis|for the whole table": r"std\(\)",
    r"mean got no axis|for the whole table": r"mean\(\)",
    r"normalised each row|^axis=1": r"axis=1",
    r"^You squeezed|from smallest to largest": r"min\(",
    r"^You made the columns|apart and added|measured .* apart": r"norm",
    r"^The biases are missing|the biases, and|biases once|one bias a layer": r"biases=False|len\(sizes\) - 1",
    r"^You multiplied all sizes": r"prod",
    r"^The (last|first) layer is missing|first layer only": r"\[:-1\]|\[1:\]|\[:2\]",
    r"found the first time|Two losses in a row": r"first_step",
    r"^Where (nothing|the last loss)|step too late\. The losses|last step that is not below the goal\. The": r"is None else",
    r"exactly 0\. On": r">=",
    r"reaches (2h|from x - h/2)|around x \+ h|secants are 2h": r"2 \* h|h / 2",
    r"whatever f is": r"f\(x\) \+ h",
    r"^You added the (values at|two losses)": r"\) \+ (f|loss)",
    r"^You always move\. |^You always move, up": r"\[1:\]|:0:",
    r"^argmax of": r"argmax",
    r"per cent": r"100",
    r"^len\(\) counts": r"len\(",
    r"penalty's part of W|penalty's part is|penalty itself": r"W\)|W \*\*",
    r"never go below|keep the size as it is": r"max\(",
    r"but the gradient is that|your steps are|your gradient lacks": r"slope=",
    r"each loss is|your losses are": r"loss=",
    r"^Only `wanted` is squared": r"wanted \*\* 2",
    r"^You kept the value with the highest": r"max\(",
    r"accumulator takes in epsilon": r"\*\* 2 \+ epsilon\)",
    r"of all squares": r"np\.sum",
    r"upright": r"None",
    r"at the (present|earlier)|earlier gradients only": r"- gradients \*\* 2",
    r"divided by the number of classes": r"shape\[1\]|len|classes|minus_targets",
    r"sum(s)? to 1 (down|over)|add up to 1 (down|over)": r"axis=(0|None)",
    r"in whole columns": r"isin|bincount",
    r"minus sign too many|minus sign is missing|mirrors the points": r"multiply",
    r"gradient by the probabilities": r"np\.eye",
    r"^You divided by the number of (pixels|rows|weights)\b": r"size|len|shape",
    r"^You left the (root|negative)|left the right answers out": r"/ \(|> 0|eye",
    r"^Only the (diagonal|first (row|entry|product)).* (filled|done|there)": r"^only|W\[:, 0\]",
    r"^You took the (largest|highest)": r"max",
    r"(column|columns) (was|were) skipped|row and column are still 0": r"1:|:-1",
    r"[Tt]hree ways|^Two of three ways|For a you gave|For x you gave": r"^\(",
    r"[Bb]oth of your numbers are": r"\* 2$",
    r"wrong side of W2": r"W2 @ b1",
    r"^You sliced along axis 1|^You sliced samples": r"\[:, n|\[7:21, 7",
    r"^You took every|of a slice is the step": r"::",
    r"^You always (return|take) the first batch": r"\[:\w*size\]",
    r"go on to the end|take all that is left": r":\]",
    r"with samples of the next epoch": r"samples \* epochs",
}
# What a hint says is missing, and what the attempt then lacks.
SAID_TO_BE_MISSING = {
    r"learning rate is missing|step size is missing|`step` plays no|[Tt]he step plays no": r"\b(learning_rate|step)\b",
    r"gradient (above the fraction bar )?is missing|gradient was not asked|gradient does not matter": r"[*+-] gradients?\b",
    r"[Rr]oots? (\w+ the step )?(is|are) missing|root out|square of the (length|distance)": r"sqrt|0\.5",
    r"relu (is|are) (still )?missing|relu are still|leaves? relu out|^Your gradient passes relu": r"\brelu\b|scores_of|> 0",
    r"label says is missing|labels have no effect|Nothing was taken away": r"minus_targets|eye|isin|- 1",
    r"first subtract its mean": r"mean",
    r"^Each column has mean 0": r"std",
    r"without the bias: then": r"bias",
    r"compared the sums themselves|what comes out of relu": r"> 0",
    r"accumulator\. Return|what each step is divided by": r"learning_rate",
    r"present gradient alone|sum of all squares": r"cumsum",
    r"common label itself|occurs in the training set": r"test_labels",
    r"weights are still|returned the step alone|how far the weights move\.": r"(weights|W0) -",
    r"uses? no|the labels are missing|Without their labels": r"labels|\by\b",
    r"Only the labels|the samples are not": r"x\[order",
    r"labels are not": r"y\[order",
}
# What stands in an attempt and not in the solution, and the words of which its hint then has one.
NAMED_BY_THE_HINT = {
    r"np\.sum\(|\.sum\(": r"[Ss]um|add|total|together|count|all\b|loss|promise|cosine|length|root|how (many|often)|averag|divid|samples|compare|tuple",
    r"\babs\b": r"[Ss]ign|sizes?\b|fall|down|never|left|turned|streets|largest|steep|central",
    r"(?<!np\.)\bmean\(|np\.mean\(": r"[Mm]ean\b|means|[Aa]verage|middle|share|together|accuracy|loss|gradient",
    r"np\.sign\(": r"[Ss]igns?\b|length|\|x\||0\.5|three|choice",
    r"\[::-1\]": r"order|turned|backwards|mirror|end|left\b|places|first|lowest|small|right|down|rows?",
    r"- 1\b": r"\b1\b|one\b|0|before|last|missing|short|early|every|middle|second|sure|right|first|place|neighbour",
    r"zeros\(|zeros_like": r"\b0\b|nothing|long as|NumPy",
    r"rotation\(angle": r"degrees|radians|180|360",
    r"median": r"median|middle",
    r"next\(": r"both|first|left|move",
    r"\+ 1\b": r"\b1\b|one\b|0|next|late|too|many|last|first|fold|batch|count",
    r"\[-1\]$": r"[Ll]ast\b|right",
    r"//": r"whole|//|round|lost|batch|fraction|at most",
    r"np\.diff\(": r"neighbour|change|differ",
    r"flatten": r"row",
    r"isin": r"columns|right class",
}


def numbers(result):
    """List the numbers of a result, of all of its parts."""
    assert result is not None
    if isinstance(result, tuple | list):
        return np.concatenate([numbers(part) for part in result]) if len(result) else np.zeros(0)
    return np.ravel(np.asarray(result)).astype(float)


def equal(one, other):
    return one.shape == other.shape and np.allclose(one, other, rtol=1e-5, atol=1e-7)


def times(factor):
    return lambda found, right: equal(numbers(found), factor * numbers(right))


def proportional(found, right):
    found, right = numbers(found), numbers(right)
    return equal(found * (right @ right), right * (found @ right))


def same_shape(found, right):
    return np.shape(found) == np.shape(right)


def same_numbers(found, right):
    """Whether the numbers are the right ones up to their order or signs."""
    found, right = numbers(found), numbers(right)
    return equal(np.sort(found), np.sort(right)) or same_sizes(found, right)


def reordered(found, right):
    return same_shape(found, right) and equal(np.sort(numbers(found)), np.sort(numbers(right)))


def same_sizes(found, right):
    return equal(abs(numbers(found)), abs(numbers(right)))


def partly_right(found, right):
    if same_numbers(found, right) or proportional(found, right):
        return True
    if same_shape(found, right) and np.isclose(numbers(found), numbers(right)).any():
        return True
    found, right = ([each] if not isinstance(each, tuple | list) else each for each in (found, right))
    return any(equal(numbers(one), numbers(other)) for one in found for other in right)


def only_part(index):
    """Of a result of two parts, the second the last row of an array: whether this one is right and the other is not."""

    def holds(found, right):
        first, second = (
            equal(numbers(found[place]), numbers(right[place])) for place in (slice(-1), slice(-1, None))
        )
        return (first, second) == (index == 0, index == 1)

    return holds


def first_right(found, right):
    return np.isclose(numbers(found)[0], numbers(right)[0])


def one_number(found, right):
    return numbers(found).size == 1


def one_of_many(found, right):
    return numbers(found).size == 1 < numbers(right).size


def several(found, right):
    return numbers(found).size > 1


def more_numbers(found, right):
    return numbers(found).size > numbers(right).size


def nothing(found, right):
    return found is None or np.size(found) == 0


# What a hint says of the results, and how they then compare with the right ones: on every case, and on one at least.
SAID_OF_RESULTS = {
    r"^(The|All) (numbers|slopes|products|lengths|sizes) are right, but|^Both numbers are right": same_numbers,
    r"^That is the (loss|accuracy)|number came|^You (summed|added) everything|one number, the|^You returned the (largest|smallest|lowest|sum)": one_number,
    r"^You divided by the number of (samples|all|inputs|weights|classes)\b|by the size of the batch|too large by": proportional,
    r"^(You returned|That is) (relu of )?the first|[Oo]nly the first (row|entry)|^The first number is": first_right,
    r"[Tt]he shape is right": same_shape,
}
SAID_OF_SOME_RESULTS = {
    r"(value|weights?|velocity|bias|rate|slope|intercept|numbers|W|x|w|b|back|gradient of \w|loss|sizes|step|sums|axes|differences|True|False|slopes|indices) (is|are) right\b(?!. (The second|You summed|Return)|, but (each loss|where|your result is as long|the first layer))": partly_right,
    r"^Those are (?!steps)|^These are (?!the steps)": several,
    r"^(Your|The) velocity is right, but|The part of the intercept is right|carry back is right|The averaged rate is right": only_part(
        1
    ),
    r"(results are arrays|loss is an array|weight is an array), with an entry for each sample|one row and one column too many|returned all (mistakes|labels)|keep all axes": more_numbers,
    r"^(The weights? (is|are) right, but the|The value is right|The part of the slope is|The learning rate is right|Your first loss|The gradient of W is right)(?!. The second thing must)": only_part(
        0
    ),
    r"^Your loss (?!and)|^In your loss|^You squared the mean, after": only_part(1),
    r"nothing is returned|give up|yours is None|comes back empty|it should be step 0": nothing,
    r"^The signs? (of the whole )?(is|are) (turned|wrong)|^All signs are": same_sizes,
    r"^Your gradient (is|lacks|ends)|^In your gradient only|^Your new weight|^The second number is": only_part(
        0
    ),
}
SAID_TO_COME_BACK = r"as it was\.|as they were\b(?!\. ?$)|still those of the start|come back as|have not moved|values themselves\.|Nothing has moved|^Your result is g"


class Tried(NamedTuple):
    """An attempt of a table: its code, the solution's, and what both make of the cases."""

    code: str
    solution: str
    inputs: list
    outcomes: list
    right: list

    @property
    def compared(self):
        """What came out and what is right, where nothing stopped."""
        pairs = zip(self.outcomes, self.right, strict=True)
        return [(outcome.result, right) for outcome, right in pairs if outcome.error is None]

    def on_every_case(self, holds):
        return bool(self.compared) and all(holds(found, right) for found, right in self.compared)

    def on_some_case(self, holds):
        return any(holds(found, right) for found, right in self.compared)


def stops(tried):
    return any(outcome.error is not None for outcome in tried.outcomes)


def comes_back(tried):
    """Whether what is returned was handed over, or a part of it."""
    for outcome, inputs in zip(tried.outcomes, tried.inputs, strict=True):
        found = outcome.result
        parts = [numbers(found), *map(numbers, found if isinstance(found, tuple | list) else ())]
        known = [numbers(one) for one in inputs if not callable(one)]
        if not any(equal(part, one) for part in parts for one in known):
            return False
    return True


# What comes out, and the words of which the hint then has one.
COMES_OUT = {
    stops: r"error|[Ss]top|None|shape|axes|axis|brackets|known|function|[Rr]ow|column|array|loop|swapped|name|order|list|entr|place|meet|divides|weight|step|samples?|nothing|layer|Bias",
    times(-1): r"[Ss]igns?\b|uphill|turn|minus|up\b|climb|wrong|smallest|negative|downhill|way",
    one_of_many: r"\b[Oo]ne\b|loss|number|only|alone|[Ss]um|accuracy|That is|add|largest|smallest|[Rr]eturn|count",
    times(1 / 2): r"[Hh]alf|\b2\b|factor|mean|twice|single step|one step|floor|fraction",
    reordered: r"order|places?\b|type|float|transpos|swap|shape|row|first|other|back|mixed|sort|entries|array|sign|two|second|turned|matrix|list|number|text|columns",
    times(2): r"(?i:twice)|\b2\b|doubl|half|length|other side|two",
}


def normalised(attempt):
    return ast.unparse(ast.parse(attempt, mode="eval"))


@functools.cache
def tried(name):
    """List the rows of a table: each attempt as it was tried, and its hints, by the line of an error if it has several."""
    exercise = EXERCISES[name]
    if callable(exercise.solution):
        cases, code = list(exercise.cases().values()), inspect.getsource(exercise.solution)
        right = [run(exercise.solution, arguments).result for arguments in cases]
    else:
        cases, code, right = [()], "", [exercise.solution]
    rows = []
    for attempt, hints in exercise.mistakes.items():
        made = exercise.function_of(attempt)
        outcomes = [run(made if callable(made) else lambda made=made: made, arguments) for arguments in cases]
        rows.append((Tried(normalised(attempt), code, cases, outcomes, right), hints))
    return rows


def fits(holds):
    """Whether something can be said of results at all, and holds."""
    try:
        return bool(holds())
    except (TypeError, ValueError, IndexError, AssertionError):
        return False


def what_is_said(attempt, hint):
    """Yield each row of the tables that a hint or its attempt asks for, and whether it holds."""
    results = {
        **{said: (attempt.on_every_case, holds) for said, holds in SAID_OF_RESULTS.items()},
        **{said: (attempt.on_some_case, holds) for said, holds in SAID_OF_SOME_RESULTS.items()},
    }
    for said, code in SAID_OF_CODE.items():
        if match := re.search(said, hint):
            wanted = code.replace(r"\1", re.escape(match[1])) if r"\1" in code else code
            yield said, re.search(wanted, attempt.code) is not None
    for said, code in SAID_TO_BE_MISSING.items():
        if re.search(said, hint):
            yield said, re.search(code, attempt.code) is None
    for said, (on_cases, holds) in results.items():
        if re.search(said, hint):
            yield said, fits(lambda on_cases=on_cases, holds=holds: on_cases(holds))
    if re.search(SAID_TO_COME_BACK, hint):
        yield SAID_TO_COME_BACK, fits(lambda: comes_back(attempt))
    for code, words in NAMED_BY_THE_HINT.items():
        if re.search(code, attempt.code) and not re.search(code, attempt.solution):
            yield code, re.search(words, hint) is not None
    for holds, words in COMES_OUT.items():
        stopped = stops(attempt)
        there = (
            stopped
            if holds is stops
            else not stopped and fits(lambda holds=holds: attempt.on_every_case(holds))
        )
        if there:
            yield holds, re.search(words, hint) is not None


@pytest.mark.parametrize("name", [name for name, exercise in EXERCISES.items() if exercise.mistakes])
def test_what_a_hint_says_of_the_attempt_is_true(name):
    """Else two hints have changed places, and a learner who divided by the wrong number reads that a root is missing."""
    for attempt, hints in tried(name):
        for hint in python_says.by_line(hints).values():
            for row, holds in what_is_said(attempt, hint):
                assert holds, (row, attempt.code, hint)
        # A hint for a line of an error.
        assert isinstance(hints, str) or stops(attempt), attempt.code


def test_every_row_is_said_by_some_hint():
    """Else a hint was reworded, and its row looks for words that no hint has any more."""
    rows = {
        *SAID_OF_CODE,
        *SAID_TO_BE_MISSING,
        *SAID_OF_RESULTS,
        *SAID_OF_SOME_RESULTS,
        SAID_TO_COME_BACK,
        *NAMED_BY_THE_HINT,
        *COMES_OUT,
    }
    used = {
        row
        for name, exercise in EXERCISES.items()
        if exercise.mistakes
        for attempt, hints in tried(name)
        for hint in python_says.by_line(hints).values()
        for row, _ in what_is_said(attempt, hint)
    }
    assert rows - used == set()


def results(function, cases):
    return [run(function, arguments).result for arguments in cases]


def same_results(one, other, cases):
    pairs = zip(results(one, cases), results(other, cases), strict=True)
    return all(
        fits(lambda found=found, right=right: equal(numbers(found), numbers(right))) for found, right in pairs
    )


def inputs_of(exercise):
    inputs = inspect.signature(exercise.solution).parameters.values() if callable(exercise.solution) else ()
    return [one for one in inputs if one.default is one.empty]


def test_exercises_that_ask_for_the_same_give_a_hint_to_the_same_mistake():
    """Else one of two exercises says of a step without the learning rate what the other says of a step uphill."""
    compared = 0
    for one, other in itertools.combinations(EXERCISES.values(), 2):
        if not inputs_of(one) or len(inputs_of(one)) != len(inputs_of(other)):
            continue
        cases = [*one.cases().values(), *other.cases().values()]
        if same_results(one.solution, other.solution, cases):
            by_hint = {mistake.hint: mistake.attempt for mistake in other.usual_mistakes}
            for mistake in one.usual_mistakes:
                if mistake.hint in by_hint:
                    compared += 1
                    assert same_results(mistake.attempt, by_hint[mistake.hint], cases), mistake.hint
    # One step of descent, a step with momentum and a walk are each asked for twice.
    assert compared > 9
