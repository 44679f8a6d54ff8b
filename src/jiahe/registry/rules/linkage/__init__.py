"""Who may be registered twice: how alike two records are, and all likely doubles of a register.

Fellegi and Sunter's model: each comparison of two records adds the logarithm of how much more often it ends so for one
person's two records (m) than for two people's (u). `model.py` states the comparisons once, each level as SQL and as
Python; `alike.py` adds them up for two records in microseconds; `register.py` does so for everybody, with Splink on
DuckDB, which are imported by that pass alone.
"""

from jiahe.registry.rules.linkage.alike import Likeness, likeness
from jiahe.registry.rules.linkage.features import AGAINST, Features, Reason, twins
from jiahe.registry.rules.linkage.model import Weights, swapped

__all__ = ["AGAINST", "Features", "Likeness", "Reason", "Weights", "likeness", "swapped", "twins"]
