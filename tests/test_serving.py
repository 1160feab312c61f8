"""What a worker of the web server begins, it ends."""

from threading import Event, Thread
from types import SimpleNamespace

from app import serving
from app.matching import keeper


def test_the_thread_of_a_worker_ends_with_it(app):
    ending = Event()
    thread = Thread(target=keeper.freshen_calls, args=(app.app_context, ending), daemon=True)
    thread.start()
    serving.worker_exit(None, SimpleNamespace(ending=ending, free_calls=thread))
    assert not thread.is_alive()


def test_a_worker_that_never_began_ends_too():
    serving.worker_exit(None, SimpleNamespace())
