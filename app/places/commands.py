from flask.cli import AppGroup

places = AppGroup("places")
