import Subprocess

/// Reads objects by their ids through two long-lived processes: one that tells what each is, then one that gives the
/// contents of those that are small enough.
struct ObjectReader {
    let git: GitProgram

    /// Ids sent before the answers are read: few enough to lie in a pipe, so that neither side waits for the other.
    private static let window = 256

    /// Which object, of how many bytes at most.
    struct Request {
        var id: String
        var limit: Int
    }

    /// What there is of an object.
    enum Object: Sendable {
        case contents([UInt8])
        case tooLarge
        case missing
        case otherKind
    }

    /// Reads objects of one kind, `blob`, `tree` or `commit`, and hands each on with its index, in their order.
    func read(
        _ kind: String,
        _ requests: [Request],
        _ receive: (_ index: Int, _ object: consuming Object) throws -> Void
    ) async throws {
        guard !requests.isEmpty else { return }
        let kind = Array(kind.utf8)
        let headers = try await git.stream(["cat-file", "--batch-check"]) { input, output in
            var headers: [Header] = []
            headers.reserveCapacity(requests.count)
            try await ask(requests.indices, requests, input) { _ in headers.append(try await Self.header(&output)) }
            return headers
        }
        func isWanted(_ index: Int) -> Bool {
            headers[index].kind == kind && headers[index].size <= requests[index].limit
        }
        try await git.stream(["cat-file", "--batch"]) { input, output in
            var next = 0
            func skip(to end: Int) throws {
                for index in next..<end {
                    let object: Object =
                        headers[index].isMissing ? .missing : headers[index].kind == kind ? .tooLarge : .otherKind
                    try receive(index, object)
                }
                next = end + 1
            }
            try await ask(requests.indices.filter(isWanted), requests, input) { index in
                try skip(to: index)
                let header = try await Self.header(&output)
                guard header == headers[index] else { throw GitError.malformedAnswer(command: "cat-file") }
                let contents = try await output.bytes(header.size)
                _ = try await output.bytes(1)
                try receive(index, .contents(contents))
            }
            try skip(to: requests.count)
        }
    }

    private func ask(
        _ indices: some RandomAccessCollection<Int>,
        _ requests: [Request],
        _ input: StandardInputWriter,
        _ take: (_ index: Int) async throws -> Void
    ) async throws {
        var rest = indices[...]
        while !rest.isEmpty {
            let window = rest.prefix(Self.window)
            rest = rest.dropFirst(Self.window)
            var lines: [UInt8] = []
            for index in window {
                lines += requests[index].id.utf8
                lines.append(UInt8(ascii: "\n"))
            }
            _ = try await input.write(lines)
            for index in window { try await take(index) }
        }
        try await input.finish()
    }

    /// The line before an object: `<id> <kind> <size>`, or `<id> missing`.
    private struct Header: Hashable, Sendable {
        var kind: [UInt8]
        var size: Int
        var isMissing: Bool
    }

    private static func header(_ output: inout ByteStream) async throws -> Header {
        guard let line = try await output.token(endedBy: UInt8(ascii: "\n")) else {
            throw GitError.malformedAnswer(command: "cat-file")
        }
        let words = line.split(separator: UInt8(ascii: " "))
        if words.count == 2, words[1].elementsEqual("missing".utf8) {
            return Header(kind: [], size: 0, isMissing: true)
        }
        guard words.count == 3, let size = Int(String(decoding: words[2], as: UTF8.self)), size >= 0 else {
            throw GitError.malformedAnswer(command: "cat-file")
        }
        return Header(kind: Array(words[1]), size: size, isMissing: false)
    }
}
