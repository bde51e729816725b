import Testing

@testable import RosterServer

@Suite("The preference to wait: RFC 7240")
struct WaitPreferenceTests {
    @Test(
        arguments: [
            ("wait=1", 1), ("wait=60", 60), ("Wait=10", 10), ("wait = 10", 10), (" wait=10 ", 10), ("wait=\t7", 7),
            ("wait=007", 7), ("wait=10; x", 10), ("wait=10;x=y", 10), ("respond-async, wait=10", 10),
            ("wait=10, respond-async", 10), ("a=\"b, wait=3\", wait=4", 4), ("a=\"\\\", wait=3\", wait=4", 4),
            (", ,wait=5,", 5), ("=5, wait=6", 6), ("wait=3, wait=4", 3), ("waits=3, wait=4", 4),
        ] as [(String, Int)]
    )
    func readsSeconds(field: String, seconds: Int) {
        #expect(WaitPreference.seconds(in: field) == seconds)
    }

    @Test(
        arguments: [
            "", "wait", "wait=", "wait=\"\"", "wait=0", "wait=61", "wait=100", "wait=-1", "wait=+1", "wait=1.5",
            "wait=1s", "wait=1 2", "wait=\"10\"", "wait=99999999999999999999", "wait=٣", "wait=x, wait=5", "waits=5",
            "a=wait=5", "x; wait=5", "a=\"wait=5\"", "a=\"b, wait=5", "wait:5", "wait=1\u{0}",
        ]
    )
    func ignoresMalformedPreferences(field: String) {
        #expect(WaitPreference.seconds(in: field) == nil)
    }
}
