extension ModelCatalogue {
    /// The catalogue inside the program.
    package static let builtIn: ModelCatalogue = {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(BuiltInModels.texts.reduce(0) { $0 + $1.utf8CodeUnitCount })
        for text in BuiltInModels.texts {
            unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        }
        return ModelCatalogue(text: bytes, .builtIn)
    }()
}
