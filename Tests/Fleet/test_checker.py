"""The checker finds a violation of each invariant in logs that are made up, and none in a good one."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import checker  # noqa: E402
import plan  # noqa: E402
import report  # noqa: E402

START = 1_796_000_000.0
MIB = 1 << 20


class MadeUp:
    """A log of two replicas: `a` follows etcd, and `c` an OCI registry."""

    def __init__(self):
        self.events = []
        self.add(0, "run", poll=2, skew=2, patience=1.0, replicas={"a": ["etcd"], "c": ["oci"]})
        self.publish(1, "one", 1000)
        for name in "ac":
            self.add(2, "start", replica=name, pid=ord(name))
        for tenth in range(10, 40):
            self.serve(2 + tenth / 10, "one", 1000)
        self.add(6, "settled", converged=True)
        self.add(7, "fault", number=0, name="kill-etcd", variant="leader", replicas=["a"], content=False)
        self.publish(8, "two", 2000)
        self.serve(8.5, "one", 1000)
        self.serve(9, "two", 2000)
        self.add(10, "healed", number=0)
        self.serve(11, "two", 2000)
        self.add(12, "settled", converged=True)
        for name in "ac":
            self.add(20, "stop", replica=name, code=0, was_running=True)

    def add(self, t, event, **members):
        self.events.append({"t": START + t, "event": event, **members})

    def publish(self, t, digest, serial, expires=1_000_000):
        self.add(t, "publishing", digest=digest)
        self.add(t + 0.2, "published", digest=digest, serial=serial, expires=START + expires, code=0)

    def read(self, t, name, digest, status=200, **members):
        self.add(t, "read", replica=name, status=status, digest=digest, etag="x", body="x", took=0.01, **members)

    def sample(self, t, name, serial, **members):
        usual = {
            "pid": ord(name), "memory": 20 * MIB, "descriptors": 12, "refused": {}, "state": None,
            "sources": [{"state": "up", "reason": None}],
        }
        self.add(t, "sample", replica=name, serial=serial, **usual | members)

    def serve(self, t, digest, serial):
        for name in "ac":
            self.read(t, name, digest)
            self.sample(t, name, serial)

    def bad(self, t, reason, **sample):
        self.add(t, "fault", number=1, name="replay", variant="x", replicas=["a", "c"], content=True)
        self.add(t + 1, "bad", number=1, reasons=[reason], replicas=["a"], within=5)
        self.sample(t + 2, "a", 2000, **sample)
        self.add(t + 3, "healed", number=1)

    def change(self, event, number=-1, **members):
        [each for each in self.events if each["event"] == event][number].update(members)

    def violations(self):
        return checker.check(sorted(self.events, key=lambda event: event["t"]))

    def invariants(self):
        return [violation.invariant for violation in self.violations()]


class CheckerTests(unittest.TestCase):
    def setUp(self):
        self.log = MadeUp()

    def test_accepts_good_log(self):
        self.assertEqual(self.log.violations(), [])

    def test_finds_wrong_etag(self):
        self.log.change("read", body="y")
        self.assertEqual(self.log.invariants(), ["I1"])

    def test_finds_unpublished_digest(self):
        self.log.read(13, "a", "forged")
        self.assertEqual(self.log.invariants(), ["I1"])

    def test_finds_digest_served_before_its_publication(self):
        self.log.read(7.5, "a", "two")
        self.assertEqual(set(self.log.invariants()), {"I1", "I2"})

    def test_finds_older_publication_in_reads(self):
        self.log.read(13, "c", "one")
        self.assertEqual(self.log.invariants(), ["I2"])

    def test_finds_falling_serial_across_restarts(self):
        self.log.add(12.5, "kill", replica="c")
        self.log.add(12.6, "start", replica="c", pid=7)
        self.log.sample(13, "c", 1000, pid=7)
        self.assertEqual(self.log.invariants(), ["I2"])

    def test_accepts_falling_serial_after_loss_of_state(self):
        self.log.add(12.5, "state-lost", replica="c")
        self.log.sample(13, "c", 1000)
        self.assertEqual(self.log.violations(), [])

    def test_finds_expired_publication(self):
        self.log.publish(13, "short", 3000, expires=15)
        self.log.read(15.5, "a", "short")
        self.assertEqual(self.log.violations(), [])
        self.log.read(19, "a", "short")
        self.assertEqual(self.log.invariants(), ["I3"])

    def test_finds_replica_that_does_not_converge(self):
        self.log.publish(12.5, "three", 3000)
        self.log.read(13, "a", "three")
        self.log.add(19, "settled", converged=False)
        found = self.log.violations()
        self.assertEqual([(each.invariant, each.replica) for each in found], [("I4", "c")])

    def test_finds_late_convergence(self):
        self.log.publish(12.5, "three", 3000)
        self.log.read(18.5, "a", "three")
        self.log.read(13, "c", "three")
        self.log.add(19, "settled", converged=True)
        self.assertEqual(self.log.invariants(), ["I4"])

    def test_finds_source_that_is_not_read_again(self):
        self.log.sample(11.5, "c", 2000, sources=[{"state": "down", "reason": "unreachable"}])
        found = self.log.violations()
        self.assertEqual([(each.invariant, each.replica) for each in found], [("I4", "c")])

    def test_finds_newer_publication_that_does_not_arrive_during_a_fault(self):
        self.log.add(13, "expect-serial", serial=9000, replicas=["a"], within=1)
        self.assertEqual(self.log.invariants(), ["I4"])

    def test_finds_publication_that_fails_with_a_majority(self):
        self.log.add(13, "expect-published", replica="publisher", succeeds=False)
        self.log.add(13, "expect-published", replica="publisher", succeeds=True)
        self.assertEqual(self.log.invariants(), ["I4"])

    def test_finds_failed_read(self):
        self.log.read(13, "c", None, status=503)
        self.assertEqual(self.log.invariants(), ["I5"])

    def test_finds_refused_connection(self):
        self.log.read(13, "c", None, status=0, problem="ConnectionRefusedError")
        self.assertEqual(self.log.invariants(), ["I5"])

    def test_accepts_failed_read_without_valid_publication(self):
        self.log.publish(13, "short", 3000, expires=15)
        self.log.read(13.5, "a", "short")
        self.log.read(16, "a", None, status=503)
        self.assertEqual(self.log.violations(), [])

    def test_finds_slow_start_with_last_good_publication(self):
        for name, delay in (("a", 0.5), ("c", 3.0)):
            self.log.add(13, "kill", replica=name)
            self.log.add(13.1, "start", replica=name, pid=9)
            self.log.add(13.1, "expect-start", replica=name, within=1.0)
            self.log.read(13.1 + delay, name, "two")
        found = self.log.violations()
        self.assertEqual([(each.invariant, each.replica) for each in found], [("I5", "c")])

    def test_accepts_refusal_that_is_counted_and_reported(self):
        self.log.bad(13, "rolled-back", refused={"rolled-back": 1}, sources=[{"state": "up", "reason": "rolled-back"}])
        self.assertEqual(self.log.violations(), [])

    def test_counts_refusals_of_a_restarted_replica_from_zero(self):
        refused = {"pid": 7, "sources": [{"state": "up", "reason": "rolled-back"}]}
        self.log.bad(13, "rolled-back", refused={"rolled-back": 1}, **refused)
        self.assertEqual(self.log.violations(), [])
        self.log = MadeUp()
        self.log.bad(13, "rolled-back", refused={"rolled-back": 0}, **refused)
        self.assertEqual(self.log.invariants(), ["I6"])

    def test_finds_refusal_that_is_not_counted(self):
        self.log.bad(13, "rolled-back", sources=[{"state": "up", "reason": "rolled-back"}])
        self.assertEqual(self.log.invariants(), ["I6"])

    def test_finds_refusal_with_another_reason(self):
        self.log.bad(13, "rolled-back", refused={"expired": 1}, sources=[{"state": "up", "reason": "expired"}])
        self.assertEqual(self.log.invariants(), ["I6"])

    def test_finds_refusal_that_status_does_not_report(self):
        self.log.bad(13, "rolled-back", refused={"rolled-back": 1})
        self.assertEqual(self.log.invariants(), ["I6"])

    def test_finds_state_that_silently_cannot_be_written(self):
        self.log.add(13, "expect-state", replica="a", within=5)
        self.assertEqual(self.log.invariants(), ["I6"])

    def test_finds_memory_growth(self):
        self.log.sample(13, "a", 2000, memory=120 * MIB)
        self.assertEqual(self.log.invariants(), ["I7"])

    def test_finds_descriptor_leak(self):
        for tenth in range(6):
            self.log.sample(13 + tenth / 10, "a", 2000, descriptors=60)
        self.assertEqual(self.log.invariants(), ["I7"])

    def test_finds_crash(self):
        self.log.change("stop", was_running=False, code=-11)
        self.assertEqual(self.log.invariants(), ["I7"])

    def test_finds_too_many_requests_to_dead_source(self):
        self.log.add(18, "attempts", link="c-oci", begin=START + 8, end=START + 18, count=400)
        self.log.add(18, "attempts", link="c-oci", begin=START + 8, end=START + 18, count=6)
        self.assertEqual(self.log.invariants(), ["I7"])

    def test_finds_second_program_with_the_same_state(self):
        self.log.add(13, "locked", replica="a", code=-9)
        self.assertEqual(self.log.invariants(), ["I7"])

    def test_finds_credential(self):
        self.log.add(13, "credential", replica="a", place="metrics", canary="canary")
        self.assertEqual(self.log.invariants(), ["I8"])

    def test_reports_each_violation_with_its_part_of_the_log(self):
        self.log.read(13, "c", "one")
        events = sorted(self.log.events, key=lambda event: event["t"])
        violations = checker.check(events)
        lines = report.table(events, violations)
        self.assertRegex("\n".join(lines), r"(?m)^kill-etcd +1 +1 ")
        text = "\n".join(report.describe(events, violations[0]))
        self.assertIn("the serial falls from 2000 to 1000", text)
        self.assertIn('"digest": "one"', text)


class PlanTests(unittest.TestCase):
    def test_reproduces_plan_from_seed(self):
        self.assertEqual(plan.make(7, 200), plan.make(7, 200))
        self.assertNotEqual(plan.make(7, 200), plan.make(8, 200))

    def test_has_weights_of_the_design(self):
        counted = plan.counts(203)
        self.assertEqual(counted, {name: weight for name, (weight, _) in plan.WEIGHTS.items()})
        self.assertEqual(sum(plan.counts(20).values()), 20)

    def test_has_every_variant_in_a_long_run(self):
        made = {(entry.name, entry.variant) for entry in plan.make(1, 200)}
        self.assertEqual(made, {(name, each) for name, (_, variants) in plan.WEIGHTS.items() for each in variants})

    def test_overlaps_only_faults_of_different_things(self):
        entries = plan.make(3, 200)
        grouped = plan.groups(entries, lambda entry: {entry.name})
        self.assertEqual([entry for group in grouped for entry in group], entries)
        self.assertTrue(any(len(group) == 2 for group in grouped))
        self.assertTrue(all(len({entry.name for entry in group}) == len(group) <= 2 for group in grouped))


if __name__ == "__main__":
    unittest.main()
