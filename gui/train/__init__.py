"""Train workspace: training images, retraining, and the gate before a new model is adopted."""
