"""What drift costs."""
