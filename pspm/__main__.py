"""`python -m pspm`: the web server and its worker.

What is loaded at start stays loaded. The garbage collector would look through it all again and again, which
takes a fifth of the start and, later, milliseconds out of the midst of requests: it is told to let it be.
"""

import gc

gc.disable()

from pspm.server import serve  # noqa: E402

gc.freeze()
gc.enable()

if __name__ == "__main__":
    serve()
