"""The accuracy experiment's table and plot."""
