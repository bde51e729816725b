import Foundation

/// The seed of a run's property tests, which draw other values in every run.
///
/// The seed is printed once. `ROSTER_SEED=N scripts/test` repeats the run that printed N.
package enum TestSeed {
    /// The seed of this run: the value of `ROSTER_SEED`, or a new number.
    package static let ofRun: UInt64 = {
        let chosen = ProcessInfo.processInfo.environment["ROSTER_SEED"].flatMap { UInt64($0) }
        let seed = chosen ?? UInt64.random(in: .min ... .max)
        print("Property tests: ROSTER_SEED=\(seed) repeats this run.")
        return seed
    }()

    /// Returns the seed of one test: a function of the run's seed and the test's name, not of the order of the tests.
    package static func of(_ test: String = #function, file: String = #fileID) -> UInt64 {
        // FNV-1a: https://www.rfc-editor.org/rfc/rfc9923
        (file + test).utf8.reduce(0xCBF2_9CE4_8422_2325 ^ ofRun) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
