"""What Python and NumPy mean by their messages: one table for all exercises, first match first."""

import re

from helpers.language import Words
from helpers.tensor import ONLY_OUTSIDE

_ = Words(__name__)

KINDS = {
    "NoneType": _("None"),
    "bool": _("True or False"),
    "builtin_function_or_method": _("a function itself"),
    "dict": _("a dictionary"),
    "ellipsis": _("the three dots"),
    "float": _("a number"),
    "function": _("a function itself"),
    "int": _("a whole number"),
    "list": _("a list"),
    "map": _("a map, which gives its values one by one"),
    "method": _("a function itself"),
    "module": _("a module"),
    "numpy.bool": _("True or False"),
    "numpy.ndarray": _("an array"),
    "ndarray": _("an array"),
    "range": _("a range"),
    "set": _("a set"),
    "str": _("text in quotes"),
    "Tensor": _("a Tensor of the course"),
    "tuple": _("a tuple"),
    "type": _("a type"),
    "zip": _("a zip, which gives its pairs one by one"),
}
SINGLE_NUMBER, SINGLE_VALUE, OTHER_KIND = (
    _("a single number"),
    _("a single value"),
    _("a value of type {kind}"),
)
NO_INPUTS = _("none")
NUMBERS = r"int|float|bool|numpy\.(float|int|uint|bool)\d*_?"
FUNCTIONS = r"function|builtin_function_or_method|method|numpy\.ufunc|(numpy\.)?_ArrayFunctionDispatcher"
SEVERAL = r"list|tuple|range|zip|map|dict|set|generator|dict_values|dict_keys"
OF_NUMPY = (
    r"sqrt|exp|log|sin|cos|tanh|radians|mean|zeros|ones|array|argmax|argmin|maximum|minimum|bincount|std|prod|"
    r"dot|outer|arange|average|median|moveaxis|transpose|reshape|swapaxes|stack|vstack|concatenate|argsort|"
    r"cumsum|clip|where|add|einsum|matmul|linspace|eye|full|newaxis"
)
OF_ARRAYS = (
    r"all|any|argmax|argmin|argsort|astype|clip|cumsum|dot|dtype|flatten|item|max|mean|min|ndim|prod|ravel|reshape|round|"
    r"shape|size|squeeze|std|sum|swapaxes|T|tolist|transpose|var"
)

# For each message, as a regular expression of the error's type and text, what it means: one or two sentences; or, where the
# message alone leaves the cause open, a dict of such sentences for regular expressions of the learner's line. NumPy's type
# names are not asked for: they move between versions. The fields of a sentence are the named groups of both expressions; a
# group whose name begins with `kind` holds the name of a type and is shown in words, and `inputs` are the names of the
# function's own inputs.
SAYINGS = {
    # Names
    r"NameError: name '(?P<name>np|numpy)' is not defined": _(
        "`np` is NumPy once a cell that says `import numpy as np` has been run."
    ),
    r"NameError: name '(?P<name>true|false|none|null)' is not defined": _(
        "Python writes True, False and None with a capital."
    ),
    r"NameError: name '(?P<name>pi|Pi|PI|π)' is not defined": _(
        "`{name}` has no value here: NumPy's name for the number π is np.pi."
    ),
    rf"NameError: name '(?P<name>{OF_NUMPY})' is not defined": _(
        "NumPy's functions are called with its name in front: np.{name}."
    ),
    r"NameError: name '(?P<name>float16|float32|float64|u?int8|int32|int64)' is not defined": _(
        'The name of a type stands in quotes, as "{name}", or behind NumPy\'s own name, as np.{name}.'
    ),
    r"NameError: name '(?P<name>math|random|time)' is not defined": _(
        "`{name}` is a module, and has to be imported first. NumPy has its own functions: np.exp, np.sqrt, np.prod."
    ),
    r"NameError: name '(?P<name>\w)' is not defined": _(
        "Nothing is called `{name}` here. Your function knows its own inputs ({inputs}) and what you give a name to. A letter of the text is no variable: compute what it stands for from the inputs, a size with len or shape."
    ),
    r"NameError: name '(?P<name>\w+)' is not defined": _(
        "Nothing is called `{name}` here. Your function knows its own inputs ({inputs}) and what you give a name to before this line. Is the name spelt the same everywhere?"
    ),
    r"(cannot access local|free) variable '(?P<name>\w+)'|local variable '(?P<older>\w+)' referenced before": {
        r"(?P<operator>[-+*/]=)": _(
            "An operator such as += changes a value that is there already, and `{name}` has none yet in your function. Give it its first value above, before the loop."
        ),
        "": _(
            "Your function gives `{name}` a value, but not before this line is reached. Give it one above: before the loop, or on every way through the if."
        ),
    },
    # Calls
    r"TypeError: 'module' object is not callable": _(
        "A module is no function: call a function of it, with a dot and the function's name."
    ),
    r"TypeError: '(?P<kind>[\w.]+)' object is not callable": {
        r"(?P<before>\b\d[\d.]*|\))\s?\(": _(
            "A round bracket right behind `{before}` is read as a call of a function. For a product, write * between the two."
        ),
        r"\.(?P<name>ndim|shape|size|dtype|T|value|nbytes|strides)\(": _(
            "`.{name}` is a value that the array keeps, not a function: no brackets behind it."
        ),
        "": _(
            "Round brackets call a function, and what stands before them is {kind}. Has a function's name been given to something else, is a * missing before the bracket, or are square brackets meant?"
        ),
    },
    r"TypeError: Cannot interpret '.*' as a data type|TypeError: data type '.*' not understood": {
        r"(?:np|numpy)\.(?P<function>zeros|ones|empty)\(": _(
            "np.{function} takes the whole shape as its first argument, in brackets of its own. The second argument is the type of the numbers, and you put a size there."
        ),
    },
    r"TypeError: (Cannot interpret '.*' as a data type|Field elements must be|Cannot construct a dtype)": {
        r"\barray\(": _(
            "np.array takes all rows as one list, with brackets around it: [[…], […]]. The second argument is the type of the numbers."
        ),
    },
    r"TypeError: (Cannot interpret '.*' as a data type|data type '.*' not understood)": _(
        'A type of numbers is asked for at this place, such as int, float or "float32".'
    ),
    r"TypeError: (?P<function>[\w.<>]+)\(\) missing \d+ required (positional|keyword-only) arguments?: (?P<missing>.+)": {
        r"\S": _("{function} is called with too few arguments: {missing} is missing."),
    },
    r"TypeError: (?P<function>[\w.<>]+)\(\) takes from (?P<takes>\d+) to .+ but (?P<given>[01]) (was|were) given": {
        r"\S": _("{function} takes {takes} arguments at least, and this line gives it {given}."),
    },
    r"TypeError: (?P<function>[\w.<>]+)\(\) takes (?P<takes>.+?) but (?P<given>\d+) (was|were) given": {
        r"\S": _(
            "{function} takes {takes}, and this line gives it {given}. Several numbers that belong together, such as a shape, stand in brackets of their own."
        ),
    },
    r"TypeError: (?P<function>[\w.<>]+)\(\) (missing \d+ required|takes .+ but \d+ (was|were) given)": _(
        "The check calls your function with the inputs that the exercise names. Leave the line with def as it was given."
    ),
    r"(?P<function>\w+)\(\) takes .+\((?P<given>\d+) given\)|(?P<other>\w+) expected .+ arguments?, got \d+": _(
        "The function that is called here takes another number of arguments. Values that belong together stand in brackets of their own."
    ),
    r"unexpected keyword argument '(?P<name>\w+)'|'(?P<older>\w+)' is an invalid keyword argument": _(
        "The function that is called here has no option of the name `{name}`. Look at its spelling."
    ),
    r"(?P<function>\w+)\(\) got multiple values for argument '(?P<name>\w+)'": _(
        "{function} gets `{name}` twice: once by its place and once by its name."
    ),
    # Operators
    r"unsupported operand type\(s\) for \^=?:|ufunc 'bitwise_xor' not supported": _(
        "The sign ^ is not the power in Python, but works on bits. The power is **."
    ),
    r"unsupported operand type\(s\) for [&|]=?:|ufunc 'bitwise_(and|or)' not supported": _(
        "The signs & and | come before comparisons. Put each comparison into brackets of its own, or write and, or."
    ),
    r"'ellipsis'": _("The three dots of the exercise are still there, and they are no number."),
    rf"unsupported operand type\(s\) for .+'({FUNCTIONS})'|bad operand type for .+'({FUNCTIONS})'": _(
        "One of the values is a function itself. Call it, with brackets behind its name, and compute with what it returns."
    ),
    r"unsupported operand type\(s\) for (?P<operator>\S+): .*'NoneType'|bad operand type for .+'NoneType'": _(
        "One of the values is None, which is nothing. Does it come from a function without return, or from append or sort, which change a list and return nothing?"
    ),
    r"can only concatenate (list \(not \"tuple|tuple \(not \"list)": _(
        "A list and a tuple cannot be put one behind the other. Make both lists, or both tuples: tuple(…)."
    ),
    r"can only concatenate (?P<kind>tuple) \(not \"(?P<kind_other>[\w.]+)\"\)": _(
        "Behind a tuple, + puts another tuple. A single value becomes one with brackets and a comma: (value,)."
    ),
    r"can only concatenate (?P<kind>list|tuple) \(not \"(?P<kind_other>[\w.]+)\"\)": _(
        "Between {kind} and something else, + has no meaning: it puts two lists, or two tuples, one behind the other. To add numbers, make an array with np.array, or go through the entries."
    ),
    r"can only concatenate str|must be str, not|unsupported operand type\(s\) for .+'str'|ufunc '\w+' did not contain a loop with signature matching types .*(Str|<U)": _(
        "One of the values is text in quotes, and not a number."
    ),
    rf"unsupported operand type\(s\) for (?P<operator>\S+): .*'(?P<kind>{SEVERAL})'|bad operand type for unary (?P<sign>.): '(?P<kind_sign>{SEVERAL})'": _(
        "One of the values is {kind}, and Python does not compute with that entry by entry. An array does: np.array makes one of a list."
    ),
    r"can't multiply sequence by non-int of type '(?P<kind>[\w.]+)'": _(
        "A list times a whole number is the list so many times over; times anything else it means nothing. To multiply each entry, make an array of the list with np.array."
    ),
    r"unsupported operand type\(s\) for (?P<operator>\S+): '(?P<kind>[\w.]+)' and '(?P<kind_other>[\w.]+)'": _(
        "Python cannot compute {operator} between {kind} and {kind_other}. Look at what the two names hold."
    ),
    r"'(?P<operator>[<>]=?)' not supported between instances of '(?P<kind>[\w.]+)' and '(?P<kind_other>[\w.]+)'": _(
        "Here {kind} is compared with {kind_other}. Only numbers can be compared with numbers: look at what both names hold."
    ),
    r"truth value of an(?: empty)? array": {
        r"[&|]": _(
            "The signs & and | come before comparisons such as ==. Beside them, each comparison needs brackets of its own."
        ),
        r"\b(?P<word>and|or)\b": _(
            "Between arrays, `{word}` has no answer: it wants a single yes or no on each side, and an array has many entries. Entry by entry, & and | do it, with each comparison in brackets."
        ),
        r"(?<![.\w])(?P<function>max|min)\(": _(
            "Python's {function} asks which of two values is larger, and for whole arrays that has no single answer. It takes numbers, one entry at a time; np.{function}imum compares arrays entry by entry."
        ),
        "": _(
            "Python wants a single yes or no there, as behind `if`, and an array has many entries. Compare one entry at a time, or the whole array at once without `if`."
        ),
    },
    r"Integers to negative integer powers": _(
        "An array of whole numbers cannot hold fractions. Make it float first, as 2.0 ** -1."
    ),
    r"(Cannot|cannot) cast ufunc '(?P<operation>\w+)' output from dtype\('(?P<came>\w+)'\) to dtype\('(?P<holds>\w+)'\)": _(
        "An operator such as += writes into the array that is there. This one holds {holds}, and the result is {came}, which would not fit. Write x = x + …, or make the array with astype(float) first."
    ),
    r"Cannot cast array data from dtype\('(?P<came>\w+)'\) to dtype\('(?P<wanted>\w+)'\)": _(
        "The function called here wants {wanted}, and got {came}. Convert with astype(int) if the numbers are whole."
    ),
    r"OverflowError: Python integer (?P<number>-?\d+) out of bounds for (?P<holds>\w+)": _(
        "The type {holds} cannot hold {number}. Convert the array to float first."
    ),
    r"ZeroDivisionError": _(
        "Something is divided by 0 in this line. What has the value 0 there, and may it?"
    ),
    r"math domain error|expected a (nonnegative|positive) input": _(
        "The function has no value there, such as the root or the logarithm of a negative number."
    ),
    r"OverflowError": _("The number became too large for Python to hold."),
    # Indices
    r"list assignment index out of range": _(
        "Writing to a place does not make a list longer: the place has to be there, and an empty list has none. append adds an entry at the end."
    ),
    r"IndexError: list index out of range": {
        r"^\w+(\[[^\[\]]+\])+ ?[-+*/]?=(?!=)": _(
            "Nothing can be written to or changed at a place that is not there, and an empty list has none. append adds an entry at the end."
        ),
    },
    r"IndexError: (?P<kind>list|tuple|string) index out of range": {
        r"\[(?P<name>\w+) ?\+ ?1\]": _(
            "There is no such place: of n entries, counted from 0, the last one is n - 1. Where an index is {name} + 1, {name} has to stop one earlier."
        ),
    },
    r"IndexError: (?P<kind>list|tuple|string|range object) index out of range": _(
        "There is no such place: of n entries, counted from 0, the last one is n - 1. How many are there, and which is asked for?"
    ),
    r"index (?P<index>-?\d+) is out of bounds for (axis (?P<axis>\d+) with )?size 0": _(
        "The array has no entries there, so it has no index {index}."
    ),
    r"index (?P<index>-?\d+) is out of bounds for axis (?P<axis>\d+) with size (?P<size>\d+)": _(
        "Axis {axis} of this array has the size {size}. Counted from 0, its last index is {last}: there is no {index}."
    ),
    r"too many indices for array: array is (?P<axes>\d+)-dimensional, but (?P<given>\d+)": _(
        "The rank of this array is {axes}, and you ask with {given} indices: one for each axis is the most."
    ),
    r"only integers, slices|arrays used as indices must be|(list|tuple|string|byte) indices must be integers.*, not '?(numpy\.)?float|slice indices must be integers": {
        r"(?<!/)/(?!/)": _(
            "An index must be a whole number, and / gives a float even where nothing is left over. Divide with //."
        ),
    },
    r"list indices must be integers or slices, not '?tuple": _(
        "Indices with a comma between them are for arrays. A list of lists takes a pair of brackets for each index, or make an array of it with np.array."
    ),
    r"(?P<kind>list|tuple|str|string) ind(?:ices|ex) must be (?:an )?integers?.*, not '?(?P<kind_other>[\w.]+)": _(
        "The places of a list or tuple are numbered with whole numbers, and the index here is {kind_other}."
    ),
    r"only integers, slices|arrays used as indices must be|slice indices must be integers": _(
        "An index must be a whole number (or a slice, or an array of whole numbers), and what stands in the square brackets is something else."
    ),
    r"boolean index did not match indexed array along axis (?P<axis>\d+)": _(
        "The array of True and False and the array that it picks from have different sizes along axis {axis}."
    ),
    r"indexing arrays could not be broadcast together with shapes (?P<shapes>.+)": _(
        "The arrays in the square brackets are used side by side, and their shapes {shapes} do not fit together."
    ),
    r"KeyError: (?P<key>.+)": {
        r"[-+*/]=": _(
            "An operator such as += changes an entry that is there already, and the dictionary has none yet under {key}."
        ),
        "": _(
            "The dictionary has no entry of the name {key}. A key has to be written exactly as it is there."
        ),
    },
    rf"'(?P<kind>{FUNCTIONS})' object is not subscriptable": _(
        "Square brackets ask for an entry, and what stands before them is a function itself. Round brackets call it."
    ),
    r"'NoneType' object is not subscriptable": _(
        "What stands before the square brackets is None. Does it come from a function without return, or from append or sort?"
    ),
    r"invalid index to scalar variable|'(?P<kind>[\w.]+)' object is not subscriptable": _(
        "Square brackets ask for an entry, and what stands before them is a single value, without entries. Is there one index too many?"
    ),
    r"'(?P<kind>[\w.]+)' object does not support item assignment": _(
        "You write to a place inside {kind}, and that cannot be changed. A list or an array can."
    ),
    r"assignment destination is read-only": _(
        "This array is a view that may only be read. Write into a copy of it."
    ),
    # Shapes
    r"non-broadcastable output operand with shape (?P<place>\([\d, ]*\)) doesn't match the broadcast shape (?P<came>\([\d, ]*\))": _(
        "The result has shape {came}, and an operator such as += writes it back into an array of shape {place}."
    ),
    r"could not broadcast input array from shape (?P<came>\([\d, ]*\)) into shape (?P<place>\([\d, ]*\))|value array of shape (?P<came_there>\([\d, ]*\)) could not be broadcast to indexing result of shape (?P<place_there>\([\d, ]*\))": _(
        "On the right of = stands an array of shape {came}, and the place on the left has shape {place}. The two have to fit."
    ),
    r"operands could not be broadcast together with shapes (?P<left>\([\d, ]*\)) (?P<right>\([\d, ]*\))": _(
        "Entry by entry, shape {left} does not fit shape {right}. Write the two below each other, last axis below last: each two sizes must be equal, or one of them 1."
    ),
    r"shape mismatch: objects cannot be broadcast": _(
        "NumPy was asked for the common shape of two that do not fit, and stops there."
    ),
    r"matmul: .*mismatch in its core dimension.*size (?P<right>\d+) is different from (?P<left>\d+)": _(
        "In a product with @, a row of the left meets a column of the right. The rows of the left have {left} entries, the columns of the right {right}."
    ),
    r"shapes (?P<left>\([\d, ]*\)) and (?P<right>\([\d, ]*\)) not aligned": _(
        "A row of the left meets a column of the right. In shapes {left} and {right}, the last axis of the first and the one that it meets are not equally long."
    ),
    r"matmul: Input operand (?P<operand>\d) does not have enough dimensions": _(
        "The sign @ multiplies arrays with one axis at least, and a single number came. For numbers, the sign is *."
    ),
    r"cannot reshape array of size (?P<size>\d+) into shape": _(
        "reshape keeps every entry, and {size} entries do not fill the shape that you ask for."
    ),
    r"axes don't match array": _("transpose takes all axes, in their new order, or none at all."),
    r"can only specify one unknown dimension": _("Only one of the sizes may be left to reshape as -1."),
    r"axis (?P<axis>-?\d+) is out of bounds for array of dimension (?P<axes>\d+)": _(
        "The rank of this array is {axes}, and axes are counted from 0: it has no axis {axis}."
    ),
    r"setting an array element with a sequence.*inhomogeneous": _(
        "An array is made of rows that are equally long, and these parts have different shapes."
    ),
    r"setting an array element with a sequence": _(
        "One place of an array holds one number, and you write several there."
    ),
    r"only (length-1|0-dimensional) arrays can be converted|only size-1 arrays": _(
        "The functions of Python and its math module take one number, and an array came. NumPy's functions, such as np.exp, take whole arrays."
    ),
    r"all the input array dimensions except for the concatenation axis must match exactly.*dimension (?P<axis>\d+), .*size (?P<first>\d+) .*size (?P<second>\d+)": _(
        "Arrays are put together along one axis, and must agree along all others. Along axis {axis}, these have the sizes {first} and {second}."
    ),
    r"all (the )?input arrays must have (the )?same (number of dimensions|shape)": _(
        "Arrays that are put together must agree in their shapes, apart from the axis along which they are joined."
    ),
    r"need at least one array to (concatenate|stack)|attempt to get arg(max|min) of an empty|zero-size array to reduction|\(?\) (arg is an empty sequence|iterable argument is empty)": _(
        "There is nothing in it: the list or array is empty here. Where should it have been filled?"
    ),
    r"object too deep for desired array|object of too small depth": _(
        "The function called here takes an array with one axis."
    ),
    r"zip\(\) argument \d+ is (shorter|longer) than": _(
        "The things that zip goes through side by side have different lengths, and strict=True forbids that."
    ),
    # Going through something
    r"cannot unpack non-iterable (?P<kind>[\w.]+) object": _(
        "Several names stand on the left, and one value came: {kind}."
    ),
    rf"'({NUMBERS})' object is not iterable": _(
        "A single number came where several are gone through. To count up to it, use range."
    ),
    r"'(?P<kind>[\w.]+)' object is not iterable|iteration over a 0-d array|argument of type '(?P<kind_other>[\w.]+)' is not": _(
        "Python should go through the entries of {kind}, and there are none to go through."
    ),
    r"object of type '(?P<kind>[\w.]+)' has no len|len\(\) of unsized object": _(
        "len counts entries, and {kind} has none to count."
    ),
    r"'(numpy\.)?float\w*' object cannot be interpreted as an integer": _(
        "A whole number is wanted there, and / gives a float even where nothing is left over. Divide with //, or use int."
    ),
    r"'str' object cannot be interpreted as an integer": _(
        "A whole number is wanted there, and text in quotes came."
    ),
    r"only integer scalar arrays can be converted": _(
        "A single whole number is wanted there, and an array came. len counts entries; and functions that take several arrays want them in a list of their own."
    ),
    r"'(?P<kind>list|tuple|ndarray|numpy\.ndarray)' object cannot be interpreted as an integer": _(
        "A single whole number is wanted there, and {kind} came. len counts entries; and functions that join arrays want them in a list of their own."
    ),
    r"(too many|not enough) values to unpack": {
        r"\bfor .+, ?.+ in [^()]+, ?[^()]+:": _(
            "for goes through one thing after the other. Through several things side by side it goes with zip."
        ),
    },
    r"not enough values to unpack \(expected (at least )?(?P<names>\d+), got (?P<values>\d+)": _(
        "On the left stand {names} names, and {values} came."
    ),
    r"too many values to unpack \(expected (?P<names>\d+)": _(
        "On the left stand {names} names, and more values came."
    ),
    r"unhashable type: '(?P<kind>[\w.]+)'": _(
        "In a dictionary or a set, {kind} cannot be looked up, because it can change. Use numbers, words or tuples there."
    ),
    r"No module named|cannot import name '(?P<name>\w+)'": _(
        "That is not installed here, or called something else. NumPy and the course's own helpers are enough."
    ),
    r"RecursionError": _(
        "Your function calls itself again and again. Which call is the last one, and does it return without calling?"
    ),
    # Attributes
    r"module 'numpy' has no attribute '(?P<name>\w+)'": _(
        "NumPy has no function `{name}`. Is it spelt differently, or one to write yourself?"
    ),
    r"'NoneType' object has no attribute '(?P<name>\w+)'": _(
        "Before .{name} stands None. Does it come from a function without return, or from append or sort, which return nothing?"
    ),
    rf"'({FUNCTIONS})' object has no attribute '(?P<name>\w+)'": _(
        "Before .{name} stands a function itself: call it first, with brackets behind its name."
    ),
    r"'Tensor' object has no attribute '(?P<name>\w+)'": _(
        "A Tensor of the course has no .{name}. The array in it is its .value."
    ),
    r"'numpy.ndarray' object has no attribute '(?P<name>append|extend|insert)'": _(
        "An array keeps its size and has no .{name}. Collect in a list and make an array of that, or write into an array that is large enough."
    ),
    r"object has no attribute '(?P<name>len|abs|int|float|list|range|sorted|zip|tuple)'": _(
        "{name} is a function that stands in front, with the value in its brackets: {name}(…)."
    ),
    r"'numpy.ndarray' object has no attribute '(?P<name>abs|average|bincount|concatenate|cos|exp|flip|log|maximum|median|minimum|moveaxis|outer|sin|sqrt|tanh)'": _(
        "An array has no .{name}. NumPy has: np.{name}, with the array in its brackets."
    ),
    r"'tuple' object has no attribute '(?P<name>append|extend|insert)'": _(
        "A tuple cannot change, so it has no .{name}. Collect in a list, and make a tuple of it at the end."
    ),
    r"'(?P<kind>dict)' object has no attribute '(?P<name>\w+)'": _(
        "An entry of a dictionary is asked for with square brackets and its key in quotes, not with a dot."
    ),
    rf"'(?P<kind>{SEVERAL})' object has no attribute '(?P<name>{OF_ARRAYS})'": _(
        "Before .{name} stands {kind}, and only an array has that. np.array makes an array of a list or a tuple."
    ),
    r"'numpy\.(float|int|uint|bool)\w*' object has no attribute '(?P<name>\w+)'|'(float|int)' object has no attribute '(?P<other>\w+)'": _(
        "Before the dot stands a single number, which has no .{name}."
    ),
    r"'(?P<kind>[\w.]+)' object has no attribute '(?P<name>\w+)'": _(
        "Before the dot stands {kind}, which has no .{name}. Look at the spelling, and at what the name holds."
    ),
    # Conversions
    rf"{re.escape(ONLY_OUTSIDE)}|must be .*, not 'Tensor'": _(
        "NumPy and Python do not compute with a Tensor of the course. Use the operation of that name from helpers, or the array in its .value."
    ),
    r"could not convert string to float|invalid literal for int": _(
        "Text in quotes cannot be read as a number there."
    ),
    r"float\(\) argument must be .*, not '(?P<kind>[\w.]+)'|int\(\) argument must be .*, not '(?P<kind_other>[\w.]+)'|must be real number, not (?P<kind_third>[\w.]+)": _(
        "One number is wanted there, and what came is {kind}."
    ),
}


def explain(error, line="", inputs=()):
    """Say what an error means, and what to look at.

    Parameters
    ----------
    error : BaseException
    line : str
        The learner's own line that it stopped at, if it is known.
    inputs : sequence of str
        The names of the function's inputs.

    Returns
    -------
    str
        Empty where the table has nothing to say.
    """
    message = f"{type(error).__name__}: {error}"
    for pattern, place, meaning in sayings():
        said, stands = re.search(pattern, message), re.search(place, line)
        if said and stands:
            return meaning.format(**fields(said, stands), inputs=", ".join(inputs) or NO_INPUTS)
    return ""


def sayings():
    """Yield the rows of the table: for a message and a line, what they mean together."""
    for pattern, meanings in SAYINGS.items():
        for place, meaning in by_line(meanings).items():
            yield pattern, place, meaning


def by_line(said):
    """Return what is said of an error as a dict, by the line that it stopped at; a text alone holds for any line."""
    return said if isinstance(said, dict) else {"": said}


def fields(*matches):
    """Collect the named groups that were found; of those that share the beginning of a name, as kind_other, any will do."""
    found = {}
    for match in matches:
        for name, text in match.groupdict().items():
            if text is None:
                continue
            if name.startswith("kind"):
                text = KINDS.get(
                    text, SINGLE_NUMBER if re.fullmatch(NUMBERS, text) else OTHER_KIND.format(kind=text)
                )
                found.setdefault("kind", text)
            found["name" if name in ("older", "other") else name.removesuffix("_there")] = text
    if "size" in found:
        found["last"] = int(found["size"]) - 1
    return {"kind": SINGLE_VALUE, **found}
