/// A roster file or a provider is refused with diagnostics inside the file, or compiles to a registry that can be read.
enum RecordFileCheck {
    /// The first byte selects the kind of file.
    static func check(_ input: [UInt8]) async throws {
        let path =
            switch input.first {
            case UInt8(ascii: "r"): SampleRepository.rosterPath
            case UInt8(ascii: "p"): SampleRepository.providerPath
            default: String?.none
            }
        guard let path else { return }
        try await SampleRepository.check(Array(input.dropFirst()), at: path)
    }
}
