from flask.cli import AppGroup

demo = AppGroup("demo")
import_ = AppGroup("import")
