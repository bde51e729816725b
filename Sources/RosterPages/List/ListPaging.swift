/// The links between the pages of the list.
struct ListPaging {
    private let query: ListPageQuery
    private let page: Int
    private let count: Int

    init(_ query: ListPageQuery, page: Int, of count: Int) {
        (self.query, self.page, self.count) = (query, page, count)
    }

    /// The first and the last page, and those around the current one.
    var contents: HTML {
        var links: [HTML] = []
        var last = 0
        if page > 1 { links.append("<a rel=prev href=\"\(url: link(page - 1))\">Previous</a>") }
        for number in Set([1, page - 1, page, page + 1, count]).sorted() where (1...count).contains(number) {
            if number > last + 1 { links.append("<span>…</span>") }
            last = number
            if number == page {
                links.append("<span aria-current=page>\(number)</span>")
            } else {
                links.append("<a href=\"\(url: link(number))\" aria-label=\"Page \(number)\">\(number)</a>")
            }
        }
        if page < count { links.append("<a rel=next href=\"\(url: link(page + 1))\">Next</a>") }
        return "<nav class=pages aria-label=Pages>\(links)</nav>"
    }

    private func link(_ number: Int) -> PageURL { query.link { $0.page = number } }
}
