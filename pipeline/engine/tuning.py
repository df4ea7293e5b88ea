"""What NumPy does behind our back, set for small matrices."""

from __future__ import annotations


def hold_one_core() -> None:
    """Linear algebra in this process on one core: our matrices are small, and threads that wait for them cost a tenth.

    A run on several cores has a process for each. Numbers do not depend on how many threads shared a sum either.
    """
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="blas")
