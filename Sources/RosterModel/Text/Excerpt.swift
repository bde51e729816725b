extension String {
    /// Returns the text, or a prefix of it and "…" when it has more than `length` Unicode scalars.
    package func excerpt(_ length: Int) -> String {
        let scalars = unicodeScalars
        guard scalars.dropFirst(length).first != nil else { return self }
        return String(scalars.prefix(max(0, length - 1))) + "…"
    }
}
