"""The ``siteweek`` command."""

from __future__ import annotations

from app.start import main

if __name__ == "__main__":
    main()
