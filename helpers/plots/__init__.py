"""Functions that draw arrays: each figure of the notebooks is one call."""
