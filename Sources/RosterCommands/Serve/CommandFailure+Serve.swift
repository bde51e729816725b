import RosterServer

extension CommandFailure {
    init(_ failure: RegistryServer.Failure, host: String, port: Int) {
        switch failure {
        case .openRegistry:
            self.init(
                exitCode: 3,
                message: "\(host) is not a loopback address, and this registry has no access section",
                help: SnapshotStore.openElsewhere
            )
        case .listening(let error):
            self = .impossible("the server cannot listen on \(host) port \(port): \(error)")
        }
    }

    static func tooFewDescriptors(_ number: Int) -> CommandFailure {
        .impossible(
            "the limit of open files is \(number), and a server needs at least \(ServeCommand.fewestDescriptors)",
            help: "raise it: ulimit -n 1024"
        )
    }
}
