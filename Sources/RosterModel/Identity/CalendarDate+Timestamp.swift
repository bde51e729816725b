extension CalendarDate {
    /// Creates the day of a time, in UTC.
    package init(of time: Timestamp) {
        let seconds = time.secondsSince1970
        self.init(daysSince1970: seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400)
    }
}
