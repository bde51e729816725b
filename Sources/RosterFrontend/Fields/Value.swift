import RosterBytes
import RosterModel
import SealedBoxes
import YAMLSyntax

/// A comparison of a value with the type of its field.
enum Value {
    /// Returns whether a node has a type; another type is reported.
    ///
    /// The elements of a list or table are not checked; the code that reads them does that.
    static func check(
        _ node: YAMLNodeIndex,
        _ type: FieldType,
        name: @autoclosure () -> String,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) -> Bool {
        let kind = tree[node].kind
        guard kind != .refused else { return false }
        switch type {
        case .record, .table, .freeMapping:
            guard kind == .mapping else {
                WrongType.report(node, in: tree, what: quoted(name()), expected: "a mapping", &findings)
                return false
            }
            return true
        case .list(let list):
            guard kind == .sequence else {
                WrongType.report(node, in: tree, what: quoted(name()), expected: "a list", &findings)
                return false
            }
            return checkCount(node, list, name: name(), in: tree, &findings)
        case .integer(let minimum, let maximum):
            return checkInteger(node, minimum...maximum, name: name(), in: tree, &findings)
        case .boolean:
            let isBoolean = kind == .plain && isBoolean(node, in: tree)
            if !isBoolean {
                WrongType.report(node, in: tree, what: quoted(name()), expected: "true or false", &findings)
            }
            return isBoolean
        default:
            guard isText(node, type, in: tree) else {
                let freshID = type.recordKind.map { FreshID($0, inPlaceOf: node, in: tree) }
                WrongType.report(
                    node,
                    in: tree,
                    what: quoted(name()),
                    expected: "text",
                    freshID: freshID,
                    &findings
                )
                return false
            }
            return checkText(node, type, name: name(), in: tree, &findings)
        }
    }

    /// Returns whether a scalar is text to every reader of YAML, not only to this one.
    static func isText(_ node: YAMLNodeIndex, _ type: FieldType, in tree: borrowing YAMLTree) -> Bool {
        guard tree[node].isScalar else { return false }
        guard tree[node].kind == .plain else { return true }
        return unsafe tree.withBytes(of: node) { bytes in
            guard unsafe PlainScalar(bytes) == .text else { return false }
            // A date is written without quotes, and every reader gives the same day.
            return unsafe type == .date || !PlainScalar.isOtherwiseInYAML11(bytes)
        }
    }

    private static func checkText(
        _ node: YAMLNodeIndex,
        _ type: FieldType,
        name: @autoclosure () -> String,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) -> Bool {
        switch type {
        case .providerID:
            return checkID(ProviderKind.self, node, in: tree, &findings)
        case .secretID:
            return checkID(SecretKind.self, node, in: tree, &findings)
        case .projectID:
            return checkID(ProjectKind.self, node, in: tree, &findings)
        case .tokenID:
            return checkID(TokenKind.self, node, in: tree, &findings)
        case .text(let maximum):
            // There are no more characters than bytes.
            if (1...maximum).contains(tree.contentLength(of: node)) { return true }
            let count = tree.scalarCount(of: node)
            if (1...maximum).contains(count) { return true }
            // Without the white space at its ends, the text may well be short enough.
            guard count == 0 || InvalidValue.checkEnds(of: node, name: name(), in: tree, &findings) else {
                return false
            }
            InvalidValue.reportLength(count, maximum: maximum, name: name(), at: tree[node].span, &findings)
            return false
        case .slug:
            if unsafe tree.withBytes(of: node, { unsafe ProviderSlug(utf8: $0) }) != nil { return true }
            UnknownProviderSlug.report(node, in: tree, &findings)
            return false
        case .handle:
            if unsafe tree.withBytes(of: node, { unsafe Handle.isValid($0) }) { return true }
            InvalidValue.reportHandle(tree.text(of: node), name: name(), at: tree[node].span, &findings)
            return false
        case .hex(let digits):
            let isHex = unsafe tree.withBytes(of: node) {
                unsafe $0.count == digits && $0.allSatisfy(\.isLowercaseHexDigit)
            }
            if !isHex { InvalidValue.reportHex(digits, name: name(), node, in: tree, &findings) }
            return isHex
        case .date:
            if CalendarDate(tree.text(of: node)) != nil { return true }
            InvalidValue.reportDate(tree.text(of: node), name: name(), at: tree[node].span, &findings)
            return false
        case .days:
            if DayCount(tree.text(of: node)) != nil { return true }
            InvalidValue.reportDays(tree.text(of: node), name: name(), at: tree[node].span, &findings)
            return false
        case .sealingKeyID:
            let isID = unsafe tree.withBytes(of: node) { unsafe SealingKeyID(utf8: $0.span) } != nil
            if !isID { InvalidID.reportSealingKey(tree.text(of: node), at: tree[node].span, &findings) }
            return isID
        case .effect:
            if Access.Effect(rawValue: tree.text(of: node)) != nil { return true }
            InvalidValue.reportEffect(node, in: tree, &findings)
            return false
        case .action:
            let text = tree.text(of: node)
            if AccessAction(rawValue: text) != nil || AccessAction.wildcards.contains(text) { return true }
            UnknownAction.report(text, at: tree[node].span, &findings)
            return false
        case .publicKey, .box, .url, .allowedHost, .resource:
            // Other rules check them.
            return true
        default:
            return true
        }
    }

    private static func checkID<Kind>(
        _ kind: Kind.Type,
        _ node: YAMLNodeIndex,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) -> Bool where Kind: RecordKind {
        if unsafe tree.withBytes(of: node, { unsafe RecordID<Kind>(utf8: $0) }) != nil { return true }
        InvalidID.report(node, kind, in: tree, &findings)
        return false
    }

    private static func checkInteger(
        _ node: YAMLNodeIndex,
        _ range: ClosedRange<Int64>,
        name: @autoclosure () -> String,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) -> Bool {
        let meaning =
            tree[node].kind == .plain ? unsafe tree.withBytes(of: node) { unsafe PlainScalar($0) } : .text
        switch meaning {
        case .integer(let number) where range.contains(number):
            return true
        case .integer, .integerTooLarge:
            InvalidValue.reportRange(range, name: name(), found: tree.text(of: node), at: tree[node].span, &findings)
        default:
            WrongType.reportNumber(node, in: tree, what: quoted(name()), &findings)
        }
        return false
    }

    private static func isBoolean(_ node: YAMLNodeIndex, in tree: borrowing YAMLTree) -> Bool {
        if case .boolean = unsafe tree.withBytes(of: node, { unsafe PlainScalar($0) }) { true } else { false }
    }

    private static func checkCount(
        _ node: YAMLNodeIndex,
        _ list: FieldList,
        name: @autoclosure () -> String,
        in tree: borrowing YAMLTree,
        _ findings: inout Findings
    ) -> Bool {
        var count = 0
        tree.forEachElement(of: node) { _ in count += 1 }
        guard !list.count.contains(count) else { return true }
        InvalidValue.reportCount(count, allowed: list.count, name: name(), at: tree[node].span, &findings)
        return false
    }
}
