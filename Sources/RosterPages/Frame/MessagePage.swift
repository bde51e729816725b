/// Pages that are a sentence.
package enum MessagePage {
    /// The contents of the page of a path that does not exist, or that the reader may not see.
    package static let notFound: HTML = """
        <div class=narrow><h1>Not found</h1><p class=sub>There is no such page, or you may not see it.</p>\
        <p><a href=/>All providers</a></p></div>
        """

    /// The contents of each page before a registry is served.
    package static let notReady: HTML = """
        <div class=narrow><h1>Nothing is served yet</h1><p class=sub>No revision without errors has been loaded.</p>\
        <p>The log of the server has the reason.</p></div>
        """
}
