/// One rule of a review: its manual, its example, and (in the type itself) its check.
///
/// `roster explain`, the reference in the docs and the tests of the examples are made from these members.
package protocol RiskRule: Sendable {
    /// The stable, public name.
    static var name: String { get }
    /// How grave a change is that it speaks of.
    static var risk: Risk { get }
    /// When it speaks, in one line without a full stop.
    static var summary: String { get }
    /// Why it matters and what to look at, in one paragraph.
    static var explanation: String { get }
    /// A change that it speaks of.
    static var example: RiskExample { get }
}

extension RiskRule {
    /// The reason that the rule gives, with its sentence.
    static func reason(_ text: String) -> Change.Reason { Change.Reason(rule: name, risk: risk, text: text) }
}

/// A rule over providers.
protocol ProviderRisk: RiskRule {
    /// Why the change is that grave, in one sentence; nil when the rule does not speak.
    static func sentence(_ pair: ProviderPair, _ context: ReviewContext) -> String?
}

/// A rule over secrets.
protocol SecretRisk: RiskRule {
    /// Why the change is that grave, in one sentence; nil when the rule does not speak.
    static func sentence(_ pair: SecretPair, _ context: ReviewContext) -> String?
}

/// A rule over projects.
protocol ProjectRisk: RiskRule {
    /// Why the change is that grave, in one sentence; nil when the rule does not speak.
    static func sentence(_ pair: ProjectPair, _ context: ReviewContext) -> String?
}

/// A rule over sealing keys.
protocol SealingKeyRisk: RiskRule {
    /// Why the change is that grave, in one sentence; nil when the rule does not speak.
    static func sentence(_ pair: SealingKeyPair, _ context: ReviewContext) -> String?
}

/// A rule over policies.
protocol PolicyRisk: RiskRule {
    /// Why the change is that grave, in one sentence; nil when the rule does not speak.
    static func sentence(_ pair: PolicyPair, _ context: ReviewContext) -> String?
}

/// A rule over tokens.
protocol TokenRisk: RiskRule {
    /// Why the change is that grave, in one sentence; nil when the rule does not speak.
    static func sentence(_ pair: TokenPair, _ context: ReviewContext) -> String?
}
