"""Measures Siteweek against limits taken in the same run. Prints figures; never fails on time."""
