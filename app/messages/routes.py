"""Threads: the list, one of them, and a message into it."""

from flask import Blueprint

bp = Blueprint("messages", __name__)
