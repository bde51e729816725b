import RosterBytes
import RosterDiagnostics
package import RosterJSON
import RosterModel

/// The result of comparing a provider's default model with the list that the provider serves.
package struct ModelCheck: Sendable, Hashable {
    /// The result in a word.
    package enum Verdict: String, Sendable, CaseIterable {
        /// The list has the model.
        case served
        /// The list lacks the model.
        case missing
        /// The provider answered 401 or 403.
        case keyRefused = "key-refused"
        /// The answer shows nothing about the model, or no request could be made.
        case undecided = "cannot-tell"
        /// There was no answer.
        case unreachable
    }

    /// `<project>/<handle>`.
    package var provider: String
    /// The default model; nil when the provider's files have errors.
    package var model: String?
    package var verdict: Verdict
    /// The listed models whose names are the most similar to a missing one.
    package var nearest: [String] = []
    /// The status of the answer.
    package var status: Int?
    /// The reason for the verdict, in one sentence without a full stop.
    package var reason: String?
    /// The remedy.
    package var help: String?

    /// Creates the result of a provider.
    package init(_ provider: String, model: String? = nil, _ verdict: Verdict, reason: String?, help: String? = nil) {
        (self.provider, self.model, self.verdict) = (provider, model, verdict)
        (self.reason, self.help) = (reason, help)
    }

    /// A Boolean value that indicates whether the provider answered.
    package var isAnswered: Bool { status != nil }

    /// A Boolean value that indicates whether requests to the model fail today.
    package var isFailure: Bool { verdict == .missing || verdict == .keyRefused }

    /// The reason, followed by the most similar names.
    package var explanation: String {
        let names = nearest.isEmpty ? nil : "similar: " + nearest.joined(separator: ", ")
        return [reason, names].compactMap(\.self).joined(separator: "; ")
    }

    /// Writes the result as an object.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.name("provider")
            json.string(provider)
            json.name("model")
            json.string(model)
            json.name("verdict")
            json.string(verdict.rawValue)
            json.name("nearest")
            json.array(of: nearest) { name, json in json.string(name) }
            json.name("status")
            json.integer(status)
            json.name("reason")
            json.string(reason)
            json.name("help")
            json.string(help)
            json.name("handle")
            json.string(provider)
        }
    }

    /// Returns the exit code of a check: 1 when a model is missing or a key is refused, 3 when no provider answered.
    package static func exitCode(of checks: [ModelCheck]) -> Int32 {
        if checks.contains(where: \.isFailure) { return 1 }
        return checks.isEmpty || checks.contains(where: \.isAnswered) ? 0 : 3
    }
}
