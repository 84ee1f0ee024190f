"""What a profile costs beside time: bytes, memory, the import; and limits that need no rival."""
