package import RosterDiagnostics

/// The formats of `diff`.
package enum ReviewFormat: String, CaseIterable, Sendable {
    /// Text for people.
    case text
    /// Markdown for a comment on a pull request.
    case markdown
    /// JSON for programs.
    case json
    /// Workflow commands for GitHub's annotations.
    case github
}

extension Review {
    /// Renders the review in a format.
    package func rendering(
        as format: ReviewFormat,
        options: RenderOptions = RenderOptions(),
        comment: CommentOptions = CommentOptions()
    ) -> ReviewRendering {
        switch format {
        case .text: ReviewRendering(text: ReviewTextRenderer(options).render(self))
        case .markdown: ReviewMarkdownRenderer.render(self, comment)
        case .json: ReviewRendering(text: ReviewJSONRenderer.render(self))
        case .github: ReviewGitHubRenderer.render(self)
        }
    }
}
