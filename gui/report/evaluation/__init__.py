"""Evaluation of the labelled images: figures whose parts open the images behind them."""
