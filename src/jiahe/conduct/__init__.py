"""Who answers for what was not done in time: derived from the cases, never entered."""
