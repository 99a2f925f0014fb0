"""How good the model is on the labelled images, in figures whose parts open the images behind them."""
