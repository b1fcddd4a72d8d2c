"""The project: settings, the worker's entry point, the API's root and the commands that start it all."""

import os

# One thread a process for linear algebra: the matrices are small, the processes are many, and the variable
# only counts when it is set before numpy is loaded. Every entry point imports this package first.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
