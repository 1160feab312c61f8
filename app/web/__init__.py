"""The shell: how a request enters and how an answer leaves. Knows no room."""
