"""Imported before numpy: everybody gets one thread, and numpy's OpenBLAS the kernels that suit this processor, whatever
the shell says."""

import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
os.environ.pop("OPENBLAS_CORETYPE", None)
