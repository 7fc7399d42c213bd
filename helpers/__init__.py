"""The numerical floor of the course, built in the notebooks and then used by them."""
