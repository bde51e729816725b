/// A rule of a review: its manual, its example, and (in the conforming type) its check.
///
/// `roster explain`, the page of risks and the tests of the examples use these members.
package protocol RiskRule: Sendable {
    /// The stable, public name.
    static var name: String { get }
    /// The risk of the changes that the rule reports.
    static var risk: Risk { get }
    /// The condition, in one line without a full stop.
    static var summary: String { get }
    /// The effect of such a change, and advice for the reviewer, in one paragraph.
    static var explanation: String { get }
    /// A change that the rule reports.
    static var example: RiskExample { get }
}

extension RiskRule {
    /// Returns a reason with the rule's name, its risk and a sentence.
    static func reason(_ text: String) -> Change.Reason { Change.Reason(rule: name, risk: risk, text: text) }
}

/// A rule over providers.
protocol ProviderRisk: RiskRule {
    /// Returns the reason in one sentence; nil if the rule does not apply.
    static func sentence(_ pair: ProviderPair, _ context: ReviewContext) -> String?
}

/// A rule over secrets.
protocol SecretRisk: RiskRule {
    /// Returns the reason in one sentence; nil if the rule does not apply.
    static func sentence(_ pair: SecretPair, _ context: ReviewContext) -> String?
}

/// A rule over projects.
protocol ProjectRisk: RiskRule {
    /// Returns the reason in one sentence; nil if the rule does not apply.
    static func sentence(_ pair: ProjectPair, _ context: ReviewContext) -> String?
}

/// A rule over sealing keys.
protocol SealingKeyRisk: RiskRule {
    /// Returns the reason in one sentence; nil if the rule does not apply.
    static func sentence(_ pair: SealingKeyPair, _ context: ReviewContext) -> String?
}

/// A rule over policies.
protocol PolicyRisk: RiskRule {
    /// Returns the reason in one sentence; nil if the rule does not apply.
    static func sentence(_ pair: PolicyPair, _ context: ReviewContext) -> String?
}

/// A rule over tokens.
protocol TokenRisk: RiskRule {
    /// Returns the reason in one sentence; nil if the rule does not apply.
    static func sentence(_ pair: TokenPair, _ context: ReviewContext) -> String?
}
