"""The application for gunicorn and the `flask` command."""

from dotenv import load_dotenv

from app import create_app
from app.config import ROOT

load_dotenv(ROOT / ".env")  # what the environment says already stands
app = create_app()
