import RosterModel
import RosterPublication
import RosterTestSupport
import Testing

@testable import RosterServer

@Suite("The state of publications")
struct PublicationStatusTests {
    private let monitor = PublicationMonitor.made()
    private let at = Timestamp(secondsSince1970: 1_000_100)

    private func failure(_ reason: String, _ message: String = "a message") -> PublicationMonitor.Failure {
        PublicationMonitor.Failure(reason: reason, message: message, at: at)
    }

    private func fill() {
        monitor.serve(.made(issued: 1_000_000), activatedAt: 1_000_000_495)
        monitor.note(.new, ofSource: 0, failure: nil, at: at)
        monitor.note(.same, ofSource: 0, failure: nil, at: at)
        monitor.note(.failed, ofSource: 1, failure: failure("unreachable", "no route to 10.1.2.3"), at: at)
        monitor.refuse(failure("rolled-back"), ofSource: 0)
        monitor.noteSave(failure: failure("state-unwritable", "/var/lib/roster is full"), at: at)
    }

    @Test func showsWhatACallerMaySee() async throws {
        fill()
        let server = try await ServedExample(publication: monitor)
        let open = try await server.request("GET", "/status").object
        #expect(Set(open.keys) == ["ready", "digest", "loadedAt", "freshness"])
        let reader = try await server.request("GET", "/status", token: ServedRepository.Token.reader.text).object
        #expect(reader["publication"] != nil && reader["sources"] == nil && reader["state"] == nil)
        let text = try await server.request("GET", "/status", token: ServedRepository.Token.all.text).text
        for part in [
            #""publication":{"channel":"main","serial":1000000487,"issued":"1970-01-12T13:46:40Z","#
                + #""expires":"1970-01-12T14:03:20Z","keyId":"3f9a"}"#,
            #"{"source":"oci://registry.example/llm:main","state":"up","checkedAt":"1970-01-12T13:48:20Z","#
                + #""changedAt":"1970-01-12T13:48:20Z","failure":{"reason":"rolled-back","message":"a message","#
                + #""at":"1970-01-12T13:48:20Z"}}"#,
            #"{"source":"dir:/srv/publications","state":"down","checkedAt":null,"changedAt":null,"failure":{"#,
            #""state":{"savedAt":null,"failure":{"reason":"state-unwritable","#,
        ] {
            #expect(text.contains(part), "\(part) in \(text)")
        }
    }

    @Test func omitsPublicationsOfOtherSources() async throws {
        let server = try await ServedExample()
        let status = try await server.request("GET", "/status", token: ServedRepository.Token.all.text).object
        for name in ["freshness", "publication", "sources", "state"] { #expect(status[name] == nil, "\(name)") }
        let page = try await ServedExample(isOpen: true).request("GET", "/status.html")
        #expect(!page.text.contains("<h2>Publication"))
        let metrics = try await server.request("GET", "/metrics").text
        #expect(!metrics.contains("roster_publication") && !metrics.contains("roster_source"))
    }

    @Test func escapesMessagesOnThePage() async throws {
        fill()
        monitor.refuse(failure("malformed", "<script>alert(1)</script>"), ofSource: 0)
        let server = try await ServedExample(isOpen: true, publication: monitor)
        let page = try await server.request("GET", "/status.html").text
        #expect(page.contains("&lt;script&gt;alert(1)") && !page.contains("<script>alert"))
        #expect(page.contains("/var/lib/roster is full") && page.contains("Nothing has been saved yet."))
    }

    @Test func writesMetricsOfFixedLabels() throws {
        let before = PublicationMetrics.text(of: monitor)
        #expect(before.contains("roster_publication_refused_total{reason=\"unsigned\"} 0\n"))
        #expect(!before.contains("roster_publication_serial ") && !before.contains("roster_source_up{"))
        fill()
        monitor.refuse(failure("a reason of no list"), ofSource: 1)
        let text = PublicationMetrics.text(of: monitor)
        for line in [
            "roster_publication_serial 1000000487", "roster_publication_issued_timestamp_seconds 1000000",
            "roster_publication_expires_timestamp_seconds 1001000",
            // The serial has the milliseconds of the signature, so that the delay is 8 ms.
            "roster_publication_delay_seconds_bucket{le=\"0.005\"} 0",
            "roster_publication_delay_seconds_bucket{le=\"0.01\"} 1",
            "roster_publication_delay_seconds_bucket{le=\"2.5\"} 1",
            "roster_publication_delay_seconds_bucket{le=\"+Inf\"} 1", "roster_publication_delay_seconds_sum 0.008",
            "roster_publication_delay_seconds_count 1", "roster_publication_refused_total{reason=\"rolled-back\"} 1",
            "roster_source_up{source=\"0\"} 1", "roster_source_up{source=\"1\"} 0",
            "roster_source_checked_timestamp_seconds{source=\"0\"} 1000100",
            "roster_source_checks_total{source=\"0\",result=\"new\"} 1",
            "roster_source_checks_total{source=\"0\",result=\"failed\"} 0",
            "roster_source_checks_total{source=\"1\",result=\"failed\"} 1", "roster_state_failures_total 1",
        ] {
            #expect(text.contains(line + "\n"), "\(line) in \(text)")
        }
        #expect(!text.contains("no list") && !text.contains("registry.example"))
        let reasons = text.split(separator: "\n").filter { $0.hasPrefix("roster_publication_refused_total{") }
        #expect(reasons.count == Refusal.Reason.allCases.count)
    }

    @Test func countsExtremeDelays() {
        monitor.serve(.made(issued: 1_000_000), activatedAt: .max)
        monitor.serve(.made(issued: 1_000_000), activatedAt: .min)
        var far = PublicationMonitor.Served.made(issued: 0)
        far.issued = Timestamp(secondsSince1970: .max)
        monitor.serve(far, activatedAt: 0)
        #expect(monitor.counts.delays.reduce(0, +) == 3)
    }
}
