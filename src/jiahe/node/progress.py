"""Progress of long work on a terminal; silent where nobody watches."""

import sys
from collections.abc import Callable


def bar(what: str) -> Callable[[int, int], None]:
    """A function to be told (done, of); it redraws one line on the terminal."""

    def show(done: int, size: int) -> None:
        if sys.stderr.isatty():
            end = "\n" if done >= size else ""
            print(f"\r  {done:,} of {size:,} {what}", end=end, file=sys.stderr, flush=True)

    return show
