import RosterBytes

/// A workflow command, which GitHub's runner reads in a step's output.
package enum WorkflowCommand {
    /// Returns the line `::<kind> <name>=<value>,…::<message>`, escaped as the runner requires.
    package static func text(_ kind: String, _ properties: [(name: String, value: String)], _ message: String) -> String
    {
        let list = properties.map { "\($0.name)=\(escapedProperty($0.value))" }.joined(separator: ",")
        return "::\(kind) \(list)::\(escapedData(message))\n"
    }

    private static func escapedData(_ text: String) -> String {
        escape(text, [("%", "%25"), ("\r", "%0D"), ("\n", "%0A")])
    }

    private static func escapedProperty(_ text: String) -> String {
        escape(text, [("%", "%25"), ("\r", "%0D"), ("\n", "%0A"), (":", "%3A"), (",", "%2C")])
    }

    private static func escape(_ text: String, _ table: [(Unicode.Scalar, String)]) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if let (_, escaped) = table.first(where: { $0.0 == scalar }) {
                result += escaped
            } else {
                result += PrintableText.escape(String(scalar))
            }
        }
        return result
    }
}
