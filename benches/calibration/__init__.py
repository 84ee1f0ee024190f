"""How often drift is called where there is none, and where there is."""
