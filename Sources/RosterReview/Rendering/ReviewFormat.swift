package import RosterDiagnostics

/// The formats of `diff`.
package enum ReviewFormat: String, CaseIterable, Sendable {
    /// For people.
    case text
    /// For a comment on a pull request.
    case markdown
    /// For programs.
    case json
    /// For GitHub's annotations: workflow commands.
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
