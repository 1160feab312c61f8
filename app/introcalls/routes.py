"""Pages."""

from flask import Blueprint

bp = Blueprint("introcalls", __name__)
