import RosterCommands

@main
enum Roster {
    static func main() { RosterCommand.start() }
}
