//! The words of TOML: blanks, comments, names, strings, numbers.

use super::{Broken, Read, What};

/// A place in a text.
pub(super) struct Cursor<'t> {
    text: &'t str,
    rest: &'t str,
}

/// Whether neither strings nor comments may have it as it is.
fn is_control(c: char) -> bool {
    c < ' ' && c != '\t' || c == '\x7f'
}

impl<'t> Cursor<'t> {
    /// The begin of a text, after its byte order mark.
    pub fn new(text: &'t str) -> Self {
        Self { text, rest: text.strip_prefix('\u{feff}').unwrap_or(text) }
    }

    pub fn at(&self) -> usize {
        self.text.len() - self.rest.len()
    }

    pub fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    /// Takes these many bytes.
    fn take(&mut self, bytes: usize) -> &'t str {
        let (taken, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// Takes this, if it comes next.
    pub fn eat(&mut self, what: &str) -> bool {
        let next = self.rest.as_bytes().starts_with(what.as_bytes());
        if next {
            self.take(what.len());
        }
        next
    }

    pub fn need(&mut self, what: &'static str) -> Read<()> {
        if self.eat(what) { Ok(()) } else { self.wanted(what) }
    }

    /// Refuses what comes next.
    pub fn wanted<T>(&self, what: &'static str) -> Read<T> {
        Err(Broken { at: self.at(), end: self.at(), what })
    }

    /// Refuses what was taken since.
    fn refuse<T>(&self, at: usize, what: &'static str) -> Read<T> {
        Err(Broken { at, end: self.at(), what })
    }

    /// Skips spaces and tabs.
    pub fn blank(&mut self) {
        while self.eat(" ") || self.eat("\t") {}
    }

    fn newline(&mut self) -> bool {
        self.eat("\n") || self.eat("\r\n")
    }

    /// Skips what may stand at the end of a line, and that.
    pub fn line_end(&mut self) -> Read<()> {
        self.blank();
        if self.eat("#") {
            while let Some(c) = self.peek().filter(|c| !is_control(*c)) {
                self.take(c.len_utf8());
            }
        }
        if self.newline() || self.rest.is_empty() { Ok(()) } else { self.wanted("a new line") }
    }

    /// Skips blanks, ends of lines and comments.
    pub fn gap(&mut self) -> Read<()> {
        self.blank();
        while matches!(self.peek(), Some('#' | '\r' | '\n')) {
            self.line_end()?;
            self.blank();
        }
        Ok(())
    }

    /// Takes the bytes that names and numbers have, and these.
    fn word(&mut self, also: &[u8]) -> &'t str {
        let own = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-".contains(byte);
        let others = self.rest.bytes().position(|byte| !own(&byte) && !also.contains(&byte));
        self.take(others.unwrap_or(self.rest.len()))
    }

    /// A name, bare or in quotes.
    pub fn name(&mut self) -> Read<String> {
        if let Some('"' | '\'') = self.peek() {
            return self.quoted(false);
        }
        match self.word(b"") {
            "" => self.wanted("a name"),
            name => Ok(name.to_owned()),
        }
    }

    /// A text in quotes. With three of them it has lines, where it may.
    pub fn quoted(&mut self, lines: bool) -> Read<String> {
        let start = self.at();
        let basic = self.eat("\"");
        let (one, three) = if basic { ("\"", "\"\"\"") } else { ("'", "'''") };
        if !basic {
            self.take(1);
        }
        let lines = lines && self.eat(&three[1..]);
        if lines {
            self.newline();
        }
        let end = if lines { three } else { one };
        let mut text = String::new();
        loop {
            if self.eat(end) {
                break;
            }
            if lines && self.newline() {
                text.push('\n');
                continue;
            }
            match self.peek() {
                Some('\\') if basic => self.escape(&mut text, lines)?,
                Some(c) if !is_control(c) => text.push_str(self.take(c.len_utf8())),
                None => return Err(Broken { at: start, end: start + 1, what: "no closing quote" }),
                Some(_) => return self.wanted("a closing quote"),
            }
        }
        // Two quotes may stand before the three that end it.
        for _ in 0..2 {
            if lines && self.eat(one) {
                text.push_str(one);
            }
        }
        Ok(text)
    }

    fn escape(&mut self, text: &mut String, lines: bool) -> Read<()> {
        let at = self.at();
        self.take(1);
        if lines && self.folded() {
            return Ok(());
        }
        let Some(c) = self.peek().filter(|c| !is_control(*c)) else {
            return self.wanted("an escape");
        };
        self.take(c.len_utf8());
        let meant = match c {
            '"' | '\\' => Some(c),
            'b' => Some('\x08'),
            't' => Some('\t'),
            'n' => Some('\n'),
            'f' => Some('\x0c'),
            'r' => Some('\r'),
            'u' => self.code(4),
            'U' => self.code(8),
            _ => None,
        };
        match meant {
            Some(c) => text.push(c),
            None => return self.refuse(at, "no escape"),
        }
        Ok(())
    }

    /// Skips the end of a line and all space after it, if no more stands on the line.
    fn folded(&mut self) -> bool {
        let here = self.rest;
        self.blank();
        if !self.newline() {
            self.rest = here;
            return false;
        }
        self.blank();
        while self.newline() {
            self.blank();
        }
        true
    }

    fn code(&mut self, digits: usize) -> Option<char> {
        let code = self.rest.get(..digits)?;
        if !code.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        self.take(digits);
        u32::from_str_radix(code, 16).ok().and_then(char::from_u32)
    }

    /// A number, true or false.
    pub fn scalar(&mut self) -> Read<What> {
        let at = self.at();
        let word = self.word(b"+.:");
        match word {
            "" => return self.wanted("a value"),
            "true" => return Ok(What::Flag(true)),
            "false" => return Ok(What::Flag(false)),
            _ => {}
        }
        if let Some(number) = number(word) {
            return Ok(number);
        }
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let next = word.as_bytes().get(digits);
        let date = digits == 4 && next == Some(&b'-') || digits == 2 && next == Some(&b':');
        let text = "neither a number nor a text in quotes";
        self.refuse(at, if date { "a date, which is no number" } else { text })
    }
}

/// Whether these are digits, with underscores only between them.
fn are_digits(text: &str, base: u32) -> bool {
    let mut digit = false;
    for c in text.chars() {
        if c == '_' && !digit {
            return false;
        }
        digit = c.is_digit(base);
        if !digit && c != '_' {
            return false;
        }
    }
    digit
}

/// A text before and after the first such character, small letter or capital.
fn cut(text: &str, mark: u8) -> (&str, Option<&str>) {
    match text.bytes().position(|byte| byte.to_ascii_lowercase() == mark) {
        Some(at) => (text.get(..at).unwrap_or_default(), text.get(at + 1..)),
        None => (text, None),
    }
}

/// A number without its sign.
fn unsigned(text: &str) -> &str {
    text.strip_prefix(['+', '-']).unwrap_or(text)
}

/// The number that a word is.
fn number(word: &str) -> Option<What> {
    let mut plain = word.to_owned();
    plain.retain(|c| c != '_');
    let base = match word.as_bytes() {
        [b'0', b'x', ..] => 16,
        [b'0', b'o', ..] => 8,
        [b'0', b'b', ..] => 2,
        _ => 10,
    };
    if base != 10 {
        let known = are_digits(word.get(2..)?, base);
        let whole = i64::from_str_radix(plain.get(2..)?, base).ok();
        return whole.filter(|_| known).map(What::Whole);
    }
    let size = unsigned(word);
    let (mantissa, exponent) = cut(size, b'e');
    let (whole, fraction) = cut(mantissa, b'.');
    let named = size == "inf" || size == "nan";
    let digits = are_digits(whole, 10)
        && !(whole.len() > 1 && whole.starts_with('0'))
        && fraction.is_none_or(|digits| are_digits(digits, 10))
        && exponent.is_none_or(|digits| are_digits(unsigned(digits), 10));
    if digits && exponent.is_none() && fraction.is_none() {
        return plain.parse().ok().map(What::Whole);
    }
    if digits || named { plain.parse().ok().map(What::Number) } else { None }
}
