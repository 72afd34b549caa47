"""Everything that is declared: the families, and the settings of every page."""

import importlib
import pkgutil

import playground as pg
import playground.topics
from playground.declare import Declared

for module in pkgutil.walk_packages(playground.topics.__path__, "playground.topics."):
    if module.name.endswith(".settings"):
        importlib.import_module(module.name)

CLASSES = {name: cls for family in pg.FAMILIES for name, cls in family.all.items()}
PAGES = {
    cls.__name__: cls
    for cls in Declared.__subclasses__()
    if cls.__module__.startswith("playground.topics.") and cls.params()
}
"""The state of every page, a declared value of its own."""
