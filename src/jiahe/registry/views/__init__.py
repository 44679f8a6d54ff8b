"""Pages of the register: lists, the record, what is entered, what is changed."""
