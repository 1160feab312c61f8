"""Pages."""

from flask import Blueprint

bp = Blueprint("supervisors", __name__)
