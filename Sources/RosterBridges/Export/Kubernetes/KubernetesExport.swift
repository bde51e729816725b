import RosterJSON
import RosterModel
import RosterRuntime

/// Objects of Kubernetes: the records of each project in a `ConfigMap`, and the names of secrets.
///
/// https://kubernetes.io/docs/concepts/configuration/configmap/
enum KubernetesExport {
    /// The most bytes of a `ConfigMap`.
    private static let limit = 1 << 20

    /// Returns one `ConfigMap` for each project.
    static func documents(_ providers: [ExportedProvider], _ findings: inout [ExportFinding]) -> [JSONValue] {
        var projects: [(handle: Handle, members: [JSONObject.Member], size: Int)] = []
        for provider in providers {
            let handle = provider.registered.project.handle
            let index = projects.firstIndex { $0.handle == handle } ?? projects.endIndex
            if index == projects.endIndex { projects.append((handle, [], 0)) }
            let name = "\(provider.record.handle).json"
            let record = record(of: provider)
            projects[index].members.append(JSONObject.Member(name: name, value: .string(record)))
            projects[index].size += name.utf8.count + record.utf8.count
        }
        return projects.map { project in
            let name = "roster-\(project.handle)"
            if project.size > limit {
                findings.append(.whole("ConfigMap \(name) has more than 1 MiB, which Kubernetes refuses"))
            }
            return object("v1", "ConfigMap", name, [("data", .object(JSONObject(project.members)))])
        }
    }

    /// Returns an object of Kubernetes.
    static func object(
        _ version: String,
        _ kind: String,
        _ name: String,
        annotations: JSONValue? = nil,
        _ members: [(name: String, value: JSONValue)]
    ) -> JSONValue {
        var metadata = [
            JSONObject.Member(name: "name", value: .string(name)),
            JSONObject.Member(name: "labels", value: ["app.kubernetes.io/managed-by": "roster"]),
        ]
        if let annotations { metadata.append(JSONObject.Member(name: "annotations", value: annotations)) }
        let head = [
            JSONObject.Member(name: "apiVersion", value: .string(version)),
            JSONObject.Member(name: "kind", value: .string(kind)),
            JSONObject.Member(name: "metadata", value: .object(JSONObject(metadata))),
        ]
        return .object(JSONObject(head + members.map { JSONObject.Member(name: $0.name, value: $0.value) }))
    }

    /// Returns a record of the API with the name of the secret that holds its key, without the dates, which are those
    /// of the files on this machine.
    private static func record(of provider: ExportedProvider) -> String {
        let (record, endpoint) = (provider.record, provider.endpoint)
        let origin = endpoint.base.origin
        let document: JSONValue = [
            "id": .string(record.id.description),
            "projectId": .string(record.projectID.description),
            "secretId": record.secretID.map { .string($0.description) } ?? .null,
            "name": .string(record.name),
            "provider": .string(record.slug.rawValue),
            "defaultModel": .string(record.defaultModel),
            "baseUrl": record.baseURL.map { .string($0) } ?? .null,
            "config": record.config.map { .object($0) } ?? .null,
            "handle": .string(provider.name),
            "endpoint": [
                "baseUrl": .string("\(endpoint.base)"), "chat": .string("\(endpoint.chat)"),
                "host": .string("\(origin.host):\(origin.port)"), "keyed": .boolean(provider.isKeyed),
            ],
            "secretRef": provider.isKeyed ? ["name": .string(provider.objectName)] : .null,
        ]
        var json = JSONWriter(.compact)
        json.value(document)
        return json.text
    }
}
