"""Second reading in the window: reading drawn images again, blind, and settling conflicts."""
