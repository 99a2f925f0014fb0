"""Classification: model bundles, runtimes, readings and their cache."""
