"""What is left out of imports is left out only until it is asked for."""

from __future__ import annotations

import subprocess
import sys

_PROGRAM = """
import sys
from pipeline.machine import import_scipy
import_scipy()
import numpy, scipy.sparse, scipy.special
unasked = [name for name in ("f2py", "ma", "testing") if f"numpy.{name}" in sys.modules]
numpy.testing.assert_array_equal(scipy.special.expit([0.0]), numpy.ma.masked_array([0.5]))
print(unasked, "f2py" in dir(numpy), "f2py" in numpy.__all__)
"""


def test_scipy_comes_without_what_nobody_asked_for() -> None:
    """NumPy's test tools and compilers are not imported with scipy, and NumPy still has them."""
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.split("] ") == ["[", "True True\n"]
