"""Many letters in one print."""
