"""The Train workspace: what there is to learn from, a retraining, and the gate before the next model."""
