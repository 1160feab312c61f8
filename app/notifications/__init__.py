"""Letters owed to people: written in the action's transaction, sent by the worker."""
