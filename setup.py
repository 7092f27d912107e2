"""What the wheel holds, which pyproject.toml cannot say: the folder `core`, all its shelves, as `activation_lab`.

Nobody who installs it gets a package called `core`, of which there may be many.
"""

from setuptools import find_packages, setup

NAME = "activation_lab"
setup(package_dir={NAME: "core"}, packages=[NAME, *(f"{NAME}.{shelf}" for shelf in find_packages("core"))])
