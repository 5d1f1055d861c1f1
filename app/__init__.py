"""Siteweek: the notebook of a joint inspection team."""
