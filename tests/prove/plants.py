from __future__ import annotations
PLANTS: dict = {}
