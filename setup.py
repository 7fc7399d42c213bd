"""What pyproject.toml cannot say: where the digits lie, and where JupyterLab looks for the settings of the course.

In a wheel the digits lie inside the package, in the repository beside it. The settings go where each environment keeps its
own, however the course was installed: by make, by conda, on Binder or from a wheel.
"""

from setuptools import Distribution, find_packages, setup


class Course(Distribution):
    # Asked before `pip install -e` installs data files; setuptools itself knows it by another name only.
    has_data = Distribution.has_data_files


setup(
    distclass=Course,
    packages=[*find_packages(include=["helpers*"]), "helpers.data"],
    package_dir={"helpers.data": "data"},
    data_files=[("etc/jupyter/labconfig", ["labconfig/default_setting_overrides.json"])],
)
