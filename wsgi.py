"""The application for gunicorn and the `flask` command."""

from dotenv import load_dotenv

from app import create_app, server
from app.config import ROOT

load_dotenv(ROOT / ".env")  # what the environment says already stands
server.refuse_open_debugger()
app = create_app()
