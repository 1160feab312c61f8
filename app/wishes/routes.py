"""The questionnaire: six short steps, each of which may be skipped."""

from flask import Blueprint

bp = Blueprint("wishes", __name__)
