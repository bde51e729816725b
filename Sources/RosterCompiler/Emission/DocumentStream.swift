package import RosterSources

/// Where the registry's document goes while files are still being read.
///
/// That is for a tree of which all history is known before, such as one outside git. It ends with the first error: the
/// document is nothing then, whatever was received of it.
package struct DocumentStream {
    let history: TreeHistory
    let receive: (_ bytes: [UInt8]) -> Void

    /// Makes a stream; `receive` takes pieces that follow one another.
    package init(history: TreeHistory, receive: @escaping (_ bytes: [UInt8]) -> Void) {
        self.history = history
        self.receive = receive
    }
}
