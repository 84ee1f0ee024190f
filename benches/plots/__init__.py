"""The pictures of the documentation, of real flights."""
