public import RosterDiagnostics
public import RosterFrontend
import RosterSemantics

/// Every rule, in the order of the reference.
public enum RuleCatalogue {
    /// A heading of the reference and the rules below it.
    public struct Group: Sendable {
        /// The heading.
        public var title: String
        /// The rules in order.
        public var rules: [any Rule.Type]
    }

    /// The rules by group.
    public static let groups: [Group] = [
        Group(
            title: "Reading",
            rules: [
                YAMLSyntaxRule.self, InvalidEncoding.self, HiddenCharacter.self, DuplicateKey.self,
                MultipleDocuments.self, UnsupportedYAML.self, FileTooLarge.self, NestingTooDeep.self,
                TooManyFiles.self, UnreadableFile.self, SymbolicLink.self, UnexpectedFile.self, InvalidHandle.self,
            ]
        ),
        Group(
            title: "Shape",
            rules: [
                MissingField.self, UnknownField.self, WrongType.self, InvalidValue.self, InvalidID.self,
                DuplicateID.self, DuplicateName.self, UnknownProviderSlug.self,
            ]
        ),
        Group(
            title: "References",
            rules: [
                UnknownProject.self, EmptyProject.self, UnknownSecret.self, UnusedSecret.self, UnknownPolicy.self,
                UnknownAction.self, UnknownResource.self,
            ]
        ),
        Group(
            title: "Endpoints",
            rules: [
                MissingBaseURL.self, InvalidBaseURL.self, InsecureBaseURL.self, ForbiddenHost.self,
                SuspiciousBaseURL.self, ContradictorySetting.self, UnusedSetting.self, UnlikelyModel.self,
                MissingSecret.self, UnneededSecret.self, MissingConfig.self, AmbientCredentials.self,
                SecretHostMismatch.self,
            ]
        ),
        Group(
            title: "Models",
            rules: [
                ModelRetired.self, ModelRetiring.self, UnknownModel.self, CatalogueStale.self, InvalidCatalogue.self,
            ]
        ),
        Group(
            title: "Secrets and access",
            rules: [
                PlaintextKey.self, PrivateKeyInRepository.self, MalformedBox.self, DuplicateBox.self,
                UnknownSealingKey.self, MissingBox.self, RetiredSealingKey.self, StaleBox.self, KeyIDMismatch.self,
                InvalidPublicKey.self, NoActiveKey.self, RotationDue.self, InvalidAllowedHost.self,
                ExpiredToken.self, PartlyDenied.self, UnusedSuppression.self,
            ]
        ),
    ]

    /// The rules without their groups.
    public static var all: [any Rule.Type] { groups.flatMap(\.rules) }

    /// The rule of that name.
    public static func rule(named name: String) -> (any Rule.Type)? { all.first { $0.name == name } }

    /// The severity of each rule, by name.
    static let severities: [String: Severity] = Dictionary(all.map { ($0.name, $0.severity) }) { first, _ in first }

    /// The descriptions of the rules, for renderers.
    public static var descriptions: [Report.RuleDescription] {
        all.map {
            Report.RuleDescription(
                name: $0.name,
                severity: $0.severity,
                summary: $0.summary,
                explanation: $0.explanation
            )
        }
    }
}
