import Foundation
import RosterModel
import RosterTestSupport
import Testing

@testable import RosterCatalogue

/// The days of the catalogue inside the program, compared with those of llm-sunset, which reads other sources.
@Suite("Verdicts of another program")
struct SunsetTests {
    /// The days on which verdicts are compared.
    private static let days = ["2025-12-31", "2026-03-31", "2026-07-01", "2026-11-29", "2027-06-30"]
    /// The verdict on a day.
    private enum Verdict: String { case served, retiring, retired }

    private static func verdict(_ retires: CalendarDate, on day: CalendarDate) -> Verdict {
        let left = retires.daysSince1970 - day.daysSince1970
        return left <= 0 ? .retired : left <= 90 ? .retiring : .served
    }

    @Test func agreesExceptWhereTheReasonIsKnown() throws {
        let peer = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "sunset_peer.py").path
        let scratch = try ScratchFolder()
        let tools = Tools(folder: scratch.path, environment: ["XDG_CACHE_HOME": scratch.path])
        let lines = try tools.tool(["python3", peer]).output.split(separator: "\n")
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "sunset_differences.tsv")
        let table = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst()
        var explained = Set(table.map { $0.split(separator: "\t").prefix(4).joined(separator: "\t") })
        var (compared, agreed) = (0, 0)
        for line in lines {
            let fields = line.split(separator: "\t").map(String.init)
            let slug = try #require(ProviderSlug(rawValue: fields[0]))
            let theirs = try #require(CalendarDate(fields[2]))
            guard let row = ModelCatalogue.builtIn.row(of: slug, fields[1]) else { continue }
            let ours = ModelCatalogue.builtIn.entry(row).retires
            for day in Self.days.compactMap(CalendarDate.init) {
                compared += 1
                let verdicts = (ours.map { Self.verdict($0, on: day) } ?? .served, Self.verdict(theirs, on: day))
                if verdicts.0 == verdicts.1 { agreed += 1 }
            }
            guard ours != theirs else { continue }
            let words = [fields[0], fields[1], ours?.description ?? "none", fields[2]].joined(separator: "\t")
            #expect(explained.remove(words) != nil, "\(words) has no explanation")
        }
        #expect(explained.isEmpty)
        #expect(compared > 1_000)
        print("\(agreed) of \(compared) verdicts agree")
    }
}
