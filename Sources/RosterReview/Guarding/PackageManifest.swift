import RosterJSON
import RosterModel

/// The manifest of a package for Node.js, which holds scripts and the settings of hook managers beside dependencies.
enum PackageManifest {
    /// The name of the file.
    static let name = "package.json"

    /// Members that no hook manager executes, and that change with each update of a dependency.
    private static let harmless: Set<String> = [
        "dependencies", "devDependencies", "peerDependencies", "optionalDependencies", "version", "description",
        "author", "license", "keywords", "homepage", "bugs",
    ]

    /// Returns whether two manifests are the same but for dependencies and descriptions.
    ///
    /// A manifest that is not a JSON object differs from every other one.
    static func areAlike(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        guard let one = settings(one), let other = settings(other) else { return false }
        return JSONValue.object(one) == .object(other)
    }

    private static func settings(_ bytes: [UInt8]) -> JSONObject? {
        guard let object = (try? JSONReader.read(utf8: bytes))?.object else { return nil }
        return JSONObject(object.members.filter { !harmless.contains($0.name) })
    }
}
