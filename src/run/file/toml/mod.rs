//! Reads TOML 1.0 into a tree that knows where in the text everything stands: tables, arrays of
//! tables, inline tables, dotted keys, arrays, every kind of string and number. Dates and times
//! are refused, since no scenario has one, and so is what is nested deeper than 32.
//!
//! It is ours because the page must load in 300 KB: libraries that read TOML are several times its
//! size. Names stand in lists, in the order of the file, and are looked for one by one.

mod token;

use token::Cursor;

/// How deep tables and lists may stand in each other, so that no text exhausts the stack.
const DEEPEST: usize = 32;

/// A value, and where it stands.
pub(super) struct Toml {
    /// Its first byte; of a table with a header, the header's.
    pub start: usize,
    /// The byte after its last one; of a table with a header, after the header.
    pub end: usize,
    made: Made,
    pub what: What,
}

/// What a value says.
pub(super) enum What {
    Text(String),
    Whole(i64),
    Number(f64),
    Flag(bool),
    List(Vec<Toml>),
    Table(Vec<Entry>),
}

/// A value of a table.
pub(super) struct Entry {
    pub name: String,
    /// Its name's first byte.
    pub at: usize,
    pub value: Toml,
}

/// How a table or a list of tables came to be, which says what may still be added.
#[derive(Clone, Copy, PartialEq)]
enum Made {
    /// Written out as a value: nothing.
    Whole,
    /// By the header of a table in it: anything, once its own header comes.
    Implied,
    /// By a dotted key: more dotted keys there, and tables with a header.
    Dotted,
    /// By its own header.
    Headed,
}

/// Why a text cannot be read.
pub(super) struct Broken {
    pub at: usize,
    /// The byte after what is wrong; `at` where something else is wanted.
    end: usize,
    what: &'static str,
}

impl Broken {
    /// What was found, and what is wanted or wrong about it.
    pub fn say(&self, text: &str) -> String {
        if let Some(said) = text.get(self.at..self.end).filter(|said| !said.is_empty()) {
            return [self.what, ": `", said, "`"].concat();
        }
        let mut buffer = [0; 4];
        let found = match text.get(self.at..).unwrap_or_default().chars().next() {
            None => "the end of the file",
            Some('\n' | '\r') => "the end of the line",
            Some(found) => found.encode_utf8(&mut buffer),
        };
        ["wanted ", self.what, ", found: ", found].concat()
    }
}

type Read<T> = Result<T, Broken>;

/// A part of a dotted name.
struct Key {
    name: String,
    at: usize,
    end: usize,
}

impl Key {
    fn taken(&self) -> Broken {
        Broken { at: self.at, end: self.end, what: "duplicate key" }
    }
}

/// The table that a text is.
pub(super) fn parse(text: &str) -> Read<Toml> {
    let mut reader = Reader { cursor: Cursor::new(text), depth: 0 };
    let mut root = Vec::new();
    reader.section(&mut root)?;
    while reader.cursor.peek().is_some() {
        let table = reader.header(&mut root)?;
        reader.section(table)?;
    }
    Ok(Toml { start: 0, end: text.len(), made: Made::Headed, what: What::Table(root) })
}

struct Reader<'t> {
    cursor: Cursor<'t>,
    depth: usize,
}

impl Reader<'_> {
    /// Reads the lines up to the next header or the end.
    fn section(&mut self, table: &mut Vec<Entry>) -> Read<()> {
        loop {
            self.cursor.gap()?;
            if matches!(self.cursor.peek(), None | Some('[')) {
                return Ok(());
            }
            self.pair(table)?;
            self.cursor.line_end()?;
        }
    }

    /// Reads a header, and gives the table that it begins.
    fn header<'a>(&mut self, mut table: &'a mut Vec<Entry>) -> Read<&'a mut Vec<Entry>> {
        let start = self.cursor.at();
        self.cursor.need("[")?;
        let many = self.cursor.eat("[");
        self.depth = 0;
        let (path, last) = self.path()?;
        self.depth = path.len() + 1;
        self.cursor.need(if many { "]]" } else { "]" })?;
        let end = self.cursor.at();
        self.cursor.line_end()?;
        for key in path {
            table = through(table, key, Made::Implied)?;
        }
        let taken = last.taken();
        let made = Made::Headed;
        let new = Toml { start, end, made, what: What::Table(Vec::new()) };
        let table = if many {
            let none = Toml { start, end, made, what: What::List(Vec::new()) };
            let list = slot(table, last, none);
            let What::List(items) = &mut list.what else { return Err(taken) };
            if list.made == Made::Whole {
                return Err(taken);
            }
            items.push(new);
            items.last_mut()
        } else {
            let own = slot(table, last, new);
            if own.start != start && own.made != Made::Implied {
                return Err(taken);
            }
            (own.start, own.end, own.made) = (start, end, made);
            Some(own)
        };
        match table {
            Some(Toml { what: What::Table(entries), .. }) => Ok(entries),
            _ => Err(taken),
        }
    }

    /// Reads `name = value`.
    fn pair(&mut self, mut table: &mut Vec<Entry>) -> Read<()> {
        let (path, last) = self.path()?;
        self.cursor.need("=")?;
        self.cursor.blank();
        let outside = self.depth;
        self.depth += path.len() + 1;
        let value = self.value()?;
        self.depth = outside;
        for key in path {
            table = through(table, key, Made::Dotted)?;
        }
        if table.iter().any(|entry| entry.name == last.name) {
            return Err(last.taken());
        }
        table.push(Entry { name: last.name, at: last.at, value });
        Ok(())
    }

    /// Reads a dotted name: what leads to the last part, and that.
    fn path(&mut self) -> Read<(Vec<Key>, Key)> {
        let mut path = Vec::new();
        loop {
            self.cursor.blank();
            let at = self.cursor.at();
            if self.depth + path.len() >= DEEPEST {
                return self.cursor.wanted("at most 32 levels");
            }
            let name = self.cursor.name()?;
            let key = Key { name, at, end: self.cursor.at() };
            self.cursor.blank();
            if !self.cursor.eat(".") {
                return Ok((path, key));
            }
            path.push(key);
        }
    }

    fn value(&mut self) -> Read<Toml> {
        let start = self.cursor.at();
        if self.depth > DEEPEST {
            return self.cursor.wanted("at most 32 levels");
        }
        self.depth += 1;
        let what = match self.cursor.peek() {
            Some('[') => What::List(self.list()?),
            Some('{') => What::Table(self.inline()?),
            Some('"' | '\'') => What::Text(self.cursor.quoted(true)?),
            _ => self.cursor.scalar()?,
        };
        self.depth -= 1;
        Ok(Toml { start, end: self.cursor.at(), made: Made::Whole, what })
    }

    fn list(&mut self) -> Read<Vec<Toml>> {
        let mut list = Vec::new();
        self.cursor.need("[")?;
        loop {
            self.cursor.gap()?;
            if self.cursor.eat("]") {
                return Ok(list);
            }
            list.push(self.value()?);
            self.cursor.gap()?;
            if !self.cursor.eat(",") {
                self.cursor.need("]")?;
                return Ok(list);
            }
        }
    }

    fn inline(&mut self) -> Read<Vec<Entry>> {
        let mut table = Vec::new();
        self.cursor.need("{")?;
        self.cursor.blank();
        if self.cursor.eat("}") {
            return Ok(table);
        }
        loop {
            self.pair(&mut table)?;
            self.cursor.blank();
            if !self.cursor.eat(",") {
                self.cursor.need("}")?;
                return Ok(table);
            }
        }
    }
}

/// What a table has under this name; if nothing, then now `new`.
fn slot(table: &mut Vec<Entry>, key: Key, new: Toml) -> &mut Toml {
    let known = table.iter().position(|entry| entry.name == key.name);
    let place = known.unwrap_or(table.len());
    if known.is_none() {
        table.push(Entry { name: key.name, at: key.at, value: new });
    }
    &mut table[place].value
}

/// The table that a part of a name leads to. It may be new.
fn through(table: &mut Vec<Entry>, key: Key, made: Made) -> Read<&mut Vec<Entry>> {
    let taken = key.taken();
    let new = Toml { start: key.at, end: key.end, made, what: What::Table(Vec::new()) };
    let value = slot(table, key, new);
    let open = match made {
        Made::Dotted => value.made == made,
        _ => value.made != Made::Whole,
    };
    match &mut value.what {
        What::Table(entries) if open => Ok(entries),
        What::List(items) if open => match items.last_mut() {
            Some(Toml { what: What::Table(entries), .. }) => Ok(entries),
            _ => Err(taken),
        },
        _ => Err(taken),
    }
}
