"""Pages."""

from flask import Blueprint

bp = Blueprint("licensure", __name__)
