import Glibc

/// The description of an error number of the system.
package enum SystemError {
    /// Returns the description of a number.
    package static func reason(_ code: Int32) -> String {
        switch code {
        case ECONNREFUSED: "connection refused"
        case ECONNRESET, EPIPE: "connection reset"
        case EHOSTUNREACH, ENETUNREACH: "no way there"
        case ETIMEDOUT: "timed out"
        case EACCES, EPERM: "not permitted"
        case EMFILE, ENFILE: "too many open files"
        case EADDRNOTAVAIL: "no address of this machine's reaches it"
        default: "error \(code)"
        }
    }
}
