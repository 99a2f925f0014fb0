"""The child's side of `engine.processes`."""
