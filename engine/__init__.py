"""The engine of Bloodbench: everything that works without a window."""
