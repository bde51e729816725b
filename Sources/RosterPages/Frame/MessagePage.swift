/// Pages that are a sentence.
package enum MessagePage {
    /// The contents of the page of a path that does not exist, or that the reader may not see.
    package static let notFound: HTML = """
        <div class=narrow><h1>Not found</h1><p class=sub>There is no such page, or you may not see it.</p>\
        <p><a href=/>All providers</a></p></div>
        """

    /// The contents of each page of records once the publication that is served has expired.
    package static let expired: HTML = """
        <div class=narrow><h1>The registry has expired</h1>\
        <p class=sub>It was valid until a date that its publisher signed, and nothing newer has arrived.</p>\
        <p>Publish again: <code>roster publish --refresh</code></p><p><a href=/status.html>Status of the server</a></p></div>
        """

    /// The contents of each page before a registry is served.
    package static let notReady: HTML = """
        <div class=narrow><h1>Nothing is served yet</h1><p class=sub>No revision without errors has been loaded.</p>\
        <p>The log of the server has the reason.</p></div>
        """
}
