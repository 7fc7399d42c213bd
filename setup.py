"""What pyproject.toml cannot say: in a wheel the digits lie inside the package, in the repository beside it."""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["helpers*"]), "helpers.data"],
    package_dir={"helpers.data": "data"},
)
