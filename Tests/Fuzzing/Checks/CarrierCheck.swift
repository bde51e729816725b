@testable import RosterFleet
import RosterPublication

/// Texts of the servers and files around publications are refused, or mean the same when they are split or written again.
enum CarrierCheck {
    /// The first byte selects the kind of text.
    static func check(_ input: [UInt8]) throws {
        let bytes = Array(input.dropFirst())
        switch input.first {
        case UInt8(ascii: "w"): try checkWatch(bytes)
        case UInt8(ascii: "c"): try checkChallenges(String(decoding: bytes, as: UTF8.self))
        case UInt8(ascii: "d"): try checkDockerConfiguration(bytes)
        default: return
        }
    }

    /// The longest line of a watch here, so that inputs of the fuzzer can exceed it.
    private static let lineLimit = 1024
    private static let key = Array("p/main/manifest".utf8)
    private static let revision: Int64 = 3

    private static func checkWatch(_ bytes: [UInt8]) throws {
        let whole = lines(of: [bytes[...]])
        for position in stride(from: 0, through: bytes.count, by: max(1, bytes.count / 64)) {
            let parts = lines(of: [bytes[..<position], bytes[position...]])
            // A line that is too long ends the watch, after those before it or together with them.
            try require(whole == nil || parts == whole, "other lines when the stream is split at \(position)")
            try require(whole != nil || parts == nil, "a line is too long only when the stream is not split")
        }
        for line in whole ?? [] {
            guard case .changed(let change)? = try? EtcdWatchMessage(line, key: key, after: revision) else { continue }
            try require(change.revision > revision, "a change is not after the revision")
        }
    }

    private static func lines(of parts: [ArraySlice<UInt8>]) -> [[UInt8]]? {
        var splitter = LineSplitter(limit: lineLimit)
        var lines: [[UInt8]] = []
        for part in parts {
            guard let more = try? splitter.append(Array(part)) else { return nil }
            lines += more
        }
        return lines
    }

    private static func checkChallenges(_ text: String) throws {
        guard let challenges = OCIChallenge.parse([text]) else { return }
        let written = challenges.map { challenge in
            let parameters = challenge.parameters.sorted { $0.key < $1.key }.map { name, value in
                let escaped = value.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined()
                return "\(name)=\"\(escaped)\""
            }
            return ([challenge.scheme] + [parameters.joined(separator: ", ")]).joined(separator: " ")
        }
        let again = written.joined(separator: ", ")
        guard again.utf8.count <= OCIChallenge.byteLimit else { return }
        try require(OCIChallenge.parse([again]) == challenges, "the challenges change when they are written: \(again)")
    }

    private static func checkDockerConfiguration(_ bytes: [UInt8]) throws {
        let reference = try OCIReference(
            "oci://registry.example.com/acme/llm-registry",
            channel: .main,
            encryption: .exceptLoopback
        )
        let first = try? DockerConfiguration(bytes).entry(for: reference)
        let other = try? DockerConfiguration(bytes + [0x20]).entry(for: reference)
        try require(first == other, "a blank at the end changes the credentials")
    }
}
