import RosterCompiler
import RosterModel
import RosterSources
import Synchronization
import Testing

@testable import RosterReview

/// A tree made by a function of a folder's path, which can be larger than any that is kept.
private struct GrownTree: SourceTree {
    /// The entries of a folder, or why there are none.
    var entries: @Sendable (_ folder: String) -> Result<[TreeEntry], TreeFailure>

    func list(_ folders: [TreeFolder], limit: Int) async throws -> [Result<[TreeEntry], TreeFailure>] {
        var count = 0
        return folders.map { folder in
            guard count <= limit else { return .success([]) }
            let listed = entries(folder.path)
            count += (try? listed.get().count) ?? 0
            return listed
        }
    }

    func read(
        _ files: ArraySlice<TreeFile>,
        receive: (_ index: Int, _ reading: consuming FileReading) -> Void
    ) async throws {
        for index in files.indices { receive(index, .contents(Array(files[index].name.utf8), modified: nil)) }
    }

    /// Files below a folder, and nothing else.
    static func files(_ paths: [String]) -> [String: [TreeEntry]] {
        var folders: [String: [TreeEntry]] = ["": []]
        for path in paths {
            var folder = ""
            let parts = path.split(separator: "/").map(String.init)
            for (index, part) in parts.enumerated() {
                let isFile = index == parts.count - 1
                let entry = TreeEntry(name: part, kind: isFile ? .file : .folder, object: isFile ? path : nil)
                if !folders[folder, default: []].contains(where: { $0.name == part }) {
                    folders[folder, default: []].append(entry)
                }
                folder += (folder.isEmpty ? "" : "/") + part
            }
        }
        return folders
    }

    /// A tree of some files, in which one folder holds folders of folders, `width` of them on each of `depth` levels.
    static func grown(_ paths: [String], at place: String? = nil, width: Int = 0, depth: Int = 0) -> GrownTree {
        let folders = files(paths + (place.map { [$0 + "/first"] } ?? []))
        return GrownTree { path in
            if let place, path == place || path.hasPrefix(place + "/") {
                let level = path.split(separator: "/").count - place.split(separator: "/").count
                if level >= depth { return .success([TreeEntry(name: "f", kind: .file)]) }
                return .success((0..<width).map { TreeEntry(name: "d\($0)", kind: .folder) })
            }
            guard let entries = folders[path] else {
                return .failure(TreeFailure(code: 2, reason: "no such folder", isMissing: true))
            }
            return .success(entries)
        }
    }
}

@Suite("Guarded files")
struct GuardedFilesTests {
    private static let base = ["roster.yaml", "providers/acme/a.yaml", "secrets/acme/s.yaml"]

    private func differences(
        _ base: any SourceTree,
        _ head: any SourceTree,
        pathPrefix: String = ""
    ) async throws -> GuardedFiles.Differences {
        try await GuardedFiles(pathPrefix: pathPrefix).differences(base: base, head: head)
    }

    private func memory(_ files: [String: String]) -> MemoryTree {
        MemoryTree(files.sorted { $0.key < $1.key }.map { ($0.key, Array($0.value.utf8)) })
    }

    @Test(
        "What a host, a hook manager, a loader or an editor executes is guarded",
        arguments: [
            ".circleci/config.yml", ".gitea/workflows/a.yml", ".forgejo/workflows/a.yml", ".gitlab/ci/a.yml",
            ".gitlab-ci.yml", ".gitlab-ci-release.yml", "Jenkinsfile", "Jenkinsfile.release", ".envrc", ".envrc.local",
            ".env", ".husky/pre-commit", ".buildkite/pipeline.yml", ".drone.yml", ".drone.star", ".woodpecker.yml",
            ".woodpecker/a.yml", ".travis.yml", "azure-pipelines.yml", "bitbucket-pipelines.yml", ".semaphore/a.yml",
            ".teamcity/settings.kts", "cloudbuild.yaml", "appveyor.yml", ".appveyor.yml", "lefthook.yml",
            ".lefthook/pre-commit/a", ".githooks/pre-commit", "mise.toml", ".mise.toml", ".config/mise.toml",
            ".tool-versions", ".devcontainer/devcontainer.json", ".devcontainer.json", ".vscode/tasks.json",
            "renovate.json", "action.yml", "action.yaml", "deploy/github/review", "deploy/github/x/y",
            "deploy/gitlab-ci.yml", ".pre-commit-config.yaml", ".pre-commit-hooks.yaml", "CODEOWNERS",
            "docs/CODEOWNERS", ".gitattributes", "secrets/acme/.gitattributes", "providers/.gitmodules",
            "secrets/acme/.envrc", "providers/acme/Jenkinsfile", "a.code-workspace", ".tekton/pull.yaml",
            "bamboo-specs/bamboo.yml", ".vela.yml", "codeship-steps.yml", ".overcommit.yml", ".local-overcommit.yml",
            ".lintstagedrc.json", "lint-staged.config.js", "commitlint.config.js", "captainhook.json",
            "grumphp.yml.dist",
            "package.json", "mise-tasks/build", "Dangerfile", ".pullapprove.yml", ".policy.yml", ".asf.yaml",
            ".trunk/x",
            "Roster.yaml", "Providers/acme/a.yaml", "secrets/acme/S.yaml", "providers/acme/a.YAML",
            ".claude/settings.json", ".helix/languages.toml", "ci_scripts/ci_post_clone.sh", "OWNERS", ".cirrus.star",
        ]
    )
    func guarded(path: String) async throws {
        let base = memory(["roster.yaml": "roster: 1\n", "secrets/acme/s.yaml": "", "providers/acme/a.yaml": ""])
        let head = memory([
            "roster.yaml": "roster: 1\n", "secrets/acme/s.yaml": "", "providers/acme/a.yaml": "", path: "x\n",
        ])
        #expect(try await differences(base, head).files == [GuardedFile(path: path, action: .added)])
        #expect(try await differences(head, base).files == [GuardedFile(path: path, action: .deleted)])
        #expect(try await differences(head, head).files.isEmpty)
        // A name is the same in any spelling that a case-insensitive file system takes for it.
        let other = path.uppercased()
        let changed = memory(["roster.yaml": "roster: 1\n", other: "x\n"])
        #expect(try await differences(memory(["roster.yaml": "roster: 1\n"]), changed).files.map(\.path) == [other])
    }

    @Test(
        "Everything else has no row",
        arguments: [
            "README.md", "docs/guide.md", "schema/roster.schema.json", ".gitignore", ".editorconfig", ".yamllint",
            "providers/acme/mise.yaml", "providers/acme/action.yaml", "providers/acme/render.yaml",
            "secrets/acme/lefthook.yaml", "providers/githooks/a.yaml", "secrets/mise/a.yaml", "src/Jenkinsfile.md/x",
            "deploy/other", "notes/.envrc", "environment", "github/x", "actions.yml",
        ]
    )
    func unguarded(path: String) async throws {
        let base = memory(["roster.yaml": "roster: 1\n", "secrets/acme/s.yaml": "", "providers/acme/a.yaml": ""])
        let head = memory([
            "roster.yaml": "roster: 1\n", "secrets/acme/s.yaml": "", "providers/acme/a.yaml": "", path: "x\n",
        ])
        let found = try await differences(base, head)
        #expect(found.files.isEmpty && found.gaps.isEmpty)
    }

    @Test func foldersDownToTheRepositoryAreSearched() async throws {
        let base = memory(["a/b/roster.yaml": "roster: 1\n"])
        let paths = [".envrc", "a/.envrc", "a/b/.gitattributes", "a/b/secrets/acme/.gitattributes", "a/b/.vscode/x"]
        for path in paths {
            let head = memory(["a/b/roster.yaml": "roster: 1\n", path: "x"])
            #expect(try await differences(base, head, pathPrefix: "a/b/").files.map(\.path) == [path])
        }
        let head = memory(["a/b/roster.yaml": "roster: 1\n", "a/c/.envrc": "x"])
        #expect(try await differences(base, head, pathPrefix: "a/b/").files.isEmpty)
    }

    @Test(
        "A large tree in one place ends its search with a row, and hides nothing elsewhere",
        arguments: [".github", ".vscode", "deploy/github", "secrets/b", "providers/acme", "secrets", "docs"]
    )
    func budgets(place: String) async throws {
        let hidden = ["secrets/acme/.gitattributes", ".circleci/config.yml", "providers/z/.envrc"]
            .filter { !$0.hasPrefix(place) }
        let base = GrownTree.grown(Self.base)
        let isRecords = place.hasPrefix("secrets") || place.hasPrefix("providers") || place == "docs"
        let width = isRecords ? 260_000 : 1_300
        let head = GrownTree.grown(Self.base + hidden, at: place, width: width, depth: isRecords ? 1 : 3)
        let clock = ContinuousClock()
        let start = clock.now
        let found = try await differences(base, head)
        #expect(found.files.map(\.path).filter(hidden.contains) == hidden.sorted())
        #expect(found.gaps.map(\.path) == [place])
        #expect(SearchIncomplete.sentence(try #require(found.gaps.first).cause).hasPrefix("too much to search"))
        // The bound is 10 seconds for the program as it is shipped.
        #expect(start.duration(to: clock.now) < .seconds(60))
        // The same place with little in it is searched to its end.
        let small = GrownTree.grown(Self.base + hidden, at: place, width: 3, depth: 2)
        #expect(try await differences(base, small).gaps.isEmpty)
    }

    @Test func manyProjectsDoNotUseUpTheLimitOfThoseThatTheBaseHas() async throws {
        let folders = GrownTree.files(Self.base + ["secrets/acme/.gitattributes"])
        let head = GrownTree { path in
            if path == "secrets" {
                let names = (0..<400).map { "aa\($0)" } + ["acme"]
                return .success(names.map { TreeEntry(name: $0, kind: .folder) })
            }
            if path.hasPrefix("secrets/aa") {
                return .success((0..<3_000).map { TreeEntry(name: "f\($0).yaml", kind: .file) })
            }
            return folders[path].map { .success($0) }
                ?? .failure(TreeFailure(code: 2, reason: "no such folder", isMissing: true))
        }
        let found = try await differences(GrownTree.grown(Self.base), head)
        #expect(found.files.map(\.path) == ["secrets/acme/.gitattributes"])
        #expect(found.gaps.map(\.path) == ["secrets"])
    }

    @Test func foldersThatOnlyTheHeadHasShareOneBudget() async throws {
        let base = Self.base + [".github/workflows/a.yml", "secrets/acme/.gitattributes"]
        let folders = GrownTree.files(Self.base + [".github/workflows/b.yml"])
        let places = (1_000..<1_300).map { TreeEntry(name: "Jenkinsfile\($0)", kind: .folder) }
        let head = GrownTree { path in
            if path.isEmpty { return .success((folders[""] ?? []) + places) }
            if path.hasPrefix("Jenkinsfile") {
                return .success((0..<15_000).map { TreeEntry(name: "f\($0)", kind: .file) })
            }
            return folders[path].map { .success($0) }
                ?? .failure(TreeFailure(code: 2, reason: "no such folder", isMissing: true))
        }
        let found = try await differences(GrownTree.grown(base), head)
        let fixed = found.files.filter { !$0.path.hasPrefix("Jenkinsfile") }.map(\.path)
        #expect(fixed == [".github/workflows/a.yml", ".github/workflows/b.yml", "secrets/acme/.gitattributes"])
        #expect(found.files.count <= GuardedFiles.newPlacesLimit + 15_001 + fixed.count)
        // Each place that was not searched is named, up to a number.
        #expect(found.gaps.contains { $0.path == "Jenkinsfile1050" })
        #expect(found.gaps.contains { $0.path.isEmpty })
        #expect(found.gaps.count <= GuardedFiles.newGapsLimit + 2)
        // One new place of this size alone is searched whole.
        let one = GrownTree { path in
            path.isEmpty ? .success((folders[""] ?? []) + places.prefix(1)) : head.entries(path)
        }
        #expect(try await differences(GrownTree.grown(base), one).gaps.isEmpty)
    }

    @Test func spellingsOfAFolderThatOnlyTheHeadHasShareOneBudget() async throws {
        let folders = GrownTree.files(Self.base + ["providers/acme/.gitattributes"])
        let spellings = (1..<400).map { "pro" + String(repeating: "\u{200C}", count: $0) + "viders" }
        let listed = Mutex(0)
        let head = GrownTree { path in
            if path.isEmpty {
                return .success((folders[""] ?? []) + spellings.map { TreeEntry(name: $0, kind: .folder) })
            }
            if let known = folders[path] { return .success(known) }
            if !path.contains("/") { return .success([TreeEntry(name: "acme", kind: .folder)]) }
            listed.withLock { $0 += 2_000 }
            return .success((0..<2_000).map { TreeEntry(name: "f\($0)", kind: .file) })
        }
        let found = try await differences(GrownTree.grown(Self.base), head)
        #expect(found.files.map(\.path) == ["providers/acme/.gitattributes"])
        #expect(found.gaps.contains { $0.path.isEmpty })
        #expect(listed.withLock { $0 } <= 2 * GuardedFiles.newNamesLimit)
    }

    @Test func aNameThatIsAPathIsGuarded() async throws {
        let folders = GrownTree.files(Self.base)
        for (folder, name) in [("", ".github/workflows/x.yml"), ("secrets/acme", "a/.gitattributes")] {
            let head = GrownTree { path in
                let forged = path == folder ? [TreeEntry(name: name, kind: .file)] : []
                return folders[path].map { .success($0 + forged) }
                    ?? .failure(TreeFailure(code: 2, reason: "no such folder", isMissing: true))
            }
            let found = try await differences(GrownTree.grown(Self.base), head)
            #expect(found.files.map(\.path) == [folder.isEmpty ? name : folder + "/" + name])
        }
    }

    @Test("Folders that go down too far are a row", arguments: [63, 64, 200, 5_000])
    func depth(levels: Int) async throws {
        let head = GrownTree.grown(Self.base, at: ".github", width: 1, depth: levels)
        let found = try await differences(GrownTree.grown(Self.base), head)
        #expect(found.gaps.map(\.path) == (levels < GuardedFiles.depthLimit ? [] : [".github"]))
        #expect(found.files.isEmpty == (levels >= GuardedFiles.depthLimit))
    }

    @Test(
        "A folder that cannot be listed is a row",
        arguments: [".github", "secrets", "secrets/acme", "", ".github/workflows", "docs"]
    )
    func unreadable(place: String) async throws {
        let folders = GrownTree.files(Self.base + [".github/workflows/a.yml", "docs/a"])
        let head = GrownTree { path in
            if path == place { return .failure(TreeFailure(code: 0, reason: "git has no such object here")) }
            return folders[path].map { .success($0) }
                ?? .failure(TreeFailure(code: 2, reason: "no such folder", isMissing: true))
        }
        let whole = GrownTree.grown(Self.base + [".github/workflows/a.yml", "docs/a"])
        for (base, head) in [(whole, head), (head, whole)] {
            let gap = try #require(try await differences(base, head).gaps.first)
            #expect(gap.path == place)
            #expect(gap.row.risk == .critical && gap.row.reasons[0].text.hasPrefix("cannot tell"))
        }
    }

    @Test func filesThatCannotBeComparedAreARow() async throws {
        let large = String(repeating: "x", count: GuardedFiles.fileLimit + 1)
        let both = memory([".github/large": large])
        #expect(try await differences(both, both).gaps.map(\.path) == [".github/large"])
        // A pipeline that is too large to look for names in is one too, changed or not.
        let pipeline = memory([".github/x.yml": String(repeating: "#", count: 600 << 10), ".github/a.js": large])
        #expect(try await differences(pipeline, pipeline).gaps.map(\.path) == [".github/a.js", ".github/x.yml"])
        let other = memory([".github/large": "x"])
        #expect(try await differences(both, other).files == [GuardedFile(path: ".github/large", action: .changed)])
        // Many files that are each small enough are too much together.
        let part = String(repeating: "x", count: GuardedFiles.fileLimit)
        let many = memory(Dictionary(uniqueKeysWithValues: (0..<6).map { (".github/\($0)", part) }))
        #expect(try await differences(many, many).gaps.map(\.path) == [".github"])
    }

    @Test func whatGitIgnoresInTheWorkingTreeHasNoRow() async throws {
        let base = memory(["roster.yaml": "", ".vscode/known": "1"])
        let head = memory(["roster.yaml": "", ".vscode/known": "2", ".envrc": "x", ".vscode/new": "x", ".idea/x": "x"])
        let search = GuardedFiles(pathPrefix: "") { paths in
            Set(paths.filter { [".envrc", ".idea", ".vscode/new", ".vscode/known"].contains($0) })
        }
        let found = try await search.differences(base: base, head: head)
        #expect(found.files == [GuardedFile(path: ".vscode/known", action: .changed)])
    }

    @Test("A tree that names an entry twice does not hide the second", arguments: [true, false])
    func twins(isFirst: Bool) async throws {
        let (known, other) = (
            TreeEntry(name: ".gitattributes", kind: .file, object: "1"),
            TreeEntry(name: ".gitattributes", kind: .file, object: "2")
        )
        let head = GrownTree { _ in .success(isFirst ? [known, other] : [other, known]) }
        let base = GrownTree { _ in .success([known]) }
        #expect(try await differences(base, head).files.map(\.path) == [".gitattributes"])
    }

    // MARK: What pipelines name

    private static let pipelines = [
        "roster.yaml": "roster: 1\n", "README.md": "hello\n", "providers/acme/a.yaml": "id: a\n",
        ".github/workflows/x.yml": """
        on: {pull_request: {paths: ["providers/**", "src/**/*.yaml"]}}
        jobs:
          a:
            steps:
              - uses: ./actions/foo
              - uses: actions/checkout@v4
              - run: ./scripts/test.sh && cat README.md  # and docs/unrelated.sh
              - run: bash ci/run providers/acme/a.yaml
        """,
        ".gitlab-ci.yml": """
        include:
          - local: /ci/one.yml
          - '/ci/inc/*.yml'
          - {local: "ci/two.yml"}
        """,
        "azure-pipelines.yml": "extends:\n  template: azure/base.yml@self\n",
        "Jenkinsfile": "node { load 'jenkins/steps.groovy' }\n",
        "actions/foo/action.yml": "runs: {using: composite, steps: [{run: '$GITHUB_ACTION_PATH/go.sh'}]}\n",
        "actions/foo/go.sh": "x\n", "actions/foo/lib.txt": "x\n", "actions/bar/lib.txt": "x\n",
        "scripts/test.sh": ". \"$(dirname \"$0\")/helper.sh\"\n", "scripts/helper.sh": "x\n", "scripts/other.sh": "x\n",
        "ci/run": "x\n", "ci/one.yml": "include: {local: ci/three.yml}\n", "ci/two.yml": "x\n", "ci/three.yml": "x\n",
        "ci/inc/a.yml": "x\n", "ci/unrelated.yml": "x\n", "azure/base.yml": "x\n", "jenkins/steps.groovy": "x\n",
        "src/a.yaml": "x\n", "docs/unrelated.sh": "x\n",
    ]

    @Test(
        "Files that the base's pipelines execute or include are guarded",
        arguments: [
            "actions/foo/action.yml", "actions/foo/go.sh", "actions/foo/lib.txt", "actions/foo/new", "scripts/test.sh",
            "scripts/helper.sh", "ci/run", "ci/one.yml", "ci/two.yml", "ci/three.yml", "ci/inc/a.yml", "ci/inc/new.yml",
            "azure/base.yml", "jenkins/steps.groovy",
        ]
    )
    func referenced(path: String) async throws {
        let base = memory(Self.pipelines)
        var files = Self.pipelines
        files[path] = "changed\n"
        #expect(try await differences(base, memory(files)).files.map(\.path) == [path])
        // Without the pipelines it is a file like any other.
        let bare = Self.pipelines.filter { file in
            ![".g", "Jenkinsfile", "az"].contains { file.key.hasPrefix($0) }
        }
        var changed = bare
        changed[path] = "changed\n"
        #expect(try await differences(memory(bare), memory(changed)).files.isEmpty || path.hasPrefix("azure"))
    }

    @Test(
        "Build files, working folders and folders of programs that a pipeline names are guarded",
        arguments: [
            ("run: make test", "Makefile"), ("run: npm run lint", ".npmrc"), ("script: just check", "justfile"),
            ("run: ./go.sh\n  working-directory: tools", "tools/go.sh"), ("run: cd tools && sh run.sh", "tools/run.sh"),
            ("run: npm --prefix web run lint", "web/package.json"), ("run: make -C sub all", "sub/Makefile"),
            ("run: git config core.hooksPath hooks", "hooks/pre-push"), ("run: docker compose up", "compose.yaml"),
        ]
    )
    func commands(text: String, path: String) async throws {
        let base = ["roster.yaml": "roster: 1\n", ".travis.yml": "- " + text + "\n", path: "{}\n"]
        var head = base
        head[path] = "{\"scripts\": {}}\n"
        #expect(try await differences(memory(base), memory(head)).files.map(\.path) == [path])
        head[path] = nil
        #expect(try await differences(memory(base), memory(head)).files.map(\.action) == [.deleted])
    }

    @Test func foldersThatALoaderAddsToThePathAreGuarded() async throws {
        let base = ["roster.yaml": "roster: 1\n", ".envrc": "PATH_add tools/bin\n", "tools/bin/a": "x", "tools/b": "x"]
        var head = base
        head["tools/bin/git"] = "evil"
        head["tools/b"] = "y"
        #expect(try await differences(memory(base), memory(head)).files.map(\.path) == ["tools/bin/git"])
    }

    @Test func dependenciesOfAPackageAreNotGuarded() async throws {
        let text = #"{"name": "x", "version": "1", "scripts": {"a": "b"}, "dependencies": {"c": "1"}}"#
        let base = memory(["roster.yaml": "", "package.json": text])
        func rows(_ text: String) async throws -> Int {
            try await differences(base, memory(["roster.yaml": "", "package.json": text])).files.count
        }
        #expect(try await rows(text.replacing("\"1\"", with: "\"2\"")) == 0)
        #expect(try await rows(text.replacing("\"b\"", with: "\"evil\"")) == 1)
        #expect(try await rows(text.replacing("\"version\"", with: "\"husky\"")) == 1)
        #expect(try await rows("[]") == 1)
        #expect(try await rows(text + "}") == 1)
    }

    @Test(
        "Letters that only Unicode folds are folded",
        arguments: [".hus\u{212A}y", ".hu\u{17F}ky", ".HU\u{17F}\u{212A}Y"]
    )
    func unicodeCase(name: String) async throws {
        let base = memory(["roster.yaml": "roster: 1\n"])
        let head = memory(["roster.yaml": "roster: 1\n", name + "/pre-commit": "x"])
        #expect(try await differences(base, head).files.map(\.path) == [name + "/pre-commit"])
    }

    @Test(
        "What they do not run stays an ordinary file",
        arguments: [
            "README.md", "scripts/other.sh", "ci/unrelated.yml", "actions/bar/lib.txt", "providers/acme/a.yaml",
            "src/a.yaml", "docs/unrelated.sh", "roster.yaml",
        ]
    )
    func unreferenced(path: String) async throws {
        var files = Self.pipelines
        files[path] = "changed\n"
        let found = try await differences(memory(Self.pipelines), memory(files))
        #expect(found.files.isEmpty && found.gaps.isEmpty, "\(found)")
    }
}
