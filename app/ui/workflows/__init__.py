"""Tasks of several steps, each with exactly three ends: done, failed, cancelled."""
