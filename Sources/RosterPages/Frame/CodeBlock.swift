extension HTML {
    /// Returns a block of code, which the script gives a button that copies it.
    ///
    /// - Parameters:
    ///   - text: the code.
    ///   - title: the name of the code, for the button.
    /// - Returns: the block.
    package static func code(_ text: String, _ title: String) -> HTML { code(marked: "\(code: text)", title) }

    /// Returns a block of code that has markup, such as a patch with its lines in color.
    package static func code(marked markup: HTML, _ title: String) -> HTML {
        "<div class=code data-title=\"\(title)\"><pre tabindex=0>\(markup)</pre></div>"
    }

    /// Returns the word for a number of things.
    package static func plural(_ count: Int, _ word: StaticString) -> HTML {
        count == 1 ? "\(constant: word)" : "\(constant: word)s"
    }
}
