"""Measurements of speed and memory, as ratios to bare servers in the same run. `make bench`."""
