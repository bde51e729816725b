"""The tests of a release's artifacts, by the programs that users install them with. scripts/release-test runs them."""
