import RosterModel
import RosterReview
import RosterSemantics
import RosterCompiler

extension CommandFailure {
    /// Refuses to seal to keys that are not trusted and that the user did not name, of which there is at least one.
    init(_ untrusted: [TrustedKeys.UntrustedKey]) {
        var names: [SealingKeyID] = []
        for key in untrusted.map(\.key) where !names.contains(key.id) { names.append(key.id) }
        let first = untrusted[0]
        let others = names.dropFirst().map(\.description).joined(separator: ", ")
        self = .impossible(
            "the sealing key \(first.key.id) (\(first.key.name)) \(first.reason)"
                + (others.isEmpty ? "" : "; nor can these be trusted: \(others)"),
            help: "the holder of a key can open every value that is sealed to it; \(first.remedy)"
                + "when you know whose it is: \(names.map { "--trust-key \($0)" }.joined(separator: " "))"
        )
    }
}
