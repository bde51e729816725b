import RosterModel
import RosterTestSupport
import Testing

@testable import RosterServer

@Suite("The limit of wrong tokens")
struct SignInLimiterTests {
    /// A limiter in which no two addresses of a test share a slot.
    private func limiter() -> SignInLimiter { SignInLimiter(slotCount: 1 << 40) }

    private func attempts(_ limiter: SignInLimiter, _ client: String, _ count: Int, at seconds: Int64) -> [Bool] {
        (0..<count).map { _ in limiter.attempt(from: ClientAddress(client), at: .test(seconds)) { false } == .wrong }
    }

    @Test func refusesTheEleventhWrongTokenOfAMinute() {
        let limiter = limiter()
        #expect(attempts(limiter, "192.0.2.1", 10, at: 1000).allSatisfy { $0 })
        let client = ClientAddress("192.0.2.1")
        #expect(limiter.attempt(from: client, at: .test(1000)) { false } == .refused(retryAfter: 61))
        #expect(limiter.attempt(from: client, at: .test(1060)) { false } == .refused(retryAfter: 1))
        #expect(limiter.attempt(from: client, at: .test(1061)) { false } == .wrong)
    }

    @Test func refusesARightTokenOverTheLimitWithoutComparingIt() {
        let limiter = limiter()
        _ = attempts(limiter, "192.0.2.1", 10, at: 0)
        let verdict = limiter.attempt(from: ClientAddress("192.0.2.1"), at: .test(1)) {
            Issue.record("the token is compared")
            return true
        }
        #expect(verdict == .refused(retryAfter: 60))
    }

    @Test func rightTokensAreNotCounted() {
        let limiter = limiter()
        let client = ClientAddress("192.0.2.1")
        for _ in 0..<100 { #expect(limiter.attempt(from: client, at: .test(0)) { true } == .accepted) }
        #expect(limiter.usedSlots == 0)
        _ = attempts(limiter, "192.0.2.1", 9, at: 0)
        #expect(limiter.attempt(from: client, at: .test(0)) { true } == .accepted)
        #expect(attempts(limiter, "192.0.2.1", 2, at: 0) == [true, false], "a right token does not clear the count")
    }

    @Test(arguments: [
        ("192.0.2.1", "192.0.2.2", false), ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", false), ("::ffff:192.0.2.1", "192.0.2.1", true),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", false), ("", "nonsense", true), ("192.0.2.1", "", false),
    ])
    func countsByAddressAndByThe64BitsOfIPv6(one: String, other: String, isShared: Bool) {
        let limiter = limiter()
        _ = attempts(limiter, one, 10, at: 0)
        #expect(attempts(limiter, other, 1, at: 0) == [!isShared])
    }

    @Test func memoryIsBoundedForAnyNumberOfAddresses() {
        let limiter = SignInLimiter(slotCount: 16)
        for number in UInt32(0)..<1000 {
            let client = ClientAddress.ipv4(IPv4Address(value: number))
            _ = limiter.attempt(from: client, at: .test(0)) { false }
        }
        #expect(limiter.usedSlots <= 16)
        let late = limiter.attempt(from: ClientAddress("203.0.113.9"), at: .test(1)) { true }
        #expect(late == .refused(retryAfter: 60), "too many clients are refused, not let in")
        #expect(limiter.attempt(from: ClientAddress("203.0.113.9"), at: .test(61)) { true } == .accepted)
    }

    @Test func aClockThatIsSetBackRefusesForAMinuteAtMost() {
        let limiter = limiter()
        _ = attempts(limiter, "192.0.2.1", 10, at: 100_000)
        #expect(attempts(limiter, "192.0.2.1", 1, at: 99_990) == [false])
        #expect(attempts(limiter, "192.0.2.1", 1, at: 1000) == [true])
    }

    @Test func neverAllowsMoreThanTenInAnyMinute() throws {
        var numbers = SeededGenerator()
        for slots in [1, 3, 1 << 40] {
            let limiter = SignInLimiter(slotCount: slots)
            var (wrong, now): ([ClientAddress: [Int64]], Int64) = ([:], 0)
            for _ in 0..<500 {
                now += Int64.random(in: 0..<6, using: &numbers)
                let client = ClientAddress("192.0.2.\(Int.random(in: 0..<4, using: &numbers))")
                let recent = wrong[client, default: []].filter { now - $0 <= 60 }
                let verdict = limiter.attempt(from: client, at: .test(now)) { false }
                if verdict == .wrong {
                    #expect(recent.count < 10)
                    wrong[client, default: []].append(now)
                } else if slots > 3 {
                    #expect(recent.count == 10)
                    #expect(verdict == .refused(retryAfter: try #require(recent.first) + 61 - now))
                }
            }
        }
    }

    @Test func attemptsAtTheSameTimeDoNotExceedTheLimit() async {
        let limiter = limiter()
        let wrong = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    (0..<50).filter { _ in
                        limiter.attempt(from: ClientAddress("192.0.2.1"), at: .test(0)) { false } == .wrong
                    }.count
                }
            }
            return await group.reduce(0, +)
        }
        #expect(wrong == 10)
    }
}
