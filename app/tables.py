"""Every table of the product, so that migrations see them all."""

from app import audit, changes, instance
from app.accounts import models as accounts
from app.introcalls import models as introcalls
from app.invitations import models as invitations
from app.matching import models as matching
from app.messages import models as messages
from app.notifications import models as notifications
from app.openings import models as openings
from app.places import models as places
from app.saved import models as saved
from app.supervisors import models as supervisors
from app.web import counts, once
from app.wishes import models as wishes

__all__ = [
    "accounts", "audit", "changes", "counts", "instance", "introcalls", "invitations", "matching", "messages",
    "notifications", "once", "openings", "places", "saved", "supervisors", "wishes",
]
