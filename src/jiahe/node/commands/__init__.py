"""The node's commands: one module per word of `./jiahe`."""

import keyword


def word_of(module: str) -> str:
    """What is typed for a module.

    >>> word_of("fsck"), word_of("import_")
    ('fsck', 'import')
    """
    return module.rstrip("_").replace("_", "-")


def module_of(word: str) -> str:
    """The module of a word; one that Python keeps for itself has an underscore behind it.

    >>> module_of("fsck"), module_of("import")
    ('fsck', 'import_')
    """
    name = word.replace("-", "_")
    return f"{name}_" if keyword.iskeyword(name) else name
