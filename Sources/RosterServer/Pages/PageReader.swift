/// The person who reads a page.
struct PageReader: Sendable {
    let caller: Caller
    /// A Boolean value that indicates whether the caller has signed in, and so can sign out.
    var isSignedIn = false
}
