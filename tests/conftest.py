"""How much the property tests try: a little at each change, much more before a release."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# No deadline: a busy machine is not a broken promise.
settings.register_profile("each", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("prove", settings.get_profile("each"), max_examples=5_000)
settings.load_profile("each")
