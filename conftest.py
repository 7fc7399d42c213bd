"""For the tests, for notebooks run by pytest alone, and for every kernel that they start: nothing is solved, nothing kept."""

import os

os.environ["COURSE_PROGRESS"] = os.devnull
