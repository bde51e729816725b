import RosterPublication

/// A publication whose envelope is accepted, and whose registry is not checked yet.
struct Candidate {
    /// The position of the source that reported it.
    var position: Int
    var manifest: [UInt8]
    var envelope: [UInt8]
    var accepted: Acceptance.Accepted

    var statement: Statement { accepted.statement }
}

/// A publication whose registry is valid, and which is served when the server allows it.
struct PreparedPublication {
    /// The position of the source; nil for the state folder.
    var position: Int?
    var manifest: [UInt8]
    var envelope: [UInt8]
    var accepted: Acceptance.Accepted
    /// The bytes to save; nil when the state folder has them, or cannot have them.
    var blob: CandidateBlob?
}

/// A publication that the state folder does not have yet.
struct UnsavedPublication {
    var envelope: [UInt8]
    var statement: Statement
    var blob: CandidateBlob?
}
