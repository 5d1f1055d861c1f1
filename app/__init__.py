"""Siteweek: the notebook of a joint inspection team."""

from typing import Final

VERSION: Final = "0.1.0"
