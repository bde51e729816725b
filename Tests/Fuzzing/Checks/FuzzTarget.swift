/// A parser of untrusted bytes, and the properties that hold for every input.
struct FuzzTarget: Sendable {
    /// The name of the target's corpus and dictionary.
    let name: String
    private let makeCheck: @Sendable () async throws -> Check

    /// A function that throws ``FuzzFailure`` when an input breaks a property.
    typealias Check = @Sendable (_ input: [UInt8]) async throws -> Void

    /// Every target.
    static let all = [
        FuzzTarget(name: "yaml") { { try YAMLDocumentCheck.check($0) } },
        FuzzTarget(name: "registry") { { try await CompiledRegistryCheck.check($0) } },
        FuzzTarget(name: "http") { try await HTTPRequestCheck().check },
        FuzzTarget(name: "mcp") { try await MCPMessageCheck().check },
        FuzzTarget(name: "record") { { try await RecordFileCheck.check($0) } },
        FuzzTarget(name: "secret") { { try await SecretFileCheck.check($0) } },
        FuzzTarget(name: "git") { { try GitObjectCheck.check($0) } },
        FuzzTarget(name: "publication") { { try PublicationCheck.check($0) } },
        FuzzTarget(name: "carrier") { { try CarrierCheck.check($0) } },
        FuzzTarget(name: "connection") { { try ConnectionEventsCheck.check($0) } },
    ]

    /// Returns the check, with everything that all inputs share already made.
    func prepare() async throws -> Check { try await makeCheck() }
}

/// A property that an input breaks.
struct FuzzFailure: Error, CustomStringConvertible {
    let description: String
}

/// Throws when a property does not hold.
func require(_ holds: Bool, _ description: @autoclosure () -> String) throws {
    if !holds { throw FuzzFailure(description: description()) }
}
