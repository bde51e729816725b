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
    /// Renders the review in a format.
    package func rendering(as format: ReviewFormat, options: RenderOptions = RenderOptions()) -> ReviewRendering {
        switch format {
        case .text: ReviewRendering(text: ReviewTextRenderer(options).render(self))
        case .markdown: ReviewMarkdownRenderer.render(self)
        case .json: ReviewRendering(text: ReviewJSONRenderer.render(self))
        case .github: ReviewGitHubRenderer.render(self)
        }
    }
}
