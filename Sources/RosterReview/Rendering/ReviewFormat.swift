package import RosterDiagnostics

/// What `diff` can print.
package enum ReviewFormat: String, CaseIterable, Sendable {
    /// For people.
    case text
    /// For a comment on a pull request.
    case markdown
    /// For programs of one's own.
    case json
    /// For GitHub's annotations: workflow commands.
    case github
}

extension Review {
    /// The review in a format; the result ends with a line end, unless it is empty.
    package func rendered(as format: ReviewFormat, options: RenderOptions = RenderOptions()) -> String {
        switch format {
        case .text: ReviewTextRenderer(options).render(self)
        case .markdown: ReviewMarkdownRenderer.render(self)
        case .json: ReviewJSONRenderer.render(self)
        case .github: ReviewGitHubRenderer.render(self)
        }
    }
}
