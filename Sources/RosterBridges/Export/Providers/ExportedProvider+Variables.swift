import RosterModel
import RosterRuntime

extension ExportedProvider {
    /// The suffixes of the variables that hold the key; the value decides which of them are set.
    var keySuffixes: [VariablePrefix.Suffix] {
        guard isKeyed else { return [] }
        return maySign ? [.apiKey, .awsAccessKeyID, .awsSecretAccessKey, .awsSessionToken] : [.apiKey]
    }

    /// The name of the provider's objects where a name has no `/`; two providers of an export have different ones.
    package var objectName: String { "roster-\(registered.project.handle)-\(record.handle)" }
}
