/// The rights that a token of a registry is requested for.
enum OCIAccess: String, Sendable {
    case pull
    case push = "pull,push"
    case delete
}
