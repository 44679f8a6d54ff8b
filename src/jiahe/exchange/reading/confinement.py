"""What the child gives up before it looks at a file: memory, time, files, network, children of its own."""

import resource
import sys

from jiahe.exchange.reading import limits

_NOT_NEEDED = ("numpy", "lxml", "PIL", "pandas", "defusedxml")
"""Packages that openpyxl would take along if they are there; numpy alone reserves more memory than the child has."""


def limit() -> None:
    """Bound memory and time. To be called before anything large is imported."""
    _bound(resource.RLIMIT_AS, limits.MEMORY_BYTES)
    _bound(resource.RLIMIT_CPU, limits.CPU_SECONDS)
    _bound(resource.RLIMIT_CORE, 0)
    for package in _NOT_NEEDED:
        sys.modules[package] = None  # type: ignore[assignment]


def confine() -> None:
    """From here on no file and no connection can be opened: each needs a descriptor, and there are none.

    Nor can a process be started, unless this one is root's, whom the system does not limit in this.
    """
    _bound(resource.RLIMIT_FSIZE, 0)
    _bound(resource.RLIMIT_NPROC, 0)
    _bound(resource.RLIMIT_NOFILE, 0)


def _bound(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, most))
