/// A generator of random numbers that repeats its numbers for a seed.
///
/// It is SplitMix64 (https://prng.di.unimi.it/splitmix64.c).
package struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    /// Creates a generator; two generators of one seed return the same numbers.
    package init(seed: UInt64) { state = seed }

    /// Creates the generator of a test, which returns other numbers in every run.
    package init(test: String = #function, file: String = #fileID) { self.init(seed: TestSeed.of(test, file: file)) }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
