"""Every table of the product, so that migrations see them all."""

from app import audit, instance
from app.accounts import models as accounts
from app.introcalls import models as introcalls
from app.notifications import models as notifications
from app.openings import models as openings
from app.places import models as places
from app.supervisors import models as supervisors
from app.web import counts, once

__all__ = [
    "accounts", "audit", "counts", "instance", "introcalls", "notifications", "once", "openings", "places",
    "supervisors",
]
