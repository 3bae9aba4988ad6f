"""The one evaluator of all programs: the held-out item's rank among its negatives (He et al., WWW 2017)."""

import numpy as np

USERS_AT_ONCE = 512


def hit_rate_and_ndcg(users, items, candidates, test_users, k=10):
    """Means over the test users. A score is an inner product; biases are columns against a column of ones.

    A negative that scores as high as the held-out item counts half: a rank between two whole ones counts half for each.
    """
    hits = gain = 0.0
    for begin in range(0, len(test_users), USERS_AT_ONCE):
        part = slice(begin, begin + USERS_AT_ONCE)
        scores = np.einsum("ud,ucd->uc", users[test_users[part]], items[candidates[part]])
        if not np.isfinite(scores).all():
            raise ValueError("a score is not finite")
        own, others = scores[:, :1], scores[:, 1:]
        halves = 2 * (others > own).sum(axis=1) + (others == own).sum(axis=1)
        for rank in (1 + halves // 2, 1 + (halves + 1) // 2):
            found = rank <= k
            hits += 0.5 * found.sum()
            gain += 0.5 * (found / np.log2(rank + 1)).sum()
    return hits / len(test_users), gain / len(test_users)
