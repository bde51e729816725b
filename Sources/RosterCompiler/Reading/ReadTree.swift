/// What a tree's files say, with every provider linked.
struct ReadTree: Sendable {
    /// In the listing's order.
    var files: [ReadFile]
    /// What was found in files by themselves.
    var findings: Findings
    var targets: LinkTargets
    var providers: ReadProviders
    /// What was found in providers' links.
    var linkFindings = Findings()
    /// Positions of secrets that providers link.
    var linkedSecrets: Set<Int> = []
    /// Links that lead to no secret of their project.
    var unresolvedLinks: [UnresolvedLink] = []
    /// What records are in the registry's document, where that is kept.
    var texts: (providers: [RecordText], secrets: [RecordText]) = ([], [])
    /// Whether the document's head was handed over, and behind it providers up to the first error.
    var isDocumentBegun = false

    /// Whether there is an error so far, so that there will be no document.
    var hasErrors = false
}
