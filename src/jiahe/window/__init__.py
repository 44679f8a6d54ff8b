"""The service window: what is offered to whom, in which steps, and by when."""
