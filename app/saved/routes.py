"""Saved openings and searches, and the alerts that tell of what is new."""

from flask import Blueprint

bp = Blueprint("saved", __name__)
