"""Files of others: what they hold, as profiles; and profiles, as they read them."""
