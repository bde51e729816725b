import Subprocess

/// Reads objects by their ids through two processes: one reports the kind and size of each, then the other returns the
/// contents of those that are small enough.
struct ObjectReader {
    let git: GitProgram
    /// Running processes; nil to start new ones for each call.
    var server: ObjectServer?

    /// The number of ids that are sent before the answers are read: few enough to fit in a pipe, which prevents a
    /// deadlock.
    private static let window = 256

    /// The id of an object, and the most bytes that it may have.
    struct Request {
        var id: String
        var limit: Int
    }

    /// The contents of an object, or the reason why they are missing.
    enum Object: Sendable {
        case contents([UInt8])
        case tooLarge
        case missing
        case otherKind
    }

    /// Reads objects of one kind, `blob`, `tree` or `commit`, and passes each on with its index, in their order.
    ///
    /// - Throws: ``GitError/partialClone(object:)`` when an object is missing in a partial clone.
    func read(
        _ kind: String,
        _ requests: [Request],
        _ receive: (_ index: Int, _ object: consuming Object) throws -> Void
    ) async throws {
        guard !requests.isEmpty else { return }
        if let server {
            let objects = try await server.read(kind, requests)
            try await checkClone(
                missing: objects.firstIndex { if case .missing = $0 { true } else { false } }.map { requests[$0].id }
            )
            for (index, object) in objects.enumerated() { try receive(index, object) }
            return
        }
        let headers = try await git.stream(["cat-file", "--batch-check"]) { input, output in
            let headers = try await Self.headers(of: requests, input, &output)
            try await input.finish()
            return headers
        }
        try await checkClone(missing: headers.firstIndex(where: \.isMissing).map { requests[$0].id })
        try await git.stream(["cat-file", "--batch"]) { input, output in
            try await Self.contents(kind, requests, headers, input, &output, receive)
            try await input.finish()
        }
    }

    /// Throws when an object is missing because the clone is partial.
    private func checkClone(missing id: String?) async throws {
        if let id, try await git.isPartialClone() { throw GitError.partialClone(object: id.isEmpty ? nil : id) }
    }

    /// Requests the kinds and sizes of objects.
    static func headers(
        of requests: [Request],
        _ input: StandardInputWriter,
        _ output: inout ByteStream
    ) async throws -> [Header] {
        var headers: [Header] = []
        headers.reserveCapacity(requests.count)
        try await ask(requests.indices, requests, input) { _ in
            headers.append(try await header(&output))
            output.noteAnswer()
        }
        return headers
    }

    /// Requests the contents of the objects that have the kind and are small enough.
    static func contents(
        _ kind: String,
        _ requests: [Request],
        _ headers: [Header],
        _ input: StandardInputWriter,
        _ output: inout ByteStream,
        _ receive: (_ index: Int, _ object: consuming Object) throws -> Void
    ) async throws {
        let kind = Array(kind.utf8)
        var next = 0
        func skip(to end: Int) throws {
            for index in next..<end {
                let object: Object =
                    headers[index].isMissing ? .missing : headers[index].kind == kind ? .tooLarge : .otherKind
                try receive(index, object)
            }
            next = end + 1
        }
        let wanted = requests.indices.filter {
            headers[$0].kind == kind && headers[$0].size <= requests[$0].limit
        }
        try await ask(wanted, requests, input) { index in
            try skip(to: index)
            let header = try await header(&output)
            guard header == headers[index] else { throw GitError.malformedAnswer(command: "cat-file") }
            let contents = try await output.bytes(header.size)
            _ = try await output.bytes(1)
            output.noteAnswer()
            try receive(index, .contents(contents))
        }
        try skip(to: requests.count)
    }

    private static func ask(
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
            do {
                _ = try await input.write(lines)
            } catch {
                // git closed its input, so the rest of the answer will not come.
                throw GitError.malformedAnswer(command: "cat-file")
            }
            for index in window { try await take(index) }
        }
    }

    /// The line that precedes an object: `<id> <kind> <size>`, or `<id> missing`.
    struct Header: Hashable, Sendable {
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
