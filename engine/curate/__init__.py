"""What does not belong in a folder of cell images, and why."""
