"""Many letters in one print, envelopes, labels."""
