import RosterBytes
import RosterModel
package import SealedBoxes

/// The form of a value that AWS's Bedrock accepts.
@safe
package struct BedrockValueForm: Sendable {
    /// The accepted values, with placeholders.
    package var help: String
    /// Returns the reason for which a value of the named secret is refused, and calls a closure with each key in it.
    package var problem:
        @Sendable (
            _ value: UnsafeRawBufferPointer,
            _ secret: String,
            _ part: (UnsafeRawBufferPointer) -> Void
        ) -> String?

    /// Creates a form.
    package init(
        help: String,
        problem:
            @escaping @Sendable (
                _ value: UnsafeRawBufferPointer,
                _ secret: String,
                _ part: (UnsafeRawBufferPointer) -> Void
            ) -> String?
    ) {
        self.help = help
        unsafe self.problem = problem
    }
}

extension SecretTarget {
    /// Refuses a value that is not the key itself, or that this target's provider cannot take.
    ///
    /// After sealing the value is not seen again until a request fails. No message holds any part of it.
    ///
    /// - Parameters:
    ///   - value: the value.
    ///   - name: the secret's full name.
    ///   - command: the command that a value is piped into, as messages show it.
    ///   - bedrock: the form of values for Bedrock.
    /// - Returns: a remark about an accepted value; nil if it needs none.
    /// - Throws: ``EditFailure``.
    package func examine(
        _ value: borrowing SecretValue,
        for name: String,
        command: String,
        bedrock: BedrockValueForm
    ) throws(EditFailure) -> String? {
        try unsafe value.withBytes { (bytes) throws(EditFailure) in
            let text = unsafe SecretText(bytes)
            let (fault, core) = ValueForm.examine(text)
            try refuseKeyOfAnother(core, fault, name)
            if let fault { throw refusal(fault, command, bedrock) }
            if takesAWSKey { try unsafe refuseOtherThanAWSKey(bytes, name, bedrock) }
            return try examineBytes(text, command, bedrock)
        }
    }

    /// A Boolean value that indicates whether the key signs requests to AWS, or is sent to its Bedrock hosts only.
    private var takesAWSKey: Bool {
        slugs.contains(.bedrock) || !hosts.isEmpty && hosts.allSatisfy(Self.isBedrockHost)
    }

    private static func isBedrockHost(_ host: AllowedHost) -> Bool {
        guard case .name(let name) = host.host else { return false }
        return [".amazonaws.com", ".amazonaws.com.cn", ".api.aws"].contains { name.hasSuffix($0) }
            && name.split(separator: ".").contains { $0.hasPrefix("bedrock") }
    }

    private func refusal(_ fault: ValueFault, _ command: String, _ bedrock: BedrockValueForm) -> EditFailure {
        EditFailure(
            .invalid,
            "nothing was sealed: the value \(fault.words)",
            help: takesAWSKey ? bedrock.help : fault.help(command)
        )
    }

    /// Refuses a value with the shape of another provider's key, with or without text around it.
    private func refuseKeyOfAnother(_ core: SecretText, _ fault: ValueFault?, _ name: String) throws(EditFailure) {
        guard !slugs.isEmpty, let shape = core.shape, let owner = shape.slug, !slugs.contains(owner),
            // A gateway takes the keys of any vendor.
            slugs.isDisjoint(with: [.gateway, .custom, .ollama])
        else { return }
        let names = slugs.map(\.rawValue).sorted().joined(separator: ", ")
        let also = fault.map { "; it also \($0.words)" } ?? ""
        throw EditFailure(
            fault == nil ? .refused : .invalid,
            "nothing was sealed: the value has the shape of \(shape.title), and \(name) is for \(names)\(also)",
            help: "give the key of \(names)"
        )
    }

    private func refuseOtherThanAWSKey(
        _ bytes: UnsafeRawBufferPointer,
        _ name: String,
        _ bedrock: BedrockValueForm
    ) throws(EditFailure) {
        var fault: ValueFault?
        var shape: KeyShape?
        let problem = unsafe bedrock.problem(bytes, name) { part in
            let text = unsafe SecretText(part)
            fault = fault ?? ValueForm.examine(text).fault
            shape = shape ?? text.shape.flatMap { $0.slug.map { $0 != .bedrock } ?? false ? $0 : nil }
        }
        let words =
            problem ?? fault.map { "a member of \(name) \($0.words)" }
            ?? shape.map { "a member of \(name) has the shape of \($0.title)" }
        if let words { throw EditFailure(.invalid, "nothing was sealed: \(words)", help: bedrock.help) }
    }

    /// Refuses what no header can carry where a provider is known; without one another program may read the value.
    private func examineBytes(
        _ text: SecretText,
        _ command: String,
        _ bedrock: BedrockValueForm
    ) throws(EditFailure) -> String? {
        let isKnown = slugs.contains { $0 != .bedrock }
        let hasLines = text.contains(where: SecretText.isLineEnd)
        if hasLines || !text.allSatisfy({ (0x21...0x7E).contains($0) }), !takesAWSKey || isKnown {
            let fault: ValueFault = hasLines ? .severalLines : .unsendable
            guard slugs.isEmpty else { throw refusal(fault, command, bedrock) }
            return "note: the value \(fault.words); it is sealed, but Roster cannot send it to a provider"
        }
        guard isKnown else { return nil }
        let isJSON = [("{", "\"", "}"), ("[", "\"", "]"), ("[", "{", "]")].contains { start, next, end in
            text.hasPrefix(start + next) && text.hasSuffix(end)
        }
        if isJSON { throw refusal(.structured, command, bedrock) }
        let scheme = text.prefixLength { $0.isASCIILetterOrDigit || "+.-".utf8.contains($0) }
        if scheme > 1, text.dropFirst(scheme).hasPrefix("://") { throw refusal(.address, command, bedrock) }
        return nil
    }
}

extension KeyShape {
    /// The slug whose keys look so; nil when they belong to none in particular.
    var slug: ProviderSlug? {
        switch self {
        case .anthropic: .anthropic
        case .openai: .openai
        case .google, .googleAccessToken: .google
        case .xai: .xai
        case .groq: .groq
        case .bedrock, .awsAccessKeyID: .bedrock
        case .openRouter, .jsonWebToken, .rosterToken, .huggingFace, .fireworks, .perplexity, .together, .langfuse,
            .liteLLM, .bearerToken, .urlPassword:
            nil
        }
    }
}
