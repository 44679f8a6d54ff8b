"""Pages of this room. No applicant's name stands on any of them."""
