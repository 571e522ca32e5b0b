//! What fits on a terminal: text that is drawn again and again in place must not be wrapped.

/// Rows and columns of the smallest terminal that is drawn on in place.
const MIN_ROWS: u16 = 6;
const MIN_COLUMNS: u16 = 24;
/// Columns left free at the right, since terminals differ in how wide they draw signs.
const MARGIN: usize = 2;
/// Rows left free: the one of the cursor below the block.
const CURSOR: usize = 1;

/// Whether a terminal of so many rows and columns is large enough to draw on in place.
pub fn is_large_enough((rows, columns): (u16, u16)) -> bool {
    rows >= MIN_ROWS && columns >= MIN_COLUMNS
}

/// The part of `text` that fits on a terminal of so many rows and columns: its first lines, each
/// cut at its end.
pub fn fit(text: &str, (rows, columns): (u16, u16)) -> String {
    let (rows, columns) = (usize::from(rows), usize::from(columns));
    let lines = text.lines().take(rows.saturating_sub(CURSOR));
    let cut = |line| console::truncate_str(line, columns.saturating_sub(MARGIN), "…").into_owned();
    lines.map(|line| cut(line) + "\n").collect()
}

/// Text that says nothing to the terminal but what it says to people: control characters are shown
/// as spaces.
pub fn printable(text: &str) -> String {
    text.replace(char::is_control, " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_cut_to_the_terminal() {
        let text = "Queue Depth: 87 ⚠️ HIGH    what the old one says\nActive Workers: 3\n\n▸ end\n";
        for size in [(6, 24), (24, 80), (3, 30), (1, 1)] {
            let shown = fit(text, size);
            assert!(shown.lines().count() < usize::from(size.0));
            for line in shown.lines() {
                assert!(console::measure_text_width(line) <= usize::from(size.1), "{line}");
            }
        }
        assert_eq!(fit(text, (24, 80)), text);
        assert_eq!(fit(text, (3, 12)), "Queue Dep…\nActive Wo…\n");
        assert!(!is_large_enough((5, 80)) && !is_large_enough((24, 20)));
        assert!(is_large_enough((24, 80)));
    }

    #[test]
    fn what_is_printed_says_nothing_to_the_terminal() {
        assert_eq!(printable("a\nb\u{1b}[31mc\u{9b}d"), "a b [31mc d");
    }
}
