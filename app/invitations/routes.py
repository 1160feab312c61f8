"""The card a supervisee shows, who would fit a free seat, and invitations."""

from flask import Blueprint

bp = Blueprint("invitations", __name__)
