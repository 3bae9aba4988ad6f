"""Evaluator and measures against values worked out by hand: python -m unittest, in this folder."""

import math
import tempfile
import unittest
from pathlib import Path

import factors
import measures
import milvuso
import numpy as np
from quality import hit_rate_and_ndcg


def run(*points, peak_bytes=1):
    """Points: epoch, CPU-seconds, samples, HR@10."""
    keys = ("epoch", "cpu_seconds", "samples", "hr")
    return {"program": "p", "dimension": 1, "points": [dict(zip(keys, each)) for each in points], "peak_bytes": peak_bytes}


class Factors(unittest.TestCase):
    def test_rows_lie_about_the_vectors_as_these_do_among_themselves(self):
        random = np.random.default_rng(3)
        vectors = (random.standard_normal((500, 2)) * [10, 1] + [100, 0]).astype(np.float32)
        rows = factors.blown_up(vectors, 20_000, 1)
        self.assertEqual(rows.shape, (20_000, 2))
        self.assertEqual(rows.dtype, np.float32)
        # Variances add up: 1 of the vectors and 0.16 of the noise.
        for of, spread in zip(rows.std(axis=0), vectors.std(axis=0)):
            self.assertAlmostEqual(of / spread, math.sqrt(1 + factors.NOISE**2), delta=0.03)
        self.assertTrue((factors.blown_up(vectors, 100, 1) == factors.blown_up(vectors, 100, 1)).all())

    def test_files_that_are_there_stay(self):
        with tempfile.TemporaryDirectory() as directory:
            folder = Path(directory)
            for name in ("vectors", "queries"):
                (folder / f"{name}.f32").write_bytes(b"mine")
            factors.draw(folder, folder / "none", 10, 10, 2)
            self.assertEqual((folder / "vectors.f32").read_bytes(), b"mine")


class Quality(unittest.TestCase):
    def quality(self, item_scores, k):
        """Of one user, whose candidates are all items, the held-out one first."""
        items = np.array(item_scores, dtype=np.float32)[:, None]
        return hit_rate_and_ndcg(np.ones((1, 1)), items, np.arange(len(items))[None, :], np.array([0]), k)

    def test_the_third_of_four_is_a_hit_in_three_places_and_none_in_two(self):
        self.assertEqual(self.quality([2, 3, 4, 1], 3), (1, 1 / math.log2(4)))
        self.assertEqual(self.quality([2, 3, 4, 1], 2), (0, 0))

    def test_an_equal_one_counts_half(self):
        # Rank 1.5: half at rank 1, half at rank 2.
        self.assertEqual(self.quality([2, 2, 1], 1), (0.5, 0.5))
        hits, gain = self.quality([2, 2, 1], 2)
        self.assertEqual(hits, 1)
        self.assertAlmostEqual(gain, 0.5 + 0.5 / math.log2(3))

    def test_each_user_is_measured_with_their_own_row(self):
        users = np.array([[1, 0], [0, 1]])
        items = np.array([[2, 1], [1, 2]])
        candidates = np.array([[0, 1], [0, 1]])
        self.assertEqual(hit_rate_and_ndcg(users, items, candidates, np.array([0, 1]), 1)[0], 0.5)

    def test_a_score_that_is_no_number_is_refused(self):
        with self.assertRaises(ValueError):
            self.quality([float("nan"), 1], 1)


class Milvuso(unittest.TestCase):
    def points(self, request):
        with tempfile.TemporaryDirectory() as directory:
            log = Path(directory) / "log"
            log.write_text("".join(f'{{"epoch": {e}, "cpu_seconds": {e + 1}, "seconds": {e}}}\n' for e in range(3)))
            return milvuso.points(log, {"samples": 80, "epochs": 2}, milvuso.takes_samples(request))

    def test_samples_are_shared_out_over_the_epochs(self):
        points = self.points({"set": {"training.optimizer": "adam"}, "settings": []})
        self.assertEqual([each["samples"] for each in points], [40, 80])
        self.assertEqual([each["cpu_seconds"] for each in points], [1, 2])

    def test_least_squares_take_none(self):
        for request in (
            {"set": {"training.algorithm": "als"}, "settings": []},
            {"set": {}, "settings": ["training.seed=1", "training.algorithm=als"]},
        ):
            self.assertEqual([each["samples"] for each in self.points(request)], [0, 0])


class Measures(unittest.TestCase):
    def test_the_target_counts_from_the_first_epoch_that_reaches_it(self):
        reached = run((1, 2.0, 10, 0.5), (2, 3.0, 20, 0.7), (3, 4.0, 30, 0.8))
        self.assertEqual(measures.cpu_seconds_to(reached, 0.7), 3.0)
        self.assertIsNone(measures.cpu_seconds_to(reached, 0.9))

    def test_an_epoch_costs_what_those_after_the_first_cost(self):
        self.assertEqual(measures.epoch_cpu_seconds(run((1, 5.0, 10, 0), (3, 9.0, 30, 0))), 2.0)

    def test_the_rate_counts_the_first_epoch_as_well(self):
        self.assertEqual(measures.rate(run((1, 5.0, 10, 0), (2, 10.0, 40, 0))), 4.0)

    def test_the_speed_once_compiled_leaves_out_three_epochs(self):
        points = [{"samples": 10 * n, "seconds": seconds} for n, seconds in [(1, 5.0), (2, 8.0), (3, 9.0), (4, 10.0), (5, 11.0)]]
        self.assertEqual(measures.compiled_speed({"points": points}), 10.0)
        self.assertAlmostEqual(measures.speed({"points": points}), 50 / 11)
        self.assertEqual(measures.compiled_speed({"points": points[:3]}), 0)

    def test_most_rounds_must_reach_the_target(self):
        self.assertEqual(measures.median_or_never([1.0, None, 2.0]), 2.0)
        self.assertIsNone(measures.median_or_never([1.0, None, None]))

    def test_ratios_are_taken_round_by_round(self):
        ours = [run((1, 1.0, 8, 0)), run((1, 2.0, 8, 0)), run((1, 4.0, 8, 0))]
        theirs = [run((1, 1.0, 4, 0)), run((1, 2.0, 4, 0)), run((1, 1.0, 4, 0))]
        self.assertEqual(measures.ratio(ours, theirs, measures.rate), 2.0)

    def test_a_ratio_needs_both_sides_in_every_round(self):
        never = [run((1, 1.0, 0, 0))]
        self.assertIsNone(measures.ratio([run((1, 1.0, 8, 0))], never, measures.rate))

    def test_the_share_of_a_bound_is_the_least_time_over_the_time_taken(self):
        limits = {"fma_flops_per_cpu_second": 600.0, "table_bytes_per_cpu_second": 1600.0}
        taken = run((1, 2.0, 20, 0)) | {"dimension": 10}
        shares = measures.roofline(taken, limits)
        self.assertAlmostEqual(shares["arithmetic"], 1.0)
        self.assertAlmostEqual(shares["memory"], 0.5)


if __name__ == "__main__":
    unittest.main()
