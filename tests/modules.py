"""What stands in a package, found by looking, so that no list has to be kept."""

import importlib
import pkgutil


def modules(package):
    """Import every module of a package and of its sub-packages, and return them in the order of their names."""
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    return [importlib.import_module(module.name) for module in found]


def subclasses(kind):
    """List the direct subclasses that helpers defines; tests may have made others."""
    return [found for found in kind.__subclasses__() if found.__module__.startswith("helpers.")]
