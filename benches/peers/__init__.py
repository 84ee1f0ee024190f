"""The same work by others, in one run: `python -m benches.peers`."""
