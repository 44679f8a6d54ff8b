"""Jiahe 家和: the information system of a county's family services."""
