/// The clock and the random numbers by which sources are read, which tests replace.
package struct Schedule: Sendable {
    /// Waits for a time; returns false when the task was cancelled.
    package var sleep: @Sendable (Duration) async -> Bool
    /// Returns a random number from 0 up to 1.
    package var random: @Sendable () -> Double

    package init(sleep: @escaping @Sendable (Duration) async -> Bool, random: @escaping @Sendable () -> Double) {
        (self.sleep, self.random) = (sleep, random)
    }

    /// The clock of the machine, and its random numbers.
    package static let system = Schedule(
        sleep: { (try? await Task.sleep(for: $0)) != nil },
        random: { Double.random(in: 0..<1) }
    )
}
