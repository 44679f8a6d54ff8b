"""What makes one running node: settings, root URLs, the wiring table, commands."""
