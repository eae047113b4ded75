//! Writing well-formed markup: elements, attributes and escaped text for XML, SVG and HTML alike.

/// Markup under construction. Elements must be closed in the order they were opened.
#[derive(Debug, Default)]
pub(crate) struct Markup {
    text: String,
    open: Vec<&'static str>,
}

/// Attributes of one element, in the order they are written.
pub(crate) type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Markup {
    pub(crate) fn open(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.start(name, attributes);
        self.text.push('>');
        self.open.push(name);
    }

    pub(crate) fn close(&mut self) {
        let name = self.open.pop().expect("close follows an open");
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
    }

    /// An element without content, written `<name/>`.
    pub(crate) fn empty(&mut self, name: &'static str, attributes: Attributes<'_>) {
        self.start(name, attributes);
        self.text.push_str("/>");
    }

    /// An element that holds only text.
    pub(crate) fn leaf(&mut self, name: &'static str, attributes: Attributes<'_>, text: &str) {
        self.open(name, attributes);
        self.words(text);
        self.close();
    }

    pub(crate) fn words(&mut self, text: &str) {
        escape_into(&mut self.text, text, Place::Text);
    }

    /// Markup that is already well formed.
    pub(crate) fn raw(&mut self, markup: &str) {
        self.text.push_str(markup);
    }

    pub(crate) fn finish(self) -> String {
        debug_assert!(self.open.is_empty(), "left open: {:?}", self.open);
        self.text
    }

    fn start(&mut self, name: &str, attributes: Attributes<'_>) {
        self.text.push('<');
        self.text.push_str(name);
        for (attribute, value) in attributes {
            self.text.push(' ');
            self.text.push_str(attribute);
            self.text.push_str("=\"");
            escape_into(&mut self.text, value, Place::Attribute);
            self.text.push('"');
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    Text,
    Attribute,
}

/// Writes text so that it reads back as it was. Characters that XML 1.0 cannot hold become `�`:
/// one of them would make the whole file unreadable.
fn escape_into(out: &mut String, text: &str, place: Place) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if place == Place::Attribute => out.push_str("&quot;"),
            '\t' | '\n' | '\r' if place == Place::Attribute => out.push(' '),
            '\t' | '\n' => out.push(character),
            '\u{0}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            _ => out.push(character),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_attributes_are_escaped() {
        let mut markup = Markup::default();
        markup.open("a", &[("title", "\"<&>\" x\ny")]);
        markup.words("1 < 2 & \"3\" > 0\u{1}");
        markup.empty("b", &[]);
        markup.close();
        let expected = "<a title=\"&quot;&lt;&amp;&gt;&quot; x y\">1 &lt; 2 &amp; \"3\" &gt; 0\u{FFFD}<b/></a>";
        assert_eq!(markup.finish(), expected);
    }
}
