"""What was written, what was sent, what is due and what is out of date: counts from journals, no names."""
