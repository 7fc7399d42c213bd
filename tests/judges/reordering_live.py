"""The judge of ReorderingLive: it moves the numbers in lists of lists."""

from helpers.widgets import ReorderingLive
from judges.shared.judging import Judge
from judges.shared.reading import Form, reads, unequal

MOVE = Form(
    r"In a (?P<rows>\d) × (?P<columns>\d) matrix, entry (?P<entry>\d+) of the buffer goes from row (?P<row>\d), column "
    r"(?P<column>\d) to row (?P<new_row>\d), column (?P<new_column>\d)\. (?P<what>.+)"
)
JUMPS = Form(
    r"Transposition swaps shape and strides: read row by row, the numbers now jump by (?P<jump>\d)\."
)
UNCHANGED = (
    "Nothing has changed.",
    "The new shape is the old one, so the reshape has changed nothing.",
)
ONE_ORDER = "With a single row or column, reshape and transposition give the same."
NEW_ROWS = "Reshape cuts the buffer anew and keeps its order: read row by row, the numbers still count up."


def judge_reordering_live(settings, sentence, pictured):
    said = MOVE.read(sentence)
    rows, columns, operation = settings["rows"], settings["columns"], settings["operation"]
    entry = min(settings["entry"], rows * columns - 1)
    before = [[columns * row + column for column in range(columns)] for row in range(rows)]
    numbers = [number for row in before for number in row]
    reshaped = [numbers[rows * row : rows * (row + 1)] for row in range(columns)]
    transposed = [[before[row][column] for row in range(rows)] for column in range(columns)]
    after = {"keep": before, "reshape": reshaped, "transpose": transposed}[operation]

    def where(matrix):
        return next((row, line.index(entry)) for row, line in enumerate(matrix) if entry in line)

    found = unequal(
        size=((int(said["rows"]), int(said["columns"])), (rows, columns)),
        entry=(int(said["entry"]), entry),
        start=((int(said["row"]), int(said["column"])), where(before)),
        end=((int(said["new_row"]), int(said["new_column"])), where(after)),
        unchanged=(said["what"] in UNCHANGED, after == before),
    )
    read = [number for line in after for number in line]
    if said["what"] in UNCHANGED:
        return found
    if said["what"] == ONE_ORDER:
        return found + unequal(one_order=(reshaped == transposed, True))
    if said["what"] == NEW_ROWS:
        return found + unequal(counts_up=(read == numbers, True), operation=(operation, "reshape"))
    jump = int(JUMPS.read(said["what"])["jump"])
    along = {b - a for line in after for a, b in zip(line, line[1:], strict=False)}
    return found + unequal(jump=({jump}, along), operation=(operation, "transpose"))


REORDERING_LIVE = Judge(
    ReorderingLive,
    reads(judge_reordering_live),
    stops={
        "Choose *keep*, *reshape* and *transpose* in turn": tuple(
            {"operation": operation} for operation in ("keep", "reshape", "transpose")
        ),
        "For which numbers of rows and columns do both give the same?": tuple(
            {"rows": rows, "columns": columns, "operation": operation}
            for rows in range(1, 5)
            for columns in range(1, 7)
            for operation in ("reshape", "transpose")
        ),
    },
)
