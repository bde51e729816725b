package import RosterCatalogue
package import RosterModel

extension HTML {
    /// Returns the badge for the end of a model, with a space before it; nil for a model without a date.
    ///
    /// - Parameters:
    ///   - entry: the model.
    ///   - today: the day on which the page is read.
    ///   - noticeDays: the number of days before its retirement within which a model is reported.
    /// - Returns: the badge.
    package static func retirement(of entry: ModelEntry?, today: CalendarDate, noticeDays: Int) -> HTML? {
        guard let entry else { return nil }
        guard let date = entry.retires else {
            guard let deprecated = entry.deprecated, deprecated <= today else { return nil }
            return " <span class=\"b\">deprecated</span>"
        }
        switch RetirementUrgency(of: date, today: today, noticeDays: noticeDays) {
        case .past: return " <span class=\"b bad\">retired \(date)</span>"
        case .near: return " <span class=\"b warn\">retires \(date)</span>"
        case .far: return " <span class=\"b\">retires \(date)</span>"
        }
    }

    /// Returns the day by which a key is due for rotation, with a space before it; nil for a key without a day.
    package static func rotation(of secret: Secret, today: CalendarDate) -> HTML? {
        guard let date = secret.rotateBy else { return nil }
        if date <= today { return " <span class=\"b bad\">overdue \(date)</span>" }
        let isNear = date.daysSince1970 - today.daysSince1970 <= 30
        return isNear
            ? " <span class=\"b warn\">rotate by \(date)</span>" : " <small>rotate by \(date)</small>"
    }
}

/// The urgency of a model's retirement.
package enum RetirementUrgency: Sendable {
    /// The model is retired.
    case past
    /// `roster check` reports the model.
    case near
    case far

    /// Creates the urgency of a retirement on a day.
    package init(of date: CalendarDate, today: CalendarDate, noticeDays: Int) {
        let days = date.daysSince1970 - today.daysSince1970
        self = days <= 0 ? .past : days <= noticeDays ? .near : .far
    }
}
