import RosterJSON
import RosterModel

/// `GET /api/v1/projects`: the projects of which a caller may list at least one provider.
enum ProjectList {
    /// Returns the response with all of them.
    static func response(for view: AccessView, isGzip: Bool, from snapshot: Snapshot) -> EncodedResponse {
        snapshot.response(.projects(view: view.number, isGzip: isGzip), isGzip: isGzip) { json in
            json.array { json in
                for entry in snapshot.projects.entries {
                    let count = view.listedCount(in: entry.positions)
                    guard count > 0 else { continue }
                    json.element()
                    write(entry.project, count: count, to: &json)
                }
            }
        }
    }

    /// Returns the response with the project of a handle; nil when the caller may not see it, or there is none.
    static func response(of handle: Handle?, for view: AccessView, from snapshot: Snapshot) -> EncodedResponse? {
        guard let entry = handle.flatMap({ snapshot.projects.entry(of: $0) }) else { return nil }
        let count = view.listedCount(in: entry.positions)
        guard count > 0 else { return nil }
        return snapshot.response(.project(entry.project.handle, view: view.number), isGzip: false) { json in
            write(entry.project, count: count, to: &json)
        }
    }

    /// Writes a project with the number of its providers that the caller may list.
    static func write(_ project: Project, count: Int, to json: inout JSONWriter) {
        json.object { json in
            json.name("id")
            json.string(project.id.description)
            json.name("handle")
            json.string(project.handle.text)
            json.name("name")
            json.string(project.name)
            json.name("providers")
            json.integer(count)
        }
    }
}
