import RosterBytes
import RosterHTTPClient
import RosterPublication

/// The limits of the times and sizes of requests to etcd.
enum EtcdLimits {
    /// The body of a response that is an error.
    static let error = 16 * 1024
    /// An answer without values.
    static let short = 64 * 1024
    /// An answer with a manifest.
    static let manifest = CanonicalBase64.encodedLength(of: PublicationLimits.manifest) + 4096
    /// An answer with a chunk of a blob.
    static let chunk = CanonicalBase64.encodedLength(of: EtcdKeys.chunkSize) + 4096
    /// An answer with the names of all chunks, and the manifests of all channels.
    static let listing = 8 * 1024 * 1024
    /// A line of a watch: the changes that etcd sends together.
    static let line = 1024 * 1024

    /// The times of a request whose parts are small.
    static var unary: HTTPTiming {
        var timing = HTTPTiming()
        (timing.connect, timing.head, timing.stall, timing.total) = (.seconds(2), .seconds(2), .seconds(2), .seconds(2))
        return timing
    }

    /// The times of a read of a chunk, which takes half a minute on a slow line.
    static var download: HTTPTiming {
        var timing = HTTPTiming()
        (timing.connect, timing.head, timing.stall, timing.total) = (
            .seconds(2), .seconds(2), .seconds(15), .seconds(90)
        )
        return timing
    }

    /// The times of a write of a chunk, whose answer comes after the whole request.
    static var upload: HTTPTiming {
        var timing = HTTPTiming()
        (timing.connect, timing.head, timing.stall, timing.total) = (
            .seconds(2), .seconds(15), .seconds(2), .seconds(20)
        )
        return timing
    }

    /// The times of a watch, which sends nothing until a key changes.
    static var watch: HTTPTiming {
        var timing = HTTPTiming()
        (timing.connect, timing.head, timing.stall, timing.total) = (.seconds(2), .seconds(2), nil, nil)
        return timing
    }
}
