import RosterCompiler
import RosterSemantics

/// `file-moved`: a file moves within its project, and no policy names either handle.
enum FileMoved: ProviderRisk {
    static let name = "file-moved"
    static let risk = Risk.low
    static let summary = "a file moves within its project, and no policy names either handle"
    static let explanation = """
        The id stays, and programs use the id. Only people who use the old handle are affected.
        """
    static let example = RiskExample(
        .move(RiskExample.provider, to: "providers/acme/gpt-4o-eu.yaml")
    )

    static func sentence(_ pair: ProviderPair, _ context: ReviewContext) -> String? {
        guard let (before, after) = pair.both, before.file.path != after.file.path else { return nil }
        return "it has a new handle and the same id"
    }
}
