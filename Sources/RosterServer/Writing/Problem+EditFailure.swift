import RosterDiagnostics
import RosterEditing
import RosterFrontend
import RosterModel
import RosterSemantics

extension Problem {
    /// Creates the problem for an edit that cannot be made, with the details that a caller may see.
    ///
    /// Diagnostics of the edited file are included; those of files that the caller may not see are included without a place.
    init(
        _ failure: EditFailure,
        _ target: ProviderChange.Target,
        _ caller: Caller,
        _ snapshot: Snapshot,
        pathPrefix: String
    ) {
        switch failure.code {
        case .refused:
            let shown = ShownDiagnostics(target, caller, snapshot, pathPrefix: pathPrefix).shown(failure.diagnostics)
            self = .unprocessable(shown.first?.message ?? "check would find an error", shown)
        case .notFound, .invalid, .exists, .inUse:
            let diagnostic = Diagnostic(
                rule: InvalidValue.name,
                severity: .error,
                message: failure.message,
                place: Diagnostic.Place(path: target.path)
            )
            self = .unprocessable(failure.message, [diagnostic])
        case .changed, .unreadable, .unwritable, .mismatch:
            self = caller.hasFiles ? .unprocessable(failure.message, []) : .cannotPlan
        }
    }
}

/// A filter that removes from diagnostics the parts that a caller may not see.
struct ShownDiagnostics {
    private let isEverythingShown: Bool
    private let target: ProviderChange.Target
    private let visiblePaths: Set<String>
    private let secretsFolder: String

    init(_ target: ProviderChange.Target, _ caller: Caller, _ snapshot: Snapshot, pathPrefix: String) {
        isEverythingShown = caller.hasFiles
        self.target = target
        secretsFolder = "\(pathPrefix)secrets/\(target.project)/"
        let providers = snapshot.registry.providers
        visiblePaths = Set(
            ProviderList.positions(ListQuery(), for: caller.view, in: snapshot.registry).map {
                pathPrefix + providers[$0].source.path
            }
        )
    }

    func shown(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        guard !isEverythingShown else { return diagnostics }
        var shown: [Diagnostic] = []
        for diagnostic in diagnostics {
            guard diagnostic.place.path == target.path else {
                let elsewhere = Diagnostic(
                    rule: diagnostic.rule,
                    severity: diagnostic.severity,
                    message: "the change clashes with something in another file",
                    place: Diagnostic.Place(path: target.path)
                )
                if !shown.contains(elsewhere) { shown.append(elsewhere) }
                continue
            }
            var own = diagnostic
            own.related = diagnostic.related.filter { isVisible($0.place.path) }
            if own.related.count < diagnostic.related.count || own.rule == UnknownSecret.name { own.help = nil }
            shown.append(own)
        }
        return shown
    }

    private func isVisible(_ path: String) -> Bool {
        path == target.path || visiblePaths.contains(path) || path.hasPrefix(secretsFolder)
    }
}
