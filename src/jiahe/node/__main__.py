"""`python -m jiahe.node WORD`: the node's commands, each a module of `jiahe.node.commands`."""

import argparse
import os
import sys
from importlib import import_module
from pkgutil import iter_modules

from jiahe.node import commands


def words() -> list[str]:
    """Every command, as it is typed."""
    return sorted(commands.word_of(module.name) for module in iter_modules(commands.__path__))


def main(arguments: list[str]) -> int:
    """Run one command; its exit code. A Problem is told, not traced; nor is Ctrl-C."""
    parser = argparse.ArgumentParser(prog="./jiahe")
    parser.add_argument("word", choices=words())
    word = parser.parse_args(arguments[:1]).word
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jiahe.node.settings")
    module = import_module(f"jiahe.node.commands.{commands.module_of(word)}")
    options = argparse.ArgumentParser(prog=f"./jiahe {word}", description=module.summary)
    module.arguments(options)
    chosen = options.parse_args(arguments[1:])
    if getattr(module, "needs_django", True):
        import django

        django.setup()
    from jiahe.basis.problem import Problem
    from jiahe.node.home import behind

    if getattr(module, "needs_tables", False) and (told := behind()):
        print(told, file=sys.stderr)
        return 1

    try:
        return int(module.run(chosen))
    except Problem as problem:
        said = {name: getattr(problem, name).format(**problem.values) for name in ("what", "why", "now")}
        print(f"{said['what']}\n  Why: {said['why']}\n  Now: {said['now']}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
