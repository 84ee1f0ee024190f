"""Reports: what profiles look like, in pictures and pages."""
